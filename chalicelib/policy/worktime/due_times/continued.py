"""A term that goes on in another calendar: what it has used stays used, and the rest counts in the new one.

Open time counts until the instant of the change. A count of days keeps the days that ended before the day of the
change; that day and the rest are days of the new calendar, as in a limit that begins with that day. No rest starts
before its term, since closing times that had passed by then do not count. A limit in months or years is counted as the
days to its last day, so a change moves only its end. Elapsed time goes on as it was.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from chalicelib.kit.instants import Instant
from chalicelib.policy.worktime.calendars import open_time
from chalicelib.policy.worktime.calendars.calendar import Calendar
from chalicelib.policy.worktime.calendars.day_numbers import calendar_day_at, calendar_day_of
from chalicelib.policy.worktime.due_times.counted_days import CalendarDays, CountedDays, WorkingDays
from chalicelib.policy.worktime.due_times.due_days import last_of_months
from chalicelib.policy.worktime.due_times.pauses import EndedPauses, normalise_pauses, pauses_before
from chalicelib.policy.worktime.due_times.term import SpentTime, Term
from chalicelib.policy.worktime.limit import LimitKind
from chalicelib.policy.worktime.zone import add_months


class CalendarChange(NamedTuple):
    """`left`: the name of the calendar before the change."""

    at: Instant
    calendar: Calendar
    left: str


def continued(term: Term, change: CalendarChange) -> Term:
    """The rest of the term. One that has ended by then stays, and one that has not begun only changes its calendar."""
    if term.limit.kind == "then":
        return replace(term, calendar=change.calendar, rests=tuple(_in_turn(term, change)))
    if term.limit.parts:
        parts = tuple(continued(part, change) for part in term.parts())
        return replace(term, calendar=change.calendar, rests=parts)
    end = term.due().due
    if end is not None and end <= change.at:
        return term
    rest = _unused if change.at <= term.start else _CONTINUED.get(term.limit.kind, _unused)
    return replace(rest(term, change), changed=change.at)


def _in_turn(term: Term, change: CalendarChange) -> Iterator[Term]:
    """The parts that have ended, and the one in which the change lies. Later ones follow in the new calendar."""
    for part in term.parts():
        yield (rest := continued(part, change))
        if rest is not part:
            return


def _unused(term: Term, change: CalendarChange) -> Term:
    return replace(term, calendar=change.calendar)


def _months(term: Term, change: CalendarChange) -> Term:
    """The same wall-clock time as before, also if the new calendar has another time zone."""
    end = add_months(term.calendar.zone, term.start, term.limit.amount)
    limit = replace(term.limit, kind="elapsed", amount=end - term.start)
    return replace(term, calendar=change.calendar, limit=limit)


def _working_time(term: Term, change: CalendarChange) -> Term:
    used = _passed(term, change.at)
    rest = replace(term, limit=replace(term.limit, amount=term.limit.amount - used), from_day_end=False)
    return _from(rest, change, change.at, (SpentTime(change.left, change.at, ms=used),))


def _working_days(term: Term, change: CalendarChange) -> Term:
    return _days(term, change, _Count(term, WorkingDays(term.calendar, term.start), term.limit.amount))


def _calendar_days(term: Term, change: CalendarChange) -> Term:
    return _days(term, change, _Count(term, CalendarDays(term.calendar, term.start), term.limit.amount))


def _calendar_months(term: Term, change: CalendarChange) -> Term:
    days = CalendarDays(term.calendar, term.start)
    last = calendar_day_of(term.calendar, last_of_months(term.limit, _own_day(term).ordinal))
    return _days(term, change, _Count(term, days, days.between(_first_begin(term, days), days.begin(last)) + 1))


class _Count(NamedTuple):
    """Of `amount` days from the term's first one."""

    term: Term
    days: CountedDays
    amount: int

    def used(self, before: int) -> int:
        """The days that ended before the date with this ordinal."""
        first, until = _first_begin(self.term, self.days), _dawn(self.term.calendar, before)
        return self.days.between(first, until) - _removed(self.term, self.days, first, until)

    def last(self, before: int) -> int:
        """The ordinal of the last day, which lies before this date."""
        own = _own_day(self.term).ordinal
        return own + bisect_left(range(own, before), self.amount, key=lambda ordinal: self.used(ordinal + 1))


def _days(term: Term, change: CalendarChange, count: _Count) -> Term:
    """The rest begins with the day of the change; or with the last day, if only its end was moved or held past that.

    If the term starts within that day, the rest includes the day of the start: a day does not end before it.
    """
    day = _day(change.calendar, change.at).ordinal
    if day <= _own_day(term).ordinal:
        return _unused(term, change)
    used = count.used(day)
    if used >= count.amount:
        day, used = count.last(day), count.amount - 1
    kind: LimitKind = "working_days" if term.limit.is_working else "calendar_days"
    dawn = _dawn(change.calendar, day)
    within = dawn < term.start
    limit = replace(term.limit, kind=kind, amount=count.amount - used, first_day=within)
    rest = replace(term, limit=limit, from_day_end=True, of_date=within and term.of_date)
    return _from(rest, change, max(dawn, term.start), (SpentTime(change.left, change.at, days=used),))


def _same_working_day(term: Term, change: CalendarChange) -> Term:
    """Its day has passed only if a pause held its end."""
    day = _day(change.calendar, change.at)
    if day.ordinal <= _day(term.calendar, term.start).ordinal:
        return _unused(term, change)
    return _from(term, change, max(day.dawn, term.start), ())


def _from(rest: Term, change: CalendarChange, start: Instant, spent: tuple[SpentTime, ...]) -> Term:
    """`rest` still has the calendar and the start from before the change. The new start is never earlier."""
    used, spent = rest.used + _passed(rest, start), (*rest.spent, *spent)
    return replace(rest, calendar=change.calendar, start=start, used=used, spent=spent)


class _Day(NamedTuple):
    ordinal: int
    dawn: Instant
    end: Instant


def _own_day(term: Term) -> _Day:
    return _day(term.calendar, term.in_first_day)


def _first_begin(term: Term, days: CountedDays) -> Instant:
    """When the first day begins that can count: a limit does not include its own day to end before its start."""
    own, limit = _own_day(term), term.limit
    is_over = limit.is_one_day and days.end(days.first_from(own.dawn)).at <= term.start
    return own.dawn if limit.first_day and not is_over else own.end


def _day(calendar: Calendar, instant: Instant) -> _Day:
    year, at = calendar_day_at(calendar, instant)
    return _Day(year.ordinals[at], year.dawns[at], year.dawn_after(at))


def _dawn(calendar: Calendar, ordinal: int) -> Instant:
    """The beginning of the day with this date."""
    year, at = calendar_day_of(calendar, ordinal)
    return year.dawns[at]


def _ended(term: Term, before: Instant) -> EndedPauses:
    return pauses_before(normalise_pauses(term.pauses, term.start), before)


def _removed(term: Term, days: CountedDays, first: Instant, before: Instant) -> int:
    """How many of the days from the first to the last before an instant pauses have removed."""
    number, floor = 0, first
    for begin, until in days.joined(_ended(term, before)):
        found = days.removed(begin, before if until is None else until, floor, before)
        number, floor = number + found.number, max(floor, found.past)
    return number


def _passed(term: Term, until: Instant) -> Instant:
    """The time from the start that was not paused: open time for a working limit."""
    ended, calendar = _ended(term, until), term.calendar
    if not term.limit.is_working:
        return until - term.start - sum(end - begin for begin, end in ended)
    paused = sum(open_time.measure(calendar, begin, end) for begin, end in ended)
    return open_time.measure(calendar, term.start, until) - paused


_CONTINUED: dict[str, Callable[[Term, CalendarChange], Term]] = {
    "months": _months,
    "working_time": _working_time,
    "working_days": _working_days,
    "calendar_days": _calendar_days,
    "calendar_months": _calendar_months,
    "same_working_day": _same_working_day,
}
