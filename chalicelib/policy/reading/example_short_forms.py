"""Expands the short forms of examples, as `short_forms` does for the other parts.

`{given: {channel: oral}, events: {accepted: 2026-09-23T10:00}, then: {decision: 2026-10-08T18:00}}`
"""

from __future__ import annotations

from typing import Any

from chalicelib.policy.language.example import CASE_EXPECTATIONS
from chalicelib.policy.language.vocabulary import CLOCK_STATES
from chalicelib.policy.reading.expansion import flag_text

Raw = Any
_ACT_LISTS = frozenset({"open", "not_open"})
_EVENT_KEYS = frozenset({"event", "at", "fields"})


def expand_example(raw: Raw) -> Raw:
    if not isinstance(raw, dict):
        return raw
    full = dict(raw)
    if "events" in full:
        full["events"] = _events(full["events"])
    if isinstance(full.get("given"), dict) and "reached" in full["given"]:
        full["given"] = {**full["given"], "reached": flag_text(full["given"]["reached"])}
    if isinstance(full.get("then"), dict):
        full["then"] = {key: _expectation(key, value) for key, value in full["then"].items()}
    return full


def _events(raw: Raw) -> Raw:
    """A map from event to time, in written order. If an event occurs twice, a list of such maps."""
    if isinstance(raw, dict):
        return [_event(event, value) for event, value in raw.items()]
    if not isinstance(raw, list):
        return raw
    return [one for item in raw for one in _events_of_item(item)]


def _events_of_item(raw: Raw) -> list[Raw]:
    if not isinstance(raw, dict) or "event" in raw:
        return [raw]
    return [_event(event, value) for event, value in raw.items()]


def _event(event: str, value: Raw) -> Raw:
    """`accepted: 2026-09-23T10:00`, or `forwarded: {at: 2026-11-27T10:00, to: service_supervisor}`."""
    if not isinstance(value, dict):
        return {"event": event, "at": value}
    if set(value) <= _EVENT_KEYS:
        return {"event": event, **value}
    fields = {key: field for key, field in value.items() if key != "at"}
    return {"event": event, "at": value.get("at"), "fields": fields}


def _expectation(key: str, value: Raw) -> Raw:
    """`key`: a clock's name, or one of `CASE_EXPECTATIONS` such as `stage` and `open`.

    A clock's value is a due time or a state: `decision: <time>`, `decision: missed`. A list of acts (`open`,
    `not_open`) may be written as a single act, which becomes a list.
    """
    if key in CASE_EXPECTATIONS:
        return [value] if key in _ACT_LISTS and isinstance(value, str) else value
    if isinstance(value, str):
        return {"state": value} if value in CLOCK_STATES else {"due": value}
    return value
