"""Short forms of examples written out, as `normal` does for the other parts.

`{given: {channel: oral}, events: {accepted: 2026-09-23T10:00}, then: {decision: 2026-10-08T18:00}}`
"""

from __future__ import annotations

from typing import Any

from chalicelib.policy.language.example import CASE_EXPECTATIONS

Raw = Any
_STATES = frozenset({"running", "paused", "met", "missed", "cancelled", "none"})
_LISTS = frozenset({"open", "not_open"})
_OF_A_HAPPENING = frozenset({"event", "at", "fields"})


def example(raw: Raw) -> Raw:
    if not isinstance(raw, dict):
        return raw
    full = dict(raw)
    if "events" in full:
        full["events"] = _happenings(full["events"])
    if isinstance(full.get("then"), dict):
        full["then"] = {key: _then(key, value) for key, value in full["then"].items()}
    return full


def _happenings(raw: Raw) -> Raw:
    """A map from event to time, in the order of writing; or a list of such maps, where an event occurs twice."""
    if isinstance(raw, dict):
        return [_happening(event, said) for event, said in raw.items()]
    if not isinstance(raw, list):
        return raw
    return [one for item in raw for one in _listed(item)]


def _listed(raw: Raw) -> list[Raw]:
    if not isinstance(raw, dict) or "event" in raw:
        return [raw]
    return [_happening(event, said) for event, said in raw.items()]


def _happening(event: str, said: Raw) -> Raw:
    """`accepted: 2026-09-23T10:00`, or `forwarded: {at: 2026-11-27T10:00, to: service_supervisor}`."""
    if not isinstance(said, dict):
        return {"event": event, "at": said}
    if set(said) <= _OF_A_HAPPENING:
        return {"event": event, **said}
    fields = {key: value for key, value in said.items() if key != "at"}
    return {"event": event, "at": said.get("at"), "fields": fields}


def _then(key: str, value: Raw) -> Raw:
    """`decision: <time>` or `decision: missed` of a clock; an act alone stands for a list of one."""
    if key in CASE_EXPECTATIONS:
        return [value] if key in _LISTS and isinstance(value, str) else value
    if isinstance(value, str):
        return {"state": value} if value in _STATES else {"due": value}
    return value
