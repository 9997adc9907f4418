"""Compares every figure of an inspection document with a slow count of the records."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tests.kernel.statistics.slow_count import slow_deadlines
from tests.kernel.statistics.slow_count.every import SHARES, STATES, TIMES, asked_about
from tests.kernel.statistics.slow_count.slow import Hit, Slow

STEPS: dict[str, Callable[[date], str]] = {
    "week": lambda day: f"{day.isocalendar()[0]}-W{day.isocalendar()[1]:02d}",
    "month": lambda day: day.isoformat()[:7],
}
UNDIVIDED = ("ground",)
"""Dimensions that only the numerator of a share has: each row is a share of all."""
Figure = Mapping[str, Any]
Figures = dict[str, Figure]
"""By the key of their row."""
_RELATIVE, _ABSOLUTE = 0.0477, 1.0
"""The stated error of times, and a minute."""


class SlowInspection:
    """`records`: all complaints. `document`: the inspection, as JSON."""

    def __init__(self, records: Sequence[Slow], document: Mapping[str, Any]) -> None:
        self._records, self._document = records, document
        self._first, self._last = (date.fromisoformat(document["period"][end]) for end in ("from", "to"))
        self._hits: dict[Callable[[Slow], Iterator[Hit]], list[Hit]] = {}
        self.compared = 0
        """The figures that were compared, those of both sides."""

    def differences(self) -> list[str]:
        """A line for each figure that differs, that should not be there, or that is missing."""
        tables = [(report["name"], table) for report in self._document["reports"] for table in report["tables"]]
        return [line for report, table in tables for line in self._compare(report, table)]

    def _compare(self, report: str, table: Mapping[str, Any]) -> Iterator[str]:
        for measure in table["measures"]:
            stated = {row["key"]: row["figures"][measure] for row in table["rows"] if measure in row["figures"]}
            counted = self._counted(measure, table["by"])
            for key in sorted(stated.keys() | counted.keys()):
                self.compared += 1
                if not _equal(stated.get(key), counted.get(key)):
                    place = f"{report} by {table['by']}: {measure} [{key}]"
                    yield f"{place}: states {stated.get(key)}, recorded {counted.get(key)}"

    def _counted(self, measure: str, by: str | None) -> Figures:
        if measure in TIMES:
            return self._times(TIMES[measure], by)
        if measure == "deadlines_paused":
            paused, every = self._states(_paused, by), self._states(slow_deadlines.runs_at, by)
            return _shares(paused, every)
        if measure in STATES:
            return _counts(self._states(STATES[measure], by))
        if measure == "redress":  # no preset adds up amounts
            return {}
        of, whole = SHARES[measure]
        mine = Counter(self._key(hit, by) for hit in self._within(of, by))
        if whole is None:
            return _counts(mine)
        if by in UNDIVIDED:
            filed = len(list(self._within(whole, by)))
            return _shares(mine, Counter(dict.fromkeys(mine, filed)))
        return _shares(mine, Counter(self._key(hit, by) for hit in self._within(whole, by)))

    def _within(self, count: Callable[[Slow], Iterator[Hit]], by: str | None) -> Iterable[Hit]:
        if count not in self._hits:
            self._hits[count] = [hit for one in self._records for hit in count(one)]
        return (hit for hit in asked_about(self._hits[count], [by or ""]) if self._first <= hit.day <= self._last)

    def _key(self, hit: Hit, by: str | None) -> str:
        if by is None:
            return ""
        return STEPS[by](hit.day) if by in STEPS else hit.case.get(by, "")

    def _states(self, count: Callable[[Slow, date], Iterator[Hit]], by: str | None) -> Counter[str]:
        """At the end of the period, or of each of its steps."""
        ends = {"": self._last}
        if by in STEPS:
            days = ((self._last - self._first).days + 1) if by else 0
            ends = {STEPS[by](day): day for day in (self._first + timedelta(days=n) for n in range(days))}
        return Counter(
            self._key(hit, by)
            for end in ends.values()
            for one in self._records
            for hit in asked_about(count(one, end), [by or ""])
        )

    def _times(self, count: Callable[[Slow], Iterator[Hit]], by: str | None) -> Figures:
        minutes: dict[str, list[float]] = defaultdict(list)
        for hit in self._within(count, by):
            minutes[self._key(hit, by)].append(hit.minutes)
        return {key: _quantiles(sorted(found)) for key, found in minutes.items()}


def _paused(slow: Slow, day: date) -> Iterator[Hit]:
    return slow_deadlines.runs_at(slow, day, "paused")


def _quantiles(minutes: list[float]) -> Figure:
    median, p90 = (minutes[max(-(-len(minutes) * tenths // 10) - 1, 0)] for tenths in (5, 9))
    return {"count": len(minutes), "median": median, "p90": p90}


def _counts(found: Counter[str]) -> Figures:
    return {key: {"count": number} for key, number in found.items()}


def _rounded(share: Decimal) -> float:
    return float(share.quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP))


def _shares(mine: Counter[str], others: Counter[str]) -> Figures:
    return {key: {"numerator": mine[key], "denominator": others[key]} for key in mine | others}


def _equal(stated: Figure | None, counted: Figure | None) -> bool:
    if stated is None or counted is None:
        return False
    if "median" in counted:
        return stated["count"] == counted["count"] and all(
            abs(stated[name] - counted[name]) <= counted[name] * _RELATIVE + _ABSOLUTE for name in ("median", "p90")
        )
    if "numerator" in counted:
        of = counted["denominator"]
        share = None if of == 0 else _rounded(Decimal(counted["numerator"]) / of)
        return stated.get("share") == share and all(stated[name] == counted[name] for name in counted)
    return dict(stated) == dict(counted)
