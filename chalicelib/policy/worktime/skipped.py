"""The stretches of time that a limit did not count, for explanations.

Elapsed limits skip pauses. Working minutes and hours skip pauses and closed time. Working days skip the day of the
start, closed days, and days that a pause touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chalicelib.instants import Instant
from chalicelib.policy.worktime.calendar import Calendar
from chalicelib.policy.worktime.pauses import Pause
from chalicelib.policy.worktime.stretches import Stretch, join_stretches
from chalicelib.policy.worktime.walk import CivilDay, civil_days


def skipped_elapsed(pauses: Sequence[Pause]) -> list[Stretch]:
    return [Stretch(begin, end, "pause") for begin, end in pauses]


def skipped_open_time(
    calendar: Calendar, start: Instant, end: Instant | None, pauses: Sequence[Pause]
) -> list[Stretch]:
    """Disjoint stretches in order. The limit plus their lengths is the time from start to end."""
    return list(join_stretches(_time_pieces(calendar, start, end, pauses)))


def _time_pieces(calendar: Calendar, start: Instant, end: Instant | None, pauses: Sequence[Pause]) -> Iterator[Stretch]:
    begin = start
    for paused, resumed in pauses:
        yield from _closed_time(calendar, begin, paused)
        yield Stretch(paused, resumed, "pause")
        if resumed is None:
            return
        begin = resumed
    if end is not None:
        yield from _closed_time(calendar, begin, end)


def _closed_time(calendar: Calendar, begin: Instant, end: Instant) -> Iterator[Stretch]:
    """The closed time within [begin, end)."""
    for day in civil_days(calendar, begin, end):
        for gap in _gaps(day):
            opens, closes = max(begin, gap.begin), min(end, gap.end or end)
            if opens < closes:
                yield Stretch(opens, closes, gap.cause, gap.name)


def _gaps(day: CivilDay) -> Iterator[Stretch]:
    if not day.open and not day.plan.hours:
        yield Stretch(day.begin, day.end, day.plan.cause, day.plan.name)
        return
    begin = day.begin
    for opens, closes in day.open:
        yield Stretch(begin, opens, "closed_hours")
        begin = closes
    yield Stretch(begin, day.end, "closed_hours")


def skipped_days(
    calendar: Calendar, start: Instant, end: Instant | None, pauses: Sequence[Pause], *, from_next_day: bool
) -> list[Stretch]:
    """Whole days from midnight to midnight; the stretch for the day of the start begins at the start.

    The limit is the number of days from the day of the start to the day of the due time, minus the `days` of the
    stretches. `from_next_day` leaves out the day of the start. An open pause comes last, without an end.
    """
    return list(join_stretches(_day_pieces(calendar, start, end, pauses, from_next_day)))


def _day_pieces(
    calendar: Calendar, start: Instant, end: Instant | None, pauses: Sequence[Pause], from_next_day: bool
) -> Iterator[Stretch]:
    whole_day = calendar.document.day_ends == "midnight"
    open_pause = pauses[-1][0] if end is None else None
    ended = [(begin, until) for begin, until in pauses if until is not None]
    for day in civil_days(calendar, start, open_pause + 1 if open_pause is not None else end or start):
        if open_pause is not None and day.touches(open_pause, day.end, whole_day=whole_day):
            break
        if day.begin <= start and from_next_day:
            yield Stretch(start, day.end, "start_day", days=0)
        else:
            yield from _skipped_day(day, start, ended, whole_day)
    if open_pause is not None:
        yield Stretch(open_pause, None, "pause", days=0)


def _skipped_day(
    day: CivilDay, start: Instant, pauses: Sequence[tuple[Instant, Instant]], whole_day: bool
) -> Iterator[Stretch]:
    begin = max(day.begin, start)
    if not day.open:
        cause = "closed_hours" if day.plan.hours else day.plan.cause
        yield Stretch(begin, day.end, cause, day.plan.name, days=1)
    elif day.open[-1][1] <= start:
        yield Stretch(begin, day.end, "closed_hours", days=1)
    elif any(day.touches(paused, resumed, whole_day=whole_day) for paused, resumed in pauses):
        yield Stretch(begin, day.end, "pause", days=1)
