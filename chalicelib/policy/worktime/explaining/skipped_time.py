"""The stretches of time that a limit did not count, for explanations.

Elapsed limits skip pauses. Working minutes and hours skip pauses and closed time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chalicelib.kit.instants import Instant
from chalicelib.policy.worktime import budget
from chalicelib.policy.worktime.calendar import Calendar
from chalicelib.policy.worktime.explaining.joined_stretches import join_stretches
from chalicelib.policy.worktime.explaining.stretches import Stretch
from chalicelib.policy.worktime.explaining.walk import CivilDay, civil_days
from chalicelib.policy.worktime.pauses import Pause


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
            budget.spend()
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
