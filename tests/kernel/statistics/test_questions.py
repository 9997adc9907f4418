"""A question names measures and dimensions that exist, at most two, in a period of at most three years."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chalicelib.access import binding
from chalicelib.kit.instants import DAY, HOUR
from chalicelib.kit.problem import Problem
from chalicelib.statistics import reading
from chalicelib.statistics.cases import cases
from chalicelib.statistics.cells import collection, head
from chalicelib.statistics.measures.table import MEASURES
from chalicelib.statistics.question import Question, faults
from chalicelib.statistics.reading import answer
from chalicelib.store.port import Page
from tests.backtests.live import Office
from tests.helpers.fakes.faults import Breaker
from tests.kernel.statistics.played import BY_DAY, NOW, play, played

FIRST, LAST = date(2026, 11, 1), date(2026, 12, 31)


def question(**changes: Any) -> Question:
    return Question(**{"measures": ("received",), "first": FIRST, "last": LAST, **changes})


@pytest.mark.parametrize(
    ("changes", "part", "value"),
    [
        ({"measures": ()}, "measures", ""),
        ({"measures": ("received", "secrets")}, "measures", "secrets"),
        ({"by": ("unit", "channel", "day")}, "by", "day"),
        ({"by": ("unit", "unit")}, "by", "unit"),
        ({"by": ("day", "week")}, "by", "week"),
        ({"by": ("ground",)}, "by", "ground"),
        ({"by": ("complainant.phone",)}, "by", "complainant.phone"),
        ({"filters": {"complainant.phone": frozenset({"1"})}}, "filters", "complainant.phone"),
        ({"filters": {"day": frozenset({"2026-11-27"})}}, "filters", "day"),
        ({"measures": ("received", "met"), "by": ("clock",)}, "by", "clock"),
        ({"last": date(2026, 10, 31)}, "last", "2026-10-31"),
        ({"first": date(2022, 1, 1)}, "last", "2026-12-31"),
    ],
)
def test_a_wrong_question_names_its_place(changes: dict[str, Any], part: str, value: str) -> None:
    wrong = question(**changes)
    assert [(one.part, one.value) for one in faults(wrong)] == [(part, value)]
    for ask in (answer, cases):
        with pytest.raises(ValueError, match=r"is|has|must|names"):
            ask(played(BY_DAY[0]).wiring, "t", wrong, NOW)


def test_every_measure_can_be_asked_for_by_each_of_its_dimensions() -> None:
    asked = [question(measures=(name,), by=(by, "week")) for name, one in MEASURES.items() for by in one.dimensions]
    assert [one for one in asked if faults(one)] == []


def received(office: Office, now: int = NOW) -> tuple[Any, Any]:
    with binding.tenant(office.tenant):
        found = answer(office.wiring, office.tenant, question(), now)
    return (found.rows[0].values["received"] if found.rows else None), found.fresh_until


@pytest.fixture
def company() -> Office:
    return play("corporate-standard", 5, 2)


def test_figures_are_of_the_last_consolidation_with_too_much_pending(
    company: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_PENDING", 2)
    assert received(company) == (None, None)
    with binding.tenant(company.tenant):
        collection.collect(company.wiring, company.tenant, NOW + 60 * DAY)
        collection.consolidate_if_due(company.wiring, company.tenant, NOW + 60 * DAY)
        settled = head.read(company.wiring.store, company.tenant).head.settled
    assert received(company, NOW + 90 * DAY) == (5, settled)
    assert (settled % HOUR, NOW + 59 * DAY < settled <= NOW + 60 * DAY) == (0, True)


def test_figures_are_fresh_before_the_first_consolidation(company: Office) -> None:
    assert received(company) == (5, NOW)


class Interference(Breaker):
    """A consolidation writes at every query."""

    def __init__(self, office: Office) -> None:
        super().__init__(0)
        self.office = office

    def wrap(self, port: Any) -> Any:
        breaker = self

        class Moving:
            def query(self, pk: str, **how: Any) -> Page:
                store, tenant = breaker.office.wiring.store, breaker.office.tenant
                found = head.read(store, tenant)
                store.commit([found.write(tenant, found.head)])
                page: Page = port.query(pk, **how)
                return page

            def __getattr__(self, name: str) -> Any:
                return getattr(port, name)

        return Moving() if hasattr(port, "query") else port


def test_cells_that_change_during_every_reading_are_a_conflict(company: Office) -> None:
    moving = company.world.fakes.breaking(Interference(company))
    with binding.tenant(company.tenant), pytest.raises(Problem, match="being counted"):
        answer(moving, company.tenant, question(), NOW)


def test_a_senseless_dimension_is_answered_with_those_that_the_measure_has() -> None:
    [fault] = faults(question(measures=("met",), by=("ground",)))
    for name in (*MEASURES["met"].dimensions, "week", "category.<kind>"):
        assert name in str(fault.problem)


def test_a_filter_is_answered_without_periods() -> None:
    [fault] = faults(question(measures=("met",), filters={"ground": frozenset({"x"})}))
    assert "clause" in str(fault.problem)
    assert "week" not in str(fault.problem)
