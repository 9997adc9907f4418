"""Well-formed requests about mailings: a document has one for each length of period."""

from __future__ import annotations

from typing import Any

MAILING = {"document": "inflow", "every": "month", "day": 5}


def body(target: Any) -> dict[str, Any]:
    return {**MAILING, "to": [target.organisation.subs["agent"]]}


def needed(target: Any, operation: str) -> dict[str, str]:
    """No mailing, or the one to end. Nothing for other operations."""
    if operation not in ("set_mailing", "end_mailing"):
        return {}
    at = target.organisation
    for one in at.get("/mailings", "owner")["mailings"]:
        at.world.call("DELETE", f"{at.path}/mailings/{one['id']}", auth=at.auth("owner"))
    return {"mailing": target.ask("POST", "/mailings", body(target))["id"]} if operation == "end_mailing" else {}
