"""Filings of complaints that arrived earlier, as the answers and the record show them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from chalicelib.kit.instants import from_instant
from tests.clauses.behaviour.filing import TAKEN
from tests.clauses.organisation import Organisation

WHY = "来件在收发室积压。"
TEN_DAYS = {
    "tenth day": TAKEN,
    "eleventh day": "/received/at",
    "future": "/received/at",
    "no reason": "/received/fields/received_why",
    "complainant": "/received",
}
"""What `answers` finds where a member states the reason and a time at most ten days ago."""


def arrived(organisation: Organisation, who: str, at: str, **filing: Any) -> str:
    """The number of a complaint that this member files as received at this time."""
    return organisation.file(auth=organisation.auth(who), received=_received(at), **filing)


def late(organisation: Organisation, number: str) -> list[str]:
    """What was late at the filing, with the time at which it was due, such as `missed screening 11-28 09:00`."""
    events = organisation.events(number)
    at_filing = [one for one in events if one["at"] == events[0]["at"] and one["type"] in ("warned", "missed")]
    return [f"{one['type']} {one['fields']['clock']} {_short(organisation, one['due_at'])}" for one in at_filing]


def since(organisation: Organisation, number: str, clock: str) -> tuple[str, str, str]:
    """When the clock started, when it is due, and its state."""
    run = organisation.deadline(number, clock)
    return _short(organisation, run["started"]), _short(organisation, run["due"]), run["state"]


def answers(organisation: Organisation, who: str, **filing: Any) -> dict[str, str]:
    """By case: what a filing with a time of receipt is told, `taken` or the place of the error.

    The organisation has just been founded, because a policy in force at the receipt is needed.
    """
    founded = from_instant(organisation.world.now())
    at = founded.isoformat()
    case: dict[str, Any] = {"auth": organisation.auth(who), "received": _received(at), **filing}
    later = {**case, "received": _received((founded + timedelta(days=20)).isoformat())}
    _move_to_day(organisation, 10)
    found = {
        "tenth day": case,
        "future": later,
        "no reason": {**case, "received": {"at": at}},
        "complainant": {**case, "auth": ""},
    }
    told = {name: _answer(organisation, **one) for name, one in found.items()}
    _move_to_day(organisation, 1)
    return {**told, "eleventh day": _answer(organisation, **case)}


def _move_to_day(organisation: Organisation, days: int) -> None:
    """Moves on by whole days."""
    moved = from_instant(organisation.world.now()) + timedelta(days=days)
    organisation.world.move_to(moved.isoformat())


def _received(at: str) -> dict[str, Any]:
    return {"at": at, "fields": {"received_why": WHY}}


def _short(organisation: Organisation, instant: str) -> str:
    return organisation.local(instant)[5:16].replace("T", " ")


def _answer(organisation: Organisation, **filing: Any) -> str:
    answer = organisation.try_file(**filing)
    return TAKEN if answer.status == 201 else str(answer.pointer)
