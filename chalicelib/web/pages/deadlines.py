"""Deadlines as pages show them: in the reader's language, with the reason.

The reason is a drawing: a calendar with each day that counted, each day that did not, and why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from chalicelib.kit.instants import Instant, from_text
from chalicelib.policy.worktime import Calendar
from chalicelib.policy.worktime.explaining.wording import wording
from chalicelib.policy.worktime.zone import midnight, wall_clock
from chalicelib.web.pages.reader import Reader
from chalicelib.web.pages.times import time_text

MOST_WEEKS = 14
"""A longer calendar would not fit the page. The text explains such a deadline."""
_DAYS = re.compile(r"([0-9]{1,3}) (?:working )?days?")
_FIRST_OF_MONTH = 1


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """`kind`: `out` (before the start or after the due time), `start`, `counted`, `skipped`, `paused` or `due`.

    `month`: where it begins, and on the first day. `note`: why the day did not count, or which day it is.
    """

    text: str
    kind: str
    note: str
    month: str = ""


class Drawing(msgspec.Struct, frozen=True):
    caption: str
    weeks: list[list[Day]]


class _Gap(msgspec.Struct, frozen=True):
    """Time that does not count, up to `until`."""

    since: Instant
    until: Instant
    cause: str
    note: str


def draw(because: Mapping[str, Any], reader: Reader) -> Drawing | None:
    """`because`: a `BecauseView` as JSON. None for a stated time, one without an end, and a very long one."""
    part = _deciding(because)
    if not part.get("end") or "timezone" not in part:
        return None
    zone = ZoneInfo(part["timezone"])
    first = wall_clock(zone, from_text(part["start"])).toordinal()
    last = wall_clock(zone, from_text(part["end"]) - 1).toordinal()
    begin = first - date.fromordinal(first).weekday()
    end = last + 6 - date.fromordinal(last).weekday()
    if last == first or (end - begin + 1) // 7 > MOST_WEEKS:
        return None
    told = part.get("parts") or [part]  # those of `then` follow each other
    gaps = [_gap(one, from_text(part["end"]), reader) for each in told for one in each["stretches"]]
    days = list(_days(range(begin, end + 1), (first, last), gaps, zone, reader))
    if (most := _numbered(part["limit"], days)) is not None:
        days = _with_numbers(days, most, reader)
    caption = reader.text("drawing.caption", first=_named(first, reader), last=_named(last, reader))
    return Drawing(caption, [days[at : at + 7] for at in range(0, len(days), 7)])


def _deciding(because: Mapping[str, Any]) -> Mapping[str, Any]:
    """The part that decides, of a limit that is the later or the earlier of several."""
    decides = because.get("decides")
    found: Mapping[str, Any] = because if decides is None else because["parts"][decides]
    return found


def _gap(stretch: Mapping[str, Any], end: Instant, reader: Reader) -> _Gap:
    until = end if stretch["until"] is None else from_text(stretch["until"])
    note = reader.label(stretch.get("name")) or reader.of_code("drawing.", stretch["cause"])
    return _Gap(from_text(stretch["from"]), until, stretch["cause"], note)


def _days(
    ordinals: Sequence[int], bounds: tuple[int, int], gaps: Sequence[_Gap], zone: ZoneInfo, reader: Reader
) -> Iterator[Day]:
    first, last = bounds
    for ordinal in ordinals:
        day = date.fromordinal(ordinal)
        begins_month = ordinal == ordinals[0] or day.day == _FIRST_OF_MONTH
        kind, note = _between(midnight(zone, ordinal), midnight(zone, ordinal + 1), gaps)
        if not first <= ordinal <= last:
            kind, note = "out", ""
        elif ordinal == last:
            kind, note = "due", reader.text("drawing.due")
        elif ordinal == first:
            kind, note = "start", reader.text("drawing.start")
        yield Day(text=str(day.day), kind=kind, note=note, month=_month(day, reader) if begins_month else "")


def _between(begin: Instant, end: Instant, gaps: Sequence[_Gap]) -> tuple[str, str]:
    """Kind and note of a day: it counts unless a gap covers it. A pause of some hours is noted."""
    whole = next((gap for gap in gaps if gap.since <= begin and end <= gap.until), None)
    if whole is not None:
        return "paused" if whole.cause == "pause" else "skipped", whole.note
    paused = next((gap for gap in gaps if gap.cause == "pause" and gap.since < end and begin < gap.until), None)
    return "counted", "" if paused is None else paused.note


def _numbered(limit: str, days: Sequence[Day]) -> int | None:
    """The number of days of a limit in days, if exactly as many count after the start."""
    found = _DAYS.fullmatch(limit)
    counted = sum(one.kind in ("counted", "due") for one in days)
    return counted if found and int(found[1]) == counted and not any(_is_half(one) for one in days) else None


def _is_half(day: Day) -> bool:
    return day.kind == "counted" and bool(day.note)


def _with_numbers(days: Sequence[Day], most: int, reader: Reader) -> list[Day]:
    numbers = iter(range(1, most + 1))
    return [
        msgspec.structs.replace(one, note=reader.text(f"drawing.number_{one.kind}", number=next(numbers)))
        if one.kind in ("counted", "due")
        else one
        for one in days
    ]


def _month(day: date, reader: Reader) -> str:
    return f"{day.month}月" if reader.language == "zh" else wording(reader.language).months[day.month - 1]


def _named(ordinal: int, reader: Reader) -> str:
    day = date.fromordinal(ordinal)
    return f"{_month(day, reader)}{day.day}日" if reader.language == "zh" else f"{day.day} {_month(day, reader)}"


class ShownDeadline(msgspec.Struct, frozen=True, kw_only=True):
    """`why`: the explanation, sentence by sentence. `drawing`: the days from the start to the due time.

    `actor`: who can end it; empty if no person can.
    """

    name: str
    actor: str
    state: str
    due: str
    why: list[str]
    drawing: Drawing | None


def shown(
    deadlines: Iterable[Mapping[str, Any]], calendar: Calendar, reader: Reader, *, to_staff: bool = False
) -> list[ShownDeadline]:
    """`deadlines`: `DeadlineView`s as JSON. Sorted by due time; those without one come last."""
    ordered = sorted(deadlines, key=lambda one: (not one["due"], one["due"] or "", one["clock"]))
    return [_shown(one, calendar, reader, to_staff) for one in ordered]


def _shown(one: Mapping[str, Any], calendar: Calendar, reader: Reader, to_staff: bool) -> ShownDeadline:
    text: str = one["because"]["text"][reader.language]
    ends = "。" if reader.language == "zh" else ". "
    sentences = [part.strip() for part in text.split(ends) if part.strip()]
    stop, is_own = ends.strip(), one["duty"] == "complainant" and not to_staff
    return ShownDeadline(
        name=reader.label(one.get("label"), one["clock"]),
        actor=reader.text("drawing.you") if is_own else reader.label(one.get("actor")),
        state=one["state"],
        due=time_text(calendar, reader, one["due"]) if one["due"] else "",
        drawing=draw(one["because"], reader),
        why=[sentence if sentence.endswith(stop) else sentence + stop for sentence in sentences],
    )
