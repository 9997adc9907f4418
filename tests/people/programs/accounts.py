"""Program accounts over the API: as their owners set them, and as a system uses them."""

from __future__ import annotations

from typing import Any, cast

from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer

WANTED: dict[str, Any] = {
    "name": "热线平台",
    "grants": [{"role": "screener"}],
    "operations": ["post_complaint", "get_complaint", "list_complaints", "post_act", "get_record"],
}


def world_of(office: Organisation) -> InProcess:
    return cast(InProcess, office.world)


def ask(
    office: Organisation, method: str, path: str, body: Any = None, *, who: str = "owner", key: str | None = None
) -> Answer:
    headers = {"Idempotency-Key": key} if key else None
    return office.world.call(method, f"{office.path}/accounts{path}", body, auth=office.auth(who), headers=headers)


def added(office: Organisation, **changes: Any) -> dict[str, Any]:
    answer = ask(office, "POST", "", {**WANTED, **changes})
    assert answer.status == 201, answer.text
    found: dict[str, Any] = answer.json
    return found


def keyed(office: Organisation, account: str, who: str = "") -> str:
    """A new key of the account. From now on, `office.auth(who)` is that of the program."""
    answer = ask(office, "POST", f"/{account}/keys")
    assert answer.status == 201, answer.text
    if who:
        office.tokens[who] = answer.json["secret"]
    return str(answer.json["secret"])


def program(office: Organisation, **changes: Any) -> dict[str, Any]:
    """An account with a key, which is `program` for requests of the office."""
    account = added(office, **changes)
    keyed(office, account["id"], "program")
    return account


def listed(office: Organisation) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(office, "GET", "").json["accounts"]
    return found


def key_ids(office: Organisation, account: str) -> list[str]:
    return [key["id"] for one in listed(office) if one["id"] == account for key in one["keys"]]
