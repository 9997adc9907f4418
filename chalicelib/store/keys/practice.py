"""Practice: the list, and the mails that were not sent. Callers import this module: a cold start does not need it."""

from __future__ import annotations

from chalicelib.store.keys.aggregates import KeyRange, lookup, starting_with
from chalicelib.store.port import Key

_MAILS = "M#"
HELD_MAILS: KeyRange = starting_with(_MAILS)


def listed(tenant: str) -> Key:
    """The list of an organisation's practice organisations."""
    return lookup(tenant, "practice", "", "LIST")


def held_mail(tenant: str, at: str, mail: str) -> Key:
    """A mail that a practice organisation has not sent. `at`: as UTC text."""
    return lookup(tenant, "practice", "", f"{_MAILS}{at}#{mail}")
