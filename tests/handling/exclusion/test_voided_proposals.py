"""The response to an act lists the proposals that it voids."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation
from tests.handling.exclusion.council import council

ACTS: dict[str, Any] = {
    "classify": {"by": "manager", "needs": "severity"},
    "decide": {"by": "officer", "to": "done", "approval": {"by": "reviewer", "when": {"severity": ["low", "high"]}}},
    "supplement": {"by": "complainant", "to": "done"},
}
SEVERITY = {"classes": {"low": {"en": "Low"}, "high": {"en": "High"}}}


@pytest.fixture
def office() -> Organisation:
    return council(ACTS, severity=SEVERITY)


def proposed(office: Organisation) -> tuple[str, dict[str, Any]]:
    """A complaint, and the proposal that awaits approval."""
    number = office.file(severity="low")
    [proposal] = office.act(number, "officer", "decide")["proposals"]
    return number, proposal


def test_an_act_that_changes_a_value_lists_the_proposals_that_depend_on_it(office: Organisation) -> None:
    number, proposal = proposed(office)
    found = office.act(number, "manager", "classify", severity="high")
    assert (found["voided"], found["proposals"]) == ([proposal], [])
    [event] = office.events(number, "manager", "classified")
    assert [f"{number}/{key}" for key in event["result"]["voided"]] == [proposal["proposal"]]


def test_an_act_that_leaves_the_stage_lists_them(office: Organisation) -> None:
    number, proposal = proposed(office)
    assert office.act(number, "manager", "close")["voided"] == [proposal]


def test_an_act_that_voids_nothing_has_no_list(office: Organisation) -> None:
    number, _ = proposed(office)
    assert "voided" not in office.act(number, "officer", "inspect")


def test_an_approved_proposal_is_not_voided_but_another_one_is(office: Organisation) -> None:
    number, first = proposed(office)
    office.act(number, "second", "decide")
    [second] = [one for one in office.complaint(number, "reviewer")["proposals"] if one != first]
    assert office.act(number, "reviewer", "approve", proposal=first["proposal"])["voided"] == [second]


def test_only_the_response_to_an_act_has_the_list_and_only_for_members(office: Organisation) -> None:
    number, _ = proposed(office)
    assert "voided" not in office.complaint(number, "officer")
    assert "voided" not in office.act(number, "complainant", "supplement")
