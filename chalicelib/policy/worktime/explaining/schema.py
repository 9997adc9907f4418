"""The JSON Schema (2020-12) of the result of `explain`."""

from __future__ import annotations

from typing import Any, get_args

from chalicelib.policy.worktime.calendars.document import Cause, LastDay

_INSTANT = {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$"}
_LATER = {"anyOf": [_INSTANT, {"type": "null"}]}
_WORKED_CAUSES = ("swapped", "own_opening")
_SKIP_CAUSES = [
    *(cause for cause in get_args(Cause) if cause not in ("regular", *_WORKED_CAUSES)),
    *("closed_hours", "start_day", "pause", "ends_in_pause"),
]
_TIME = {"type": "string", "pattern": r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$"}
_NAME = {
    "type": "object",
    "properties": {"en": {"type": "string"}, "zh": {"type": "string"}},
    "required": ["en", "zh"],
    "additionalProperties": False,
}


def because_schema() -> dict[str, Any]:
    one = _one()
    joint = {
        "parts": {
            "type": "array",
            "items": _object(one, _OPTIONAL),
            "description": "Of `later of`, `earlier of` and `then`",
        },
        "decides": {"type": ["integer", "null"], "minimum": 0, "description": "The number of the part that decides"},
    }
    schema = _object(one | joint, [*_OPTIONAL, *joint])
    return schema | {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Because: the calendar's part"}


_OPTIONAL = ["closing", "beyond", "paused_days", "last_day", "held", "counted_from", "used"]


def _one() -> dict[str, Any]:
    """The members of a limit's explanation, or of a part's."""
    date = {"type": "string", "format": "date"}
    moved = {
        "date": date,
        "rule": {"enum": list(get_args(LastDay))[1:]},
        "days": {"type": "array", "items": _stretch()},
        "of": {"type": "string", "description": "The calendar that has the working days, if it is another one"},
    }
    return _answer() | {
        "pauses": {"type": "array", "items": _object({"from": _INSTANT, "until": _LATER})},
        "stretches": {"type": "array", "items": _stretch()},
        "worked": {"type": "array", "items": _worked()},
        "closing": _object({"date": date, "at": _TIME}),
        "beyond": {"enum": [True], "description": "The limit would end after 2099; it is never due"},
        "paused_days": {
            "enum": ["whole"],
            "description": "Pauses remove the days that they cover; else: that they touch",
        },
        "last_day": _object(moved, ["of"])
        | {"description": "The day with which the count ended, before the end was moved"},
        "held": {"type": "array", "items": _object({"from": date, "to": date, "end": _INSTANT})}
        | {"description": "Days that do not count either: with them, the limit would have ended in a pause"},
        "counted_from": _object({"date": date, "at": {"enum": ["24:00"]}}),
        "used": {"type": "array", "items": _used()}
        | {"description": "What the limit used before `start`, in the calendars of earlier units"},
        "text": _NAME | {"description": "The same account in words"},
    }


def _used() -> dict[str, Any]:
    amount = {"type": "integer", "minimum": 0}
    return _object({"calendar": {"type": "string"}, "until": _INSTANT, "days": amount, "ms": amount}, ["days", "ms"])


def _object(properties: dict[str, Any], optional: list[str] | None = None) -> dict[str, Any]:
    required = [key for key in properties if key not in (optional or [])]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _answer() -> dict[str, Any]:
    return {
        "timezone": {"type": "string", "description": "IANA time zone of all wall-clock times"},
        "calendar": {"type": "string", "description": "Edition of the holiday table, or none"},
        "limit": {"type": "string"},
        "start": _INSTANT,
        "end": _LATER | {"description": "The due time; null while paused or without a limit"},
        "provisional": {
            "type": "boolean",
            "description": "Needs a year whose holidays are not published, or dates not listed, yet",
        },
        "day_ends": {"enum": ["close", "midnight"]},
    }


def _stretch() -> dict[str, Any]:
    properties = {
        "cause": {"enum": _SKIP_CAUSES},
        "from": _INSTANT,
        "until": _LATER,
        "ms": {"type": ["integer", "null"], "description": "Skipped milliseconds; null for an open pause"},
        "times": {"type": "integer", "minimum": 1, "description": "How many stretches are summed here"},
        "name": _NAME,
        "days": {"type": "integer", "minimum": 0, "description": "Skipped days, where the limit is in days"},
    }
    return _object(properties, optional=["name", "days"])


def _worked() -> dict[str, Any]:
    properties = {
        "date": {"type": "string", "format": "date"},
        "cause": {"enum": list(_WORKED_CAUSES)},
        "hours": {"type": "array", "items": {"type": "array", "items": _TIME, "minItems": 2, "maxItems": 2}},
        "name": _NAME,
    }
    return _object(properties, optional=["name"])
