"""The complaints that a value of an answer counts.

No list of them is stored. The complaints of each month are enumerated, and their contributions computed again.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chalicelib.instants import Instant
from chalicelib.oversight.backtest import period
from chalicelib.oversight.backtest.period import Month, NumberPosition
from chalicelib.oversight.statistics import numbers
from chalicelib.oversight.statistics.cells.changes import Counted, changes, policies, read_records
from chalicelib.oversight.statistics.question import Question, faults
from chalicelib.oversight.statistics.tabulating import values
from chalicelib.oversight.statistics.tabulating.horizon import Horizon, horizon_of
from chalicelib.oversight.statistics.tabulating.value import Ratio, Times, Value
from chalicelib.wiring import Wiring

PAGE = 200
"""Complaints that one page looks at, whether the value counts them or not."""


class Cases(msgspec.Struct, frozen=True):
    """`numbers`: may be empty although more follow. `after`: None at the end."""

    numbers: list[str]
    after: NumberPosition | None


def cases(wiring: Wiring, tenant: str, question: Question, now: Instant, cursor: NumberPosition | None = None) -> Cases:
    """One page of the complaints with a value for one of the measures. `question`: without `by`; filters name the cell.

    A share counts the complaints of its numerator. Raises ValueError for a question with `faults`. The caller binds the
    tenant.
    """
    if wrong := faults(question):
        raise ValueError(f"{wrong[0].part} {wrong[0].value}: {wrong[0].problem}")
    months = candidates(numbers.months(wiring.store, tenant), question)
    found, following = period.next_page(months, cursor or NumberPosition(), PAGE)
    horizon = horizon_of(wiring, tenant, now)
    return Cases([one for one in found if _counts(wiring, tenant, one, question, horizon)], following)


def candidates(months: Sequence[Month], question: Question) -> list[Month]:
    """The months up to the end of the period: a complaint cannot count before it is filed, but long after. Latest
    first."""
    last = f"{question.last.year:04d}{question.last.month:02d}"
    return [
        month for month in reversed(months) if month.name <= last or any(one.is_by_due_day for one in question.asked)
    ]


def _counts(wiring: Wiring, tenant: str, number: str, question: Question, horizon: Horizon) -> bool:
    records = read_records(wiring.store, tenant, [number])
    increments, _ = changes(records, Counted({}), policies(wiring, tenant))
    return any(
        _is_counted(value) for row in values.tabulate(question, increments, horizon).values() for value in row.values()
    )


def _is_counted(value: Value) -> bool:
    if isinstance(value, Ratio):
        return value.numerator > 0
    return value.count > 0 if isinstance(value, Times) else value != 0
