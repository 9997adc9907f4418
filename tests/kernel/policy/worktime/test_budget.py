"""The work of a calculation is counted, and a budget ends it."""

from __future__ import annotations

import pytest

from chalicelib.kit.instants import DAY, HOUR, Instant
from chalicelib.policy.worktime import (
    Budget,
    BudgetExceeded,
    Calendar,
    Term,
    bounded,
    due_time,
    parse_limit,
    spend,
    warning_time,
)
from chalicelib.policy.worktime.explaining import explain
from tests.kernel.policy.worktime.samples import at, calendar

START = at("2026-11-27 09:00")
NARROW = Calendar.parse({"timezone": "Asia/Shanghai", "hours": {"mon": ["09:00-09:01"]}})
Pauses = list[tuple[Instant, Instant | None]]
MANY: Pauses = [(START + number * 200 * DAY, START + (number * 200 + 150) * DAY) for number in range(100)]
YEAR = 366


def steps(limit: str, office: Calendar, pauses: Pauses) -> int:
    with bounded(Budget(1_000_000)) as budget:
        due_time(office, parse_limit(limit), START, pauses)
    return budget.spent


@pytest.mark.parametrize("limit", ["10000 working minutes", "3660 working days", "3660 calendar days"])
def test_pauses_cost_a_few_steps_each_and_every_year_once(limit: str) -> None:
    """Not a count from the start for each of them."""
    assert steps(limit, NARROW, MANY) <= 75 * YEAR + 4 * (75 + len(MANY))


def test_a_due_time_without_pauses_costs_its_years_alone() -> None:
    assert steps("60 working days", calendar(), []) <= 2 * YEAR + 2


def test_the_count_is_the_same_whether_years_are_cached_or_not() -> None:
    fresh = calendar(closed=["2026-12-29"])
    assert steps("60 working days", fresh, MANY) == steps("60 working days", fresh, MANY)


@pytest.mark.parametrize("last_day", ["same day", "next working day", "previous working day"])
def test_pauses_at_the_end_of_each_day_cost_a_few_steps_each(last_day: str) -> None:
    office = calendar(last_day=last_day, calendar_days_end="close", hours={"mon": ["09:00-18:00"]})
    nights: Pauses = [(START + number * DAY + 14 * HOUR, START + (number + 1) * DAY) for number in range(100)]
    assert steps("1 calendar day", office, nights) <= 3 * YEAR + 10 * len(nights)


def test_the_work_ends_with_the_budget() -> None:
    with pytest.raises(BudgetExceeded), bounded(Budget(10 * YEAR)):
        due_time(NARROW, parse_limit("10000 working minutes"), START, MANY)


def test_an_explanation_counts_the_days_that_it_visits() -> None:
    with pytest.raises(BudgetExceeded), bounded(Budget(11 * YEAR)):
        explain(calendar(), parse_limit("3000 calendar days"), START)


def test_many_pauses_do_not_multiply_the_days_of_an_explanation() -> None:
    with bounded(Budget(1_000_000)) as budget:
        explain(calendar(), parse_limit("3000 calendar days"), START, MANY)
    assert budget.spent <= 75 * YEAR + 30_000


def test_a_warning_costs_no_more_than_its_due_time() -> None:
    office, limit = calendar(), parse_limit("3000 working hours")
    due = due_time(office, limit, START, MANY).due
    assert due is not None
    with bounded(Budget(1_000_000)) as budget:
        for warning in ("80 %", "1000 working hours before", "500 working days before"):
            warning_time(Term(office, limit, START, MANY), due, warning)
    assert budget.spent <= 75 * YEAR + 3 * 4 * (75 + len(MANY))


def test_outside_of_a_budget_nothing_is_counted() -> None:
    spend(10_000_000)


def test_inner_work_counts_against_the_budget_around_it() -> None:
    with bounded(Budget(100)) as outer:
        with bounded(Budget(10)):
            spend(7)
        spend(5)
    assert outer.spent == 12
