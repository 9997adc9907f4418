"""A clock of the respondent waits for masks too if staff may record its answer, or the system goes on without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clauses.organisation import Organisation, hire, sign_up_with
from tests.clauses.world import InProcess

POLICY = Path("docs/examples/de-insurance-ombudsman.yaml")
CONTRACT = "I am Example Person, phone 139 0000 0000."


@pytest.fixture
def at() -> Organisation:
    made = sign_up_with(InProcess("2026-12-10T09:00:00+01:00"), POLICY.read_text(encoding="utf-8"))
    made.world.call("POST", f"{made.path}/units", {"id": "insurer", "name": "Insurer"}, auth=made.auth("owner"))
    hire(made, "respondent", name="insurer", unit="insurer")
    return made


def accepted(at: Organisation, contract: str = CONTRACT) -> str:
    number = at.file(unit="insurer", facts={"contract": contract})
    at.world.move_to("2026-12-30T11:00:00+01:00")
    at.act(number, "lawyer", "accept")
    return number


def decide(at: Organisation, number: str) -> None:
    pending = [one["mask"] for one in at.get(f"/complaints/{number}/record", "lawyer")["masks"]]
    at.act(number, "lawyer", "confirm_mask", masks=pending)


def test_it_does_not_end_the_respondents_chance(at: Organisation) -> None:
    number = accepted(at)
    at.world.move_to("2027-02-02T09:00:00+01:00")

    assert at.complaint(number)["stage"] == "hearing"
    assert at.deadline(number, "statement")["state"] == "paused"


def test_it_runs_at_once_without_masks(at: Organisation) -> None:
    number = accepted(at, "EX-0001")
    assert at.deadline(number, "statement")["state"] == "running"

    at.world.move_to("2027-02-02T09:00:00+01:00")

    assert at.complaint(number)["stage"] == "examination"


def test_its_whole_time_begins_with_the_decision(at: Organisation) -> None:
    number = accepted(at)
    at.world.move_to("2027-01-15T10:00:00+01:00")
    decide(at, number)

    assert at.deadline(number, "statement")["due"] == "2027-02-15T23:00:00.000Z"


def test_the_respondent_is_told_of_the_time_when_it_begins(at: Organisation) -> None:
    number = accepted(at)
    assert at.told("insurer", number, "en") == ["Complaint 202612-000001 about you is accepted."]

    at.world.move_to("2027-01-15T10:00:00+01:00")
    decide(at, number)

    assert at.told("insurer", number, "en")[0] == (
        "Please state your case in the dispute 202612-000001 by Mon 15 Feb 2027 24:00. "
        "After that we decide on the file as it is."
    )


def test_the_time_of_the_office_runs_although_the_respondent_can_end_it(at: Organisation) -> None:
    """They can agree to a settlement before the decision is due."""
    number = accepted(at)
    at.act(number, "office", "reply", statement="Nothing is owed.")
    at.act(number, "complainant", "supplement", comment="It is.")

    assert at.deadline(number, "result")["state"] == "running"
