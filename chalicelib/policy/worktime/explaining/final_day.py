"""The day on which a limit really ends: the calendar's rule `last_day`, applied by visiting days one by one."""

from __future__ import annotations

from typing import NamedTuple

from chalicelib.kit.instants import Instant
from chalicelib.policy.worktime.explaining.joined_stretches import join_stretches
from chalicelib.policy.worktime.explaining.stretches import Stretch
from chalicelib.policy.worktime.explaining.walk import CivilDay, days_from
from chalicelib.policy.worktime.term import Term


class FinalDay(NamedTuple):
    end: Instant
    moved: list[Stretch]
    """The days without opening hours from which the rule moved the end; empty if the last day is kept."""


def final_day(term: Term, last: CivilDay) -> FinalDay:
    document = term.calendar.document
    if term.limit.kind == "same_working_day" or (term.limit.is_working and document.day_ends == "close"):
        return FinalDay(last.open[-1][1], [])
    if term.limit.is_working:
        return FinalDay(last.end, [])
    if last.open or document.last_day == "same day":
        return FinalDay(_end(term, last), [])
    forward = document.last_day == "next working day"
    passed: list[CivilDay] = []
    for day in days_from(term.calendar, last.ordinal, 1 if forward else -1):
        if not forward and day.end <= term.start:
            return FinalDay(last.end, [])
        if day.open:
            break
        passed.append(day)
    stretches = [
        Stretch(one.begin, one.end, "closed_hours" if one.plan.hours else one.plan.cause, one.plan.name, days=1)
        for one in passed
    ]
    return FinalDay(_end(term, day), list(join_stretches(stretches if forward else stretches[::-1])))


def _end(term: Term, day: CivilDay) -> Instant:
    closes = term.calendar.document.calendar_days_end == "close" and day.open and day.open[-1][1] > term.start
    return day.open[-1][1] if closes else day.end
