"""The complaints that a value of an answer counts.

No list of them is stored. The complaints of each month are enumerated, and their contributions computed again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from chalicelib.casework import numbers, snapshot
from chalicelib.casework.numbers import Month, NumberPosition
from chalicelib.kit.instants import DAY, Instant, to_instant
from chalicelib.statistics.cells.changes import CountedBlocks, changes, policies, read_records
from chalicelib.statistics.cells.returning import decide
from chalicelib.statistics.counting.series import Increments
from chalicelib.statistics.question import Question, faults
from chalicelib.statistics.tabulating import values
from chalicelib.statistics.tabulating.horizon import Horizon, horizon_of
from chalicelib.statistics.tabulating.needs import needs_of
from chalicelib.statistics.tabulating.value import Amounts, PerThousand, Ratio, Times, Value
from chalicelib.store.port import Store
from chalicelib.wiring import Wiring

PAGE = 300
"""Complaints that one page looks at, whether the value counts them or not."""
_MARGIN = 2 * DAY
"""A civil day begins and ends within two days of its UTC date in every zone."""


class Cases(msgspec.Struct, frozen=True):
    """`numbers`: may be empty although more follow. `after`: None at the end."""

    numbers: list[str]
    after: NumberPosition | None


def cases(wiring: Wiring, tenant: str, question: Question, now: Instant, cursor: NumberPosition | None = None) -> Cases:
    """One page of the complaints with a value for one of the measures. `question`: without `by`; filters name the cell.

    A share counts the complaints of its numerator. Points and thresholds are of units, so they have no cases. Raises
    ValueError for a question with `faults`. The caller binds the tenant.
    """
    if wrong := faults(question):
        raise ValueError(f"{wrong[0].part} {wrong[0].value}: {wrong[0].problem}")
    months = candidates(numbers.months(wiring.store, tenant), question)
    found, following = _page(months, cursor or NumberPosition())
    horizon = horizon_of(wiring, tenant, now)
    records = read_records(wiring.store, tenant, _possible(wiring.store, tenant, found, question))
    policy_of, needs = policies(wiring, tenant), needs_of(question, horizon)
    counted = []
    known = CountedBlocks({}, decide(wiring, tenant, records, policy_of).words if needs.returning else {})
    for number, events in records.items():
        increments, _ = changes({number: events}, known, policy_of)
        if counts(question, needs.within(increments), horizon):
            counted.append(number)
    return Cases(counted, following)


def _page(months: Sequence[Month], cursor: NumberPosition) -> tuple[list[str], NumberPosition | None]:
    """The numbers that a page looks at, of as many months as it takes, and where the next one begins."""
    found, following = numbers.next_page(months, cursor, PAGE)
    while following is not None and len(found) < PAGE:
        more, following = numbers.next_page(months, following, PAGE - len(found))
        found = [*found, *more]
    return found, following


def _possible(store: Store, tenant: str, found: Sequence[str], question: Question) -> list[str]:
    """Without those whose last event is before the period, unless the question is about states or due times."""
    if any(one.is_state or one.is_by_due_day for one in question.asked):
        return list(found)
    begin = to_instant(datetime.combine(question.first, datetime.min.time(), UTC)) - _MARGIN
    states = snapshot.read(store, tenant, found, _LastEvent)
    return [number for number, state in states.items() if state.at >= begin]


class _LastEvent(msgspec.Struct):
    at: Instant = 0


def candidates(months: Sequence[Month], question: Question) -> list[Month]:
    """The months up to the end of the period: a complaint cannot count before it is filed, but long after. Latest
    first."""
    last = f"{question.last.year:04d}{question.last.month:02d}"
    return [
        month for month in reversed(months) if month.name <= last or any(one.is_by_due_day for one in question.asked)
    ]


def counts(question: Question, increments: Increments, horizon: Horizon) -> bool:
    """Whether a value of the question counts something of these increments."""
    rows = values.tabulate(question, increments, horizon).values()
    return any(_is_counted(value) for row in rows for value in row.values())


def _is_counted(value: Value) -> bool:
    if isinstance(value, Ratio):
        return value.numerator > 0
    return value.count > 0 if isinstance(value, Times | Amounts | PerThousand) else value != 0
