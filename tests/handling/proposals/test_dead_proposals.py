"""A proposal is voided when the complaint moves to a stage that lacks the proposed act."""

from __future__ import annotations

import pytest

from tests.clauses.offices.workshop import reported
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess


@pytest.fixture
def workshop() -> Organisation:
    return sign_up(InProcess("2026-11-27T09:00:00+08:00"), "auto-repair-forms")


@pytest.fixture
def twice(workshop: Organisation) -> tuple[str, list[str]]:
    """A complaint with two proposals to park it, and both proposals."""
    number = reported(workshop)
    for reason in ("quality", "no_time"):
        workshop.act(number, "customer_manager", "park", reason=reason, asked="done")
    workshop.world.settle()
    found = workshop.get("/tasks", "general_manager")["tasks"]
    return number, [task["id"] for task in found if task["kind"] == "approval"]


def test_the_other_proposal_leaves_the_work_list_when_one_is_approved(
    workshop: Organisation, twice: tuple[str, list[str]]
) -> None:
    number, proposals = twice
    assert len(proposals) == 2
    workshop.act(number, "general_manager", "approve", proposal=proposals[0])
    workshop.world.settle()
    assert [task for task in workshop.get("/tasks", "general_manager")["tasks"] if task["kind"] == "approval"] == []


def test_a_voided_proposal_can_no_longer_be_approved(workshop: Organisation, twice: tuple[str, list[str]]) -> None:
    number, proposals = twice
    left = workshop.act(number, "general_manager", "approve", proposal=proposals[0])
    assert "approve" not in left["acts"]
    answer = workshop.try_act(number, "general_manager", "approve", proposal=proposals[1])
    assert (answer.status, answer.json["type"]) == (409, "/v1/problems/act-not-open")


def test_the_record_has_the_event_that_voided_the_proposal(
    workshop: Organisation, twice: tuple[str, list[str]]
) -> None:
    number, proposals = twice
    workshop.act(number, "general_manager", "approve", proposal=proposals[0])
    [parked] = workshop.events(number, "general_manager", "parked")
    assert [f"{number}/{key}" for key in parked["result"]["voided"]] == [proposals[1]]


def test_a_proposal_stays_if_the_next_stage_has_its_act(workshop: Organisation) -> None:
    number = reported(workshop)
    workshop.act(number, "customer_manager", "park", reason="quality", asked="done")
    workshop.act(number, "customer_manager", "classify", severity="major")
    assert "approve" in workshop.complaint(number, "general_manager")["acts"]
