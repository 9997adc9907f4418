"""What did not count for working days: the start's own day, closed days, days that a pause touched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chalicelib.instants import Instant
from chalicelib.policy.worktime.calendar import Calendar
from chalicelib.policy.worktime.pauses import Pause
from chalicelib.policy.worktime.stretches import Stretch, join_stretches
from chalicelib.policy.worktime.walk import CivilDay, civil_days


def skipped_days(
    calendar: Calendar, start: Instant, end: Instant | None, pauses: Sequence[Pause], *, from_next_day: bool
) -> list[Stretch]:
    """Whole days, from midnight to midnight; only the start's own begins with the start.

    All the days from the start's (left out where `from_next_day`) to the due time's, less their `days`, are the
    limit. An open pause is last, without an end.
    """
    return list(join_stretches(_pieces(calendar, start, end, pauses, from_next_day)))


def _pieces(
    calendar: Calendar, start: Instant, end: Instant | None, pauses: Sequence[Pause], from_next_day: bool
) -> Iterator[Stretch]:
    whole_day = calendar.document.day_ends == "midnight"
    waiting = pauses[-1][0] if end is None else None
    done = [(begin, until) for begin, until in pauses if until is not None]
    for day in civil_days(calendar, start, waiting + 1 if waiting is not None else end or start):
        if waiting is not None and day.touches(waiting, day.end, whole_day=whole_day):
            break
        if day.begin <= start and from_next_day:
            yield Stretch(start, day.end, "start_day", days=0)
        else:
            yield from _skipped(day, start, done, whole_day)
    if waiting is not None:
        yield Stretch(waiting, None, "pause", days=0)


def _skipped(
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
