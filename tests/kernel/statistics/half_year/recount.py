"""Computes every cell of a report from the records of an archive, by the slow count."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Any

from tests.kernel.statistics.slow_count import slow_deadlines
from tests.kernel.statistics.slow_count.every import SHARES, STATES, TIMES, asked_about
from tests.kernel.statistics.slow_count.slow import Hit, Slow
from tests.kernel.statistics.slow_count.slow_units import SUMS, UNITS

Key = tuple[str, ...]
Cells = dict[Key, dict[str, Any]]
"""The values of a measure by the keys of their rows, as a report has them."""
PERIODS: dict[str, Callable[[date], str]] = {
    "day": date.isoformat,
    "week": lambda day: f"{day.isocalendar()[0]}-W{day.isocalendar()[1]:02d}",
    "month": lambda day: day.isoformat()[:7],
}
AT_RISK = {"at_risk_1": 1, "at_risk_3": 3, "at_risk_5": 5}
UNDIVIDED = {"refused": ("ground",)}
"""Each row by one of these is a share of all."""
NONE = {"redress"}
"""No procedure of the half year adds up amounts of money."""
WITHOUT_DENOMINATOR = {"received_per_1000": "received"}
"""No owner has entered one: a value has the number of complaints, and no rate."""
KNOWN = {*SHARES, *TIMES, *STATES, *UNITS, *SUMS, *AT_RISK, "deadlines_paused", *NONE, *WITHOUT_DENOMINATOR}
_RELATIVE, _ABSOLUTE = 0.0477, 1.0
"""The stated error of times, and a minute."""


class Recount:
    """`now`: when the reports were made."""

    def __init__(self, records: Sequence[Slow], now: datetime, today: date) -> None:
        self._records, self._now, self._today = records, now, today
        self._found: dict[Any, list[Hit]] = {}

    def hits(self, count: Callable[[Slow], Iterator[Hit]], name: Any = None) -> list[Hit]:
        """Of all records. `name`: of a count that is made anew each time."""
        key = name or count
        if key not in self._found:
            self._found[key] = [hit for one in self._records for hit in count(one)]
        return self._found[key]

    def cells(self, measure: str, by: Key, first: date, last: date) -> Cells:
        if measure in NONE:
            return {}
        measure = WITHOUT_DENOMINATOR.get(measure, measure)
        if measure in AT_RISK:
            count = partial(slow_deadlines.at_risk, days=AT_RISK[measure], now=self._now)
            return _counts(Counter(keys_of(hit, by) for hit in asked_about(self.hits(count, measure), by)))
        if measure in STATES:
            return _counts(self._states(measure, by, first, last))
        if measure == "deadlines_paused":
            paused = self._states(measure, by, first, last)
            return _shares(paused, self._states("deadlines_open", by, first, last))
        if measure in TIMES:
            return self._times(measure, by, first, last)
        if measure in SUMS:
            found = self._weighed(SUMS[measure], by, first, last)
            return {key: {"sum": number / 1000} for key, number in found.items()}
        if measure in UNITS:
            return _counts(self._weighed(UNITS[measure], by, first, last))
        of, whole = SHARES[measure]
        mine = self._weighed(of, by, first, last)
        if whole is None:
            return _counts(mine)
        kept = tuple(name for name in by if name not in UNDIVIDED.get(measure, ()))
        others = self._weighed(whole, kept, first, last)
        if kept == by:
            return _shares(mine, others)
        places = [by.index(name) for name in kept]
        return _shares(mine, Counter({key: others[tuple(key[at] for at in places)] for key in mine}))

    def _within(self, count: Callable[[Slow], Iterator[Hit]], by: Key, first: date, last: date) -> Iterable[Hit]:
        return (hit for hit in asked_about(self.hits(count), by) if first <= hit.day <= last)

    def _weighed(self, count: Callable[[Slow], Iterator[Hit]], by: Key, first: date, last: date) -> Counter[Key]:
        found = Counter[Key]()
        for hit in self._within(count, by, first, last):
            found[keys_of(hit, by)] += hit.weight
        return Counter({key: number for key, number in found.items() if number})

    def _states(self, measure: str, by: Key, first: date, last: date) -> Counter[Key]:
        """At the end of the period, or of each of its days, weeks or months. Nothing lies in the future."""
        last = min(last, self._today)
        period = next((name for name in by if name in PERIODS), None)
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        ends = {PERIODS[period](day) if period else "": day for day in days}
        return Counter(keys_of(hit, by) for end in ends.values() for hit in asked_about(self._at(measure, end), by))

    def _at(self, measure: str, end: date) -> list[Hit]:
        of = STATES.get(measure) or partial(slow_deadlines.runs_at, wanted="paused")
        return self.hits(lambda slow: of(slow, end), (measure, end))

    def _times(self, measure: str, by: Key, first: date, last: date) -> Cells:
        minutes: dict[Key, list[float]] = defaultdict(list)
        for hit in self._within(TIMES[measure], by, first, last):
            minutes[keys_of(hit, by)].append(hit.minutes)
        return {key: _quantiles(sorted(found)) for key, found in minutes.items()}


def keys_of(hit: Hit, by: Key) -> Key:
    return tuple(PERIODS[name](hit.day) if name in PERIODS else hit.case.get(name, "") for name in by)


def _counts(found: Counter[Key]) -> Cells:
    return {key: {"count": number} for key, number in found.items() if number}


def _shares(mine: Counter[Key], others: Counter[Key]) -> Cells:
    return {key: _share(mine[key], others[key]) for key in mine | others}


def _share(numerator: int, denominator: int) -> dict[str, Any]:
    """To four places, half up. Without anything that counts there is no share."""
    exact = Decimal(numerator) / denominator if denominator else None
    rounded = None if exact is None else float(exact.quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP))
    return {"numerator": numerator, "denominator": denominator, "share": rounded}


def _quantiles(minutes: list[float]) -> dict[str, Any]:
    median, p90 = (minutes[max(-(-len(minutes) * tenths // 10) - 1, 0)] for tenths in (5, 9))
    return {"count": len(minutes), "median": median, "p90": p90}


def differences(stated: Cells, counted: Cells) -> dict[Key, tuple[Any, Any]]:
    """The cells that differ: as stated, and as counted."""
    return {
        key: (stated.get(key), counted.get(key))
        for key in stated.keys() | counted.keys()
        if not _equal(stated.get(key), counted.get(key))
    }


def _equal(stated: dict[str, Any] | None, counted: dict[str, Any] | None) -> bool:
    if stated is None or counted is None:
        return False
    return all(_equal_part(name, stated.get(name), value) for name, value in counted.items())


def _equal_part(name: str, stated: Any, counted: Any) -> bool:
    if name in ("median", "p90"):
        return bool(abs(stated - counted) <= counted * _RELATIVE + _ABSOLUTE)
    return bool(stated == counted)
