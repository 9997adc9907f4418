"""Program accounts, beside the memberships. Callers import this module: few requests are those of programs."""

from __future__ import annotations

from chalicelib.store.keys.aggregates import organisation, starting_with
from chalicelib.store.port import Key

ACCOUNTS = starting_with("G#")


def account(tenant: str, account_id: str) -> Key:
    return Key(organisation(tenant), f"{ACCOUNTS.first}{account_id}")
