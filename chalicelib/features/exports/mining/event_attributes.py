"""The attributes of an event in a log. Only what is listed here is taken over, so that no text of a case can be.

Each value is a word of the policy or of this program, a number, or a time. Facts of a filing are left out: a choice, a
number or a date can identify a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.complaints.envelope import PARTIES, Event
from chalicelib.complaints.state import corrected
from chalicelib.features.exports.mining import logged
from chalicelib.features.exports.mining.logged import Attribute
from chalicelib.policy.compiled import Policy

_WORDS: Mapping[str, tuple[str, ...]] = {
    "registered": ("channel",),
    "refused": ("ground",),
    "evidence_demanded": ("of",),
    "demand_lapsed": ("of",),
    "evidence_declared": ("kind",),
    "evidence_uploaded": ("kind",),
    "evidence_sealed": ("kind",),
    "evidence_refused": ("kind",),
    "evidence_expired": ("kind",),
    "extended": ("clock",),
    "warned": ("clock",),
    "missed": ("clock",),
    "escalated": ("clock",),
    "task_opened": ("task", "role", "period"),
    "task_done": ("task",),
    "notified": ("wording", "clock", "task"),
    "proposed": ("act",),
    "approved": ("act",),
    "rejected": ("act",),
    "switched": ("to",),
}
"""By type of event: the fields with a word."""
_NUMBERS: Mapping[str, tuple[str, ...]] = {
    "warned": ("run",),
    "missed": ("run", "rung"),
    "escalated": ("run", "rung"),
    "evidence_sealed": ("size",),
    "scored": ("points",),
}
_TIMES: Mapping[str, tuple[str, ...]] = {
    "registered": ("received_at",),
    "evidence_demanded": ("until",),
    "warned": ("due",),
    "task_opened": ("until",),
}
_INSTANT = len("2026-11-27T01:10:00.000Z")


AUTOMATIC_MESSAGE = "automatic_message"


def activity(event: Event) -> str:
    """The type of the event, except for a message that the procedure sends: `notified` is a member's letter."""
    return AUTOMATIC_MESSAGE if event.type == "notified" and event.act is None else event.type


def attributes(event: Event, policy: Policy) -> list[Attribute]:
    """`about.<field>` are fields of the program, `category.<name>` and `field.<name>` choices of the policy."""
    return [*_common(event), *_about(event), *_chosen(event, policy)]


def _common(event: Event) -> Iterator[Attribute]:
    actor, result = event.actor, event.result
    yield logged.number("seq", event.seq)
    if event.act is not None:
        yield logged.word("act", event.act)
    yield logged.word("actor", actor["kind"])
    if actor.get("role"):
        yield logged.word("role", actor["role"])
    if actor.get("on_behalf_of") in PARTIES:
        yield logged.word("party", actor["on_behalf_of"])
    yield from of_state(result)
    if result.get("partial"):
        yield logged.truth("partial", True)
    if event.due_at is not None:
        yield logged.time("due_at", event.due_at)
    yield logged.time("recorded_at", event.recorded_at)


def of_state(result: Mapping[str, Any]) -> Iterator[Attribute]:
    """The stage, the tier and the severity class after an event. A unit has no stage."""
    if result["stage"]:
        yield logged.word("stage", result["stage"])
    yield logged.number("tier", result["tier"])
    if result["severity"] is not None:
        yield logged.word("severity", result["severity"])


def _about(event: Event) -> Iterator[Attribute]:
    fields = event.fields
    for name in _WORDS.get(event.type, ()):
        if isinstance(fields.get(name), str):
            yield logged.word(f"about.{name}", fields[name])
    for name in _NUMBERS.get(event.type, ()):
        if isinstance(fields.get(name), int):
            yield logged.number(f"about.{name}", fields[name])
    for name in _TIMES.get(event.type, ()):
        if is_instant(fields.get(name)):
            yield logged.time(f"about.{name}", fields[name])


def is_instant(value: object) -> bool:
    """False for a civil date, which is the other form of a stored time."""
    return isinstance(value, str) and len(value) == _INSTANT


def _chosen(event: Event, policy: Policy) -> Iterator[Attribute]:
    for name, choice in categories(event).items():
        yield logged.word(f"category.{name}", choice)
    asked = policy.document.asked_of(event.act)
    for name, value in event.fields.items():
        known = policy.document.fields.get(name) if name in asked else None
        if known is not None and isinstance(value, str) and value in known.choices:
            yield logged.word(f"field.{name}", value)


def categories(event: Event) -> Mapping[str, str]:
    """The categories that the event chose or corrected."""
    if event.type in ("registered", "switched"):
        return event.fields.get("category") or {}
    return corrected(event.type, event.fields)
