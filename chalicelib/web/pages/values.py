"""Reads the values of inputs in the form that the API takes. What cannot be read stays text, and the API refuses it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.kit.instants import to_text
from chalicelib.policy.language import fact_kinds
from chalicelib.policy.worktime.zone import from_wall_clock

_NUMBER_CHARACTERS = 30


def read(kind: str, given: Sequence[str], zone: ZoneInfo) -> Any:
    """`kind`: of the fact or field. `given`: the values of its input. Empty text if there are none."""
    row, text = fact_kinds.of(kind), given[0].strip() if given else ""
    if row.is_list:
        return list(given)
    if row.values == "yes_no":
        return {"yes": True, "no": False}.get(text, text or None)
    if row.input == "number":
        return _number(text)
    return _time(text, zone) if row.moment == "instant" else text


def _number(text: str) -> Any:
    if len(text) > _NUMBER_CHARACTERS:
        return text
    try:
        return int(text) if text.lstrip("-").isdecimal() else float(text)
    except ValueError:
        return text


def _time(text: str, zone: ZoneInfo) -> str:
    """A local time of the organisation's zone (`2026-11-27T10:30`) as the text of an instant."""
    try:
        moment = datetime.fromisoformat(text)
        return text if moment.tzinfo else to_text(from_wall_clock(zone, moment))
    except (ValueError, OverflowError):
        return text
