"""Well-formed requests about program accounts: an organisation has few, and each has two keys at most."""

from __future__ import annotations

from typing import Any

from tests.helpers import left_out
from tests.kernel.web import well_formed_mailings

ACCOUNT = {"name": "热线平台", "grants": [{"role": "agent"}], "operations": ["get_complaint", "post_act"]}
BODIES = dict.fromkeys(("create_program_account", "change_program_account"), ACCOUNT)
_OF_ONE = ("change_program_account", "remove_program_account", "add_program_key", "revoke_program_key")


def made(target: Any) -> dict[str, str]:
    """The names of an account and of a key of it."""
    if "create_program_account" in left_out.NAMES:
        return {"account": "0" * 12, "key": "0" * 16}
    account = target.ask("POST", "/accounts", ACCOUNT)["id"]
    return {"account": account, "key": target.ask("POST", f"/accounts/{account}/keys")["id"]}


def needed(target: Any, operation: str) -> dict[str, str]:
    """An account with a key, or no account. As for mailings for other operations."""
    if operation not in (*_OF_ONE, "create_program_account"):
        return well_formed_mailings.needed(target, operation)
    at = target.organisation
    for one in at.get("/accounts", "owner")["accounts"]:
        at.world.call("DELETE", f"{at.path}/accounts/{one['id']}", auth=at.auth("owner"))
    return made(target) if operation in _OF_ONE else {}
