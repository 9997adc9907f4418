"""The office's `assign` replaces the people whom any act assigned: the latest assignment of a role counts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation
from tests.handling.exclusion.council import council, refused_at, status

STAGES = {
    "accepted": {
        "name": {"en": "Accepted"},
        "decide": {"by": {"role": "officer", "of": "assigned"}, "to": "done"},
        "close": {"by": "manager", "to": "done"},
    }
}
ACCEPTING: dict[str, Any] = {
    "accept": {
        "by": "manager",
        "to": "accepted",
        "needs": ["handler", "view"],
        "assigns": {"officer": {"field": "handler", "not": "inspected"}},
    }
}


@pytest.fixture
def office() -> Organisation:
    return council(ACCEPTING, stages=STAGES)


def accepted(office: Organisation, who: str = "officer") -> str:
    number = office.file()
    office.act(number, "manager", "accept", handler=[office.subs[who]], view="Urgent.")
    return number


def mine(office: Organisation, who: str) -> list[str]:
    return [one["number"] for one in office.get("/complaints?mine=true", who)["complaints"]]


def test_the_office_offers_the_field_that_names_the_people(office: Organisation) -> None:
    shown = office.complaint(accepted(office), "manager")
    assert "assign" in shown["office_acts"]
    assert [(one["name"], one["kind"], one["required"]) for one in shown["office_forms"]["assign"]] == [
        ("handler", "people", True)
    ]


def test_the_latest_assignment_of_a_role_counts(office: Organisation) -> None:
    number = accepted(office)
    assert office.act(number, "manager", "assign", handler=[office.subs["second"]])["assigned"] == {
        "officer": [office.subs["second"]]
    }
    assert [status(office, number, who, "decide") for who in ("officer", "second")] == [403, 200]


def test_the_event_says_who_assigned_whom_again(office: Organisation) -> None:
    number = accepted(office)
    office.act(number, "manager", "assign", handler=[office.subs["second"]])
    [event] = office.events(number, "manager", "assigned")
    assert event["fields"] == {
        "handler": [office.subs["second"]],
        "assigned": {"officer": [office.subs["second"]]},
        "again": True,
    }
    assert (event["actor"]["id"], event["result"]["stage"]) == (office.subs["manager"], "accepted")


def test_the_new_assignee_is_told_and_the_complaint_changes_queues(office: Organisation) -> None:
    number = accepted(office)
    assert (mine(office, "officer"), mine(office, "second")) == ([number], [])
    office.act(number, "manager", "assign", handler=[office.subs["second"]])
    assert (mine(office, "officer"), mine(office, "second")) == ([], [number])
    assert office.told("second", number, "en") == [f"Complaint {number} is assigned to you."]


def test_an_act_of_a_stage_replaces_the_offices_assignment() -> None:
    office = council(ACCEPTING, stages={**STAGES, "done": {"reopen": {"by": "manager", "to": "open"}}})
    number = accepted(office)
    office.act(number, "manager", "assign", handler=[office.subs["second"]])
    office.act(number, "manager", "close")
    office.act(number, "manager", "reopen")
    found = office.act(number, "manager", "accept", handler=[office.subs["officer"]], view="Again.")
    assert found["assigned"] == {"officer": [office.subs["officer"]]}


def test_only_people_who_may_do_the_assigning_act_may_repeat_it(office: Organisation) -> None:
    number = accepted(office)
    assert office.try_act(number, "reviewer", "assign", handler=[office.subs["second"]]).problem == "forbidden"
    assert "assign" not in office.complaint(number, "reviewer")["office_acts"]


def test_the_restriction_of_the_assigning_act_holds_for_its_repetition(office: Organisation) -> None:
    number = office.file()
    office.act(number, "second", "inspect")
    office.act(number, "manager", "accept", handler=[office.subs["officer"]], view="Urgent.")
    found = refused_at(office, number, "manager", "assign", handler=[office.subs["second"]])
    assert found == ("invalid", ["/fields/handler"])
    found = refused_at(office, number, "manager", "assign", handler=[office.subs["reviewer"]])
    assert found == ("invalid", ["/fields/handler"])


def test_nobody_is_replaced_before_anybody_is_assigned(office: Organisation) -> None:
    assert office.try_act(office.file(), "manager", "assign", handler=[]).problem == "act-not-open"


TWO = {
    "accept": {
        "by": "manager",
        "to": "accepted",
        "needs": ["handler", "checker"],
        "assigns": {"officer": "handler", "reviewer": "checker"},
    }
}


@pytest.fixture
def both() -> tuple[Organisation, str]:
    """An officer and a reviewer are assigned by one act."""
    office = council(TWO, stages=STAGES, fields={"checker": {"en": "Who checks it"}})
    number = office.file()
    office.act(number, "manager", "accept", handler=[office.subs["officer"]], checker=[office.subs["reviewer"]])
    return office, number


def test_each_of_several_roles_can_be_assigned_again_alone(both: tuple[Organisation, str]) -> None:
    office, number = both
    found = office.act(number, "manager", "assign", checker=[office.subs["third"]])
    assert found["assigned"] == {"officer": [office.subs["officer"]], "reviewer": [office.subs["third"]]}
    forms = office.complaint(number, "manager")["office_forms"]["assign"]
    assert [(one["name"], one["required"]) for one in forms] == [("handler", False), ("checker", False)]


def test_a_repetition_names_somebody(both: tuple[Organisation, str]) -> None:
    office, number = both
    assert refused_at(office, number, "manager", "assign") == ("invalid", ["/fields/handler", "/fields/checker"])


def test_roles_of_several_acts_can_be_assigned_again() -> None:
    checking = {
        "accepted": {
            **STAGES["accepted"],
            "forward": {"by": "manager", "to": "checked", "needs": "checker", "assigns": {"reviewer": "checker"}},
        },
        "checked": {"reply": {"by": "officer", "to": "done"}},
    }
    office = council(ACCEPTING, stages=checking, fields={"checker": {"en": "Who checks it"}})
    number = accepted(office)
    office.act(number, "manager", "forward", checker=[office.subs["reviewer"]])
    office.act(number, "manager", "assign", checker=[office.subs["third"]])
    found = office.act(number, "manager", "assign", handler=[office.subs["second"]])
    assert found["assigned"] == {"officer": [office.subs["second"]], "reviewer": [office.subs["third"]]}
    wrong = refused_at(
        office, number, "manager", "assign", handler=[office.subs["second"]], checker=[office.subs["third"]]
    )
    assert wrong == ("invalid", ["/fields/handler"])
