"""Preview of a deadline: when a time limit is due under a calendar, with the reasons."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from chalicelib.complaints.because import Closing, Pause, Stretch, Words, WorkedDay
from chalicelib.complaints.fields import pointer
from chalicelib.decoding import RequestDocument
from chalicelib.instants import Instant, from_text, to_text
from chalicelib.policy.worktime import Calendar, CalendarFault, due_time, explain, parse_limit
from chalicelib.problem import Place, Problem

MAX_PAUSES = 100
_TEXT = {"type": "string"}
_OPEN_TIMES = {
    "type": "array",
    "items": {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 2, "maxItems": 2}]},
    "description": 'Open times of a day, such as `["09:00-12:00", "13:30-18:00"]`.',
}
_CALENDAR_SCHEMA = {
    "description": "A calendar, as in a policy. `worktime` checks it, with a place and a reason for each fault.",
    "required": ["timezone", "hours"],
    "properties": {
        "timezone": _TEXT,
        "hours": {"type": "object", "additionalProperties": _OPEN_TIMES},
        "holidays": {"type": ["string", "null"]},
        "closed": {"type": "array", "items": _TEXT},
        "open": {"type": "object", "additionalProperties": _OPEN_TIMES},
        "day_ends": {"enum": ["close", "midnight"]},
        "swapped": _TEXT,
    },
}
_Calendar = Annotated[dict[str, Any], msgspec.Meta(extra_json_schema=_CALENDAR_SCHEMA)]


class DeadlinePreviewRequest(RequestDocument, frozen=True, kw_only=True):
    """`within`: a time limit, as in a policy. `pauses`: `[from, to]` each; the last `to` is null while paused."""

    calendar: _Calendar
    start: str
    within: str
    pauses: Annotated[list[tuple[str, str | None]], msgspec.Meta(max_length=MAX_PAUSES)] = msgspec.field(
        default_factory=list
    )


class CalculationView(msgspec.Struct, frozen=True, kw_only=True):
    """A due time by the calendar, step by step."""

    limit: str
    start: str
    end: str | None
    provisional: bool
    stretches: list[Stretch]
    text: Words
    timezone: str
    calendar: str
    day_ends: Literal["close", "midnight"]
    pauses: list[Pause]
    worked: list[WorkedDay]
    closing: Closing | msgspec.UnsetType = msgspec.UNSET


class DeadlinePreview(msgspec.Struct, frozen=True):
    due: str | None
    provisional: bool
    because: CalculationView


def preview(body: DeadlinePreviewRequest) -> DeadlinePreview:
    """Raises `Problem("invalid")` with the place of each value that cannot be read."""
    places: list[Place] = []
    calendar = _calendar(body.calendar, places)
    start = read_time(body.start, "/start", places)
    pauses = _pauses(body.pauses, places)
    try:
        limit = parse_limit(body.within)
    except ValueError as error:
        places.append(Place("/within", str(error)))
    places.extend(
        Place(pointer("pauses", str(index)), "ends before it begins")
        for index, (begin, end) in enumerate(pauses)
        if end is not None and end < begin
    )
    if places or calendar is None:
        raise Problem("invalid", "The deadline cannot be calculated from these values.", places=places)
    found = due_time(calendar, limit, start, pauses)
    because = msgspec.convert(explain(calendar, limit, start, pauses), CalculationView)
    return DeadlinePreview(None if found.due is None else to_text(found.due), found.provisional, because)


def _pauses(texts: list[tuple[str, str | None]], places: list[Place]) -> list[tuple[Instant, Instant | None]]:
    """Adds faults to `places`, as `read_time`."""
    pauses = []
    for index, (begin_text, end_text) in enumerate(texts):
        begin = read_time(begin_text, pointer("pauses", str(index), "0"), places)
        end = read_time(end_text, pointer("pauses", str(index), "1"), places) if end_text else None
        pauses.append((begin, end))
    return pauses


def _calendar(document: dict[str, Any], places: list[Place]) -> Calendar | None:
    """None if the calendar has faults, which are added to `places`."""
    try:
        return Calendar.parse(document)
    except CalendarFault as fault:
        places.extend(Place(pointer("calendar", *map(str, path)), message) for path, message in fault.faults)
        return None


def read_time(text: str, place: str, places: list[Place]) -> Instant:
    """The instant. If the text is no time, adds a fault at `place` to `places` and returns 0."""
    try:
        return from_text(text)
    except ValueError as error:
        places.append(Place(place, f"is not a time: {error}"))
        return 0
