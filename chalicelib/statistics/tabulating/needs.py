"""Which cells a question needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from chalicelib.statistics import dimensions
from chalicelib.statistics.counting.series import RETURNING, STATE_SERIES, WEEK_SERIES, Address, Increments, Tuple
from chalicelib.statistics.days import week_of
from chalicelib.statistics.question import Question

if TYPE_CHECKING:
    from chalicelib.statistics.tabulating.horizon import Horizon

BEGINNING = "1970-01"
HORIZON = timedelta(days=60)
"""Five working days end within it, whatever holidays a calendar has."""
_OVERDUE = timedelta(days=14)
_A_DAY = timedelta(days=1)


Range = tuple[str, str]


class Needs(msgspec.Struct, frozen=True, kw_only=True):
    """Ranges of periods, both ends included, or None: days of changes and the whole months between them, days of states
    and the months before them, weeks of due times. `returning`: whether it asks about complainants who had filed
    another complaint. `finest`: the first level of folding that loses one of its dimensions; 0 if none does."""

    days: tuple[Range, ...]
    totals: Range | None
    states: Range | None
    months: Range | None
    weeks: Range | None
    returning: bool
    finest: int = 0

    def loses(self, level: int) -> bool:
        """Whether a cell that is folded so often lacks a dimension of the question."""
        return 0 < self.finest <= level

    def wants(self, series: str, address: Address) -> bool:
        """Whether the question needs the series at the address."""
        if series in WEEK_SERIES:
            wanted = _list(self.weeks)
        elif series in STATE_SERIES:
            wanted = _list(self.months if address.kind == "M" else self.states)
        else:
            wanted = _list(self.totals) if address.kind == "T" else self.days
        return any(first <= address.period <= last for first, last in wanted)

    @property
    def ranges(self) -> Iterator[tuple[str, Range]]:
        """The ranges to read, by the kind of address. No two ranges of a kind overlap."""
        yield from (("D", one) for one in _merged([*self.days, *_list(self.states)]))
        for kind, wanted in (("T", self.totals), ("M", self.months), ("W", self.weeks)):
            yield from ((kind, one) for one in _list(wanted))

    def without_totals(self) -> Needs:
        """The same by days: an earlier definition has no totals of months, and those of many categories are folded."""
        if self.totals is None:
            return self
        first, last = self.totals
        return replace(self, days=(*self.days, (f"{first}-01", f"{last}-31")), totals=None)

    def of(self, address: Address, counts: Counter[Tuple]) -> Counter[Tuple]:
        """The counts that the question needs."""
        wanted = {series: self.wants(series, address) for series in {key[0] for key in counts}}
        return Counter({key: number for key, number in counts.items() if wanted[key[0]]})

    def within(self, increments: Increments) -> Increments:
        kept = {address: self.of(address, counts) for address, counts in increments.items()}
        return {address: counts for address, counts in kept.items() if counts}


def needs_of(question: Question, horizon: Horizon, *by: str) -> Needs:
    """`by`: further dimensions by which the figures will be tabulated."""
    asked = question.asked
    by_days = any(dimensions.of(name).needs_days for name in (*question.by, *by))
    changes = any(not one.is_state and not one.is_by_due_day for one in asked)
    states = any(one.is_state for one in asked)
    days, totals = _split(question.first, question.last, by_days=by_days) if changes else ((), None)
    begin = question.first if by_days else question.last
    return Needs(
        days=days,
        totals=totals,
        states=(begin.replace(day=1).isoformat(), question.last.isoformat()) if states else None,
        months=(BEGINNING, _month_before(begin)) if states else None,
        weeks=_weeks(question, horizon),
        finest=min(
            filter(None, (dimensions.of(name).folded for name in (*question.by, *question.filters, *by))), default=0
        ),
        returning=any(pick.series == RETURNING for one in asked for pick in one.picks),
    )


def joined(each: Sequence[Needs]) -> Needs:
    """What several questions need, to be read at once. Each takes its own part of it (`within`)."""
    return Needs(
        days=tuple(_merged([one for needs in each for one in needs.days])),
        totals=_around(needs.totals for needs in each),
        states=_around(needs.states for needs in each),
        months=_around(needs.months for needs in each),
        weeks=_around(needs.weeks for needs in each),
        finest=min(filter(None, (needs.finest for needs in each)), default=0),
        returning=any(needs.returning for needs in each),
    )


def _around(each: Iterable[Range | None]) -> Range | None:
    wanted = [one for one in each if one is not None]
    return (min(first for first, _ in wanted), max(last for _, last in wanted)) if wanted else None


def _split(first: date, last: date, *, by_days: bool) -> tuple[tuple[Range, ...], Range | None]:
    """The days at both ends, and the whole months between them. All days if the figures are by day or week."""
    begin = first if first.day == 1 else _month_after(first)
    end = last if _month_after(last) - last == _A_DAY else last.replace(day=1) - _A_DAY
    if by_days or begin > end:
        return ((first.isoformat(), last.isoformat()),), None
    edges = ((first, begin - _A_DAY), (end + _A_DAY, last))
    found = tuple((one.isoformat(), other.isoformat()) for one, other in edges if one <= other)
    return found, (begin.isoformat()[:7], end.isoformat()[:7])


def _list(wanted: Range | None) -> tuple[Range, ...]:
    return () if wanted is None else (wanted,)


def _merged(ranges: list[Range]) -> list[Range]:
    """The ranges, those that overlap as one."""
    found: list[Range] = []
    for first, last in sorted(ranges):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _month_after(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def _month_before(day: date) -> str:
    return (day.replace(day=1) - _A_DAY).isoformat()[:7]


def _weeks(question: Question, horizon: Horizon) -> Range | None:
    ranges = [(question.first, question.last) for one in question.asked if one.is_by_due_day and one.form != "at_risk"]
    if any(one.form == "at_risk" for one in question.asked):
        ranges.append((horizon.today - _OVERDUE, horizon.today + HORIZON))
    if not ranges:
        return None
    first, last = min(first for first, _ in ranges), max(last for _, last in ranges)
    return week_of(first.isoformat()), week_of(last.isoformat())
