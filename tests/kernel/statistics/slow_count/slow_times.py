"""The slow count of the times to an answer, with and without the time in which the complaint waited for the
complainant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from tests.kernel.statistics.slow_count.slow import Hit, Slow, moment, open_minutes

CANCELLING = ("refused", "transferred", "closed", "withdrawn")


def receipt(slow: Slow) -> datetime:
    filed = slow.record[0]
    return min(moment(filed["fields"].get("received_at", filed["at"])), moment(filed["at"]))


def first_by_person(*types: str, own: bool = False) -> Callable[[Slow], Iterator[Hit]]:
    """The first such event by a person who is not the complainant. `own`: only the time that was the office's."""

    def count(slow: Slow) -> Iterator[Hit]:
        by_person = (
            at
            for at in slow.of_type(*types)
            if slow.record[at]["actor"]["kind"] != "system" and slow.who(at) != "complainant"
        )
        at = next(by_person, None)
        if at is None:
            return
        calendar, end = slow.policy(at).calendar, moment(slow.record[at]["at"])
        minutes = open_minutes(calendar, receipt(slow), end)
        if own:
            for number in range(at):  # piece by piece, from each event to the next
                begin, until = (max(moment(slow.record[one]["at"]), receipt(slow)) for one in (number, number + 1))
                if waits(slow, number):
                    minutes -= open_minutes(calendar, begin, min(until, end))
        yield Hit(slow.day(at), slow.case(at), minutes, days=0 if own else days_taken(calendar, receipt(slow), end))

    return count


def waits(slow: Slow, at: int) -> bool:
    """Whether the complaint waits for the complainant after the event."""
    for run in slow.open_runs(at + 1):
        if run.get("state", "running") == "running" and slow.named(at, run["clock"])["duty"] == "complainant":
            return True
    return any(_is_asked(slow, asked, at) for asked in slow.of_type("evidence_demanded") if asked <= at)


def _is_asked(slow: Slow, asked: int, at: int) -> bool:
    later = range(asked + 1, at + 1)
    ended = any(
        one in later and slow.record[one]["fields"].get("demand") == slow.record[asked]["id"]
        for one in slow.of_type("evidence_received", "demand_lapsed")
    )
    cancelled = any(one in later for one in slow.of_type(*CANCELLING))
    return slow.record[asked]["fields"]["of"] == "complainant" and not ended and not cancelled


def days_taken(calendar: Any, begin: datetime, end: datetime) -> int:
    """The number of the working day after the one of the receipt by whose end it was done, day by day."""
    zone, number = calendar.zone, 0
    day = begin.astimezone(zone).date()
    while number < 366:
        day += timedelta(days=1)
        hours = calendar.source.plan(day.toordinal()).hours
        if hours:
            number += 1
            closes = 24 * 60 if calendar.document.day_ends == "midnight" else hours[-1][1]
            midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
            if end <= midnight + timedelta(minutes=closes):
                return number
    return number
