"""In reports: a linked complaint without a decision counts as closed without one and as not met."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation
from tests.handling.linked import contest, linked_to_ended, linking_office
from tests.reports.test_reports import rows

MEASURES = "measure=closed_without_decision&measure=met_as_first_promised&measure=ended_without_answer"
PERIOD = "from=2026-11-01&to=2026-12-31"


@pytest.fixture
def office() -> Organisation:
    return linking_office()


def counted(office: Organisation) -> dict[str, tuple[int, int]]:
    """Of two complaints, of which one was decided and the other one was linked to it: each share as two numbers."""
    office.world.move_to("2026-12-20T09:00:00+08:00")
    [values] = rows(office, f"{MEASURES}&{PERIOD}").values()
    found: dict[str, dict[str, Any]] = values
    return {name: (one["numerator"], one["denominator"]) for name, one in found.items()}


def test_a_linked_complaint_without_a_decision_counts_as_closed_without_one_and_as_not_met(
    office: Organisation,
) -> None:
    linked_to_ended(office)
    assert counted(office) == {
        "closed_without_decision": (1, 2),
        "met_as_first_promised": (1, 2),
        "ended_without_answer": (1, 2),
    }


def test_after_an_objection_the_first_run_goes_on_and_is_met_in_its_first_time(office: Organisation) -> None:
    number = linked_to_ended(office)
    contest(office, number)
    office.act(number, "officer", "decide", outcome="valid")
    assert counted(office)["met_as_first_promised"] == (2, 2)


def test_after_an_objection_a_decision_after_the_first_time_is_late(office: Organisation) -> None:
    number = linked_to_ended(office)
    office.world.move_to("2026-12-15T09:00:00+08:00")
    contest(office, number)
    office.act(number, "officer", "decide", outcome="valid")
    assert counted(office)["met_as_first_promised"] == (1, 2)
