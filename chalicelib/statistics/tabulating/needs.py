"""Which cells a question needs, and adding them up as far as it needs no single days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec

from chalicelib.statistics import dimensions
from chalicelib.statistics.counting.series import DUE_SERIES, RETURNING, STATE_SERIES, Address, Increments, Tuple
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
    """Ranges of periods, both ends included: days of what happened, days of due times, days of states and the months
    before them. `series`: those that it counts."""

    series: frozenset[str]
    days: tuple[Range, ...]
    due: tuple[Range, ...]
    states: tuple[Range, ...]
    months: tuple[Range, ...]
    whole_months: str = ""
    """The first day of the question, if it needs no single days. Empty if it needs them."""

    @property
    def returning(self) -> bool:
        """Whether it asks about complainants who had filed another complaint."""
        return RETURNING in self.series

    @property
    def ranges(self) -> Iterator[tuple[str, Range]]:
        """The ranges to read, by the kind of address. No two ranges of a kind overlap."""
        yield from (("D", one) for one in _merged([*self.days, *self.due, *self.states]))
        yield from (("M", one) for one in self.months)

    def add(self, total: Increments, address: Address, counts: Counter[Tuple]) -> None:
        """Adds what the question needs of an address. Without single days it counts on the first day of the month, so
        that a tuple of many days is looked at once; a due time does not, as it can lie in the future."""
        wanted = {series for series in self.series if self._wants(series, address)}
        exact, month = total.setdefault(address, Counter()), total.setdefault(self._month_of(address), Counter())
        for key, number in counts.items():
            if key[0] in wanted:
                found = exact if key[0] in DUE_SERIES else month
                found[key] = found.get(key, 0) + number

    def within(self, increments: Increments) -> Increments:
        total: Increments = {}
        for address, counts in increments.items():
            self.add(total, address, counts)
        return total

    def _wants(self, series: str, address: Address) -> bool:
        if series in STATE_SERIES:
            wanted = self.months if address.kind == "M" else self.states
        else:
            wanted = self.due if series in DUE_SERIES else self.days
        return any(first <= address.period <= last for first, last in wanted)

    def _month_of(self, address: Address) -> Address:
        if not self.whole_months or address.kind == "M":
            return address
        return Address("D", max(self.whole_months, f"{address.period[:7]}-01"))


def needs_of(question: Question, horizon: Horizon, *by: str) -> Needs:
    """`by`: further dimensions by which the figures will be tabulated."""
    series = frozenset(pick.series for one in question.asked for pick in one.picks)
    by_days = any(dimensions.of(name).needs_days for name in (*question.by, *by))
    period = (question.first.isoformat(), question.last.isoformat())
    begin = (question.first if by_days else question.last).replace(day=1)
    states = bool(series & STATE_SERIES)
    return Needs(
        series=series,
        days=(period,) if series - STATE_SERIES - DUE_SERIES else (),
        due=tuple(_due(question, horizon)),
        states=((begin.isoformat(), period[1]),) if states else (),
        months=((BEGINNING, (begin - _A_DAY).isoformat()[:7]),) if states else (),
        whole_months="" if by_days else period[0],
    )


def joined(each: Sequence[Needs]) -> Needs:
    """What several questions need, to be read at once. Each takes its own part of it (`within`)."""
    if len(each) == 1:
        return each[0]
    return Needs(
        series=frozenset().union(*(needs.series for needs in each)),
        days=_together(needs.days for needs in each),
        due=_together(needs.due for needs in each),
        states=_together(needs.states for needs in each),
        months=_together(needs.months for needs in each),
    )


def _together(each: Iterable[tuple[Range, ...]]) -> tuple[Range, ...]:
    return tuple(_merged([one for ranges in each for one in ranges]))


def _due(question: Question, horizon: Horizon) -> Iterator[Range]:
    of_due = [one for one in question.asked if one.is_by_due_day]
    if any(one.form != "at_risk" for one in of_due):
        yield question.first.isoformat(), question.last.isoformat()
    if any(one.form == "at_risk" for one in of_due):
        yield (horizon.today - _OVERDUE).isoformat(), (horizon.today + HORIZON).isoformat()


def _merged(ranges: list[Range]) -> list[Range]:
    """The ranges, those that overlap as one."""
    found: list[Range] = []
    for first, last in sorted(ranges):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found
