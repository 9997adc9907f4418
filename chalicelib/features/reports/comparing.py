"""Compares indicators with the organisation's own year before, and with the references that its owners entered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from chalicelib.kit.instants import Instant
from chalicelib.statistics import dimensions
from chalicelib.statistics.indicators import against_past, against_reference, past_of
from chalicelib.statistics.question import Question
from chalicelib.statistics.reading import answer
from chalicelib.statistics.tabulating.picking import RowKey
from chalicelib.statistics.tabulating.value import Ratio, Value
from chalicelib.wiring import Wiring

COMPARED = "indicators"
"""The report whose values are compared. Others would read another year for nothing."""


class ComparedPast(msgspec.Struct, frozen=True):
    """The same share of the year before. `place`: of the present share, by funnel limits around this one."""

    numerator: int
    denominator: int
    share: float | None
    place: str | None


class ComparedReference(msgspec.Struct, frozen=True):
    """The share that the owners entered. `place`: of the present share, by funnel limits around this one."""

    share: float
    place: str | None


class IndicatorBeside(NamedTuple):
    past: ComparedPast | None
    reference: ComparedReference | None


class IndicatorComparison(msgspec.Struct, frozen=True):
    """`past`: the values of the year before, by row. `references`: shares by indicator."""

    past: Mapping[RowKey, Mapping[str, Value]]
    references: Mapping[str, float]

    def of(self, name: str, row: RowKey, present: Ratio) -> IndicatorBeside:
        return IndicatorBeside(_past(present, self.past.get(row, {}).get(name)), self._reference(name, present))

    def _reference(self, name: str, present: Ratio) -> ComparedReference | None:
        share = self.references.get(name)
        return None if share is None else ComparedReference(share, against_reference(present, share))


def comparison(
    wiring: Wiring, tenant: str, report: str, question: Question, now: Instant
) -> IndicatorComparison | None:
    """None for other reports, and for rows by periods: each has another year before it. Raises as `answer`."""
    if report != COMPARED or any(dimensions.of(name).is_period for name in question.by):
        return None
    found = answer(wiring, tenant, past_of(question), now)
    return IndicatorComparison({row.keys: row.values for row in found.rows}, found.organisation.references)


def _past(present: Ratio, past: Value | None) -> ComparedPast | None:
    if not isinstance(past, Ratio):
        return None
    return ComparedPast(past.numerator, past.denominator, past.share, against_past(present, past))
