"""`not` and `same` in approvals, messages and assignments, over HTTP."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, hire
from tests.handling.exclusion.council import council, refused_at, remove, stand_in, status

DECIDING = {"decide": {"by": "officer", "to": "done", "approval": {"by": {"role": "reviewer", "not": "inspected"}}}}
EXCLUDED = "names a person who is excluded by their part in this complaint"


def proposed(office: Organisation, inspector: str = "reviewer") -> str:
    number = office.file()
    office.act(number, inspector, "inspect")
    office.act(number, "officer", "decide")
    return number


def test_an_excluded_person_cannot_approve_and_another_can() -> None:
    office = council(DECIDING)
    number = proposed(office)
    assert office.try_act(number, "reviewer", "approve").problem == "forbidden"
    assert office.complaint(number, "reviewer")["awaiting_me"] == []
    assert office.get("/tasks?kind=approval", "reviewer")["tasks"] == []
    assert [one["number"] for one in office.get("/tasks?kind=approval", "third")["tasks"]] == [number]
    assert office.act(number, "third", "approve")["stage"] == "done"


def test_the_deputy_of_an_excluded_person_cannot_approve() -> None:
    office = council(DECIDING)
    stand_in(office, "reviewer", "third")
    number = proposed(office)
    assert status(office, number, "third", "approve") == 403


def test_only_the_people_who_may_approve_are_told_of_the_proposal() -> None:
    office = council(DECIDING)
    number = proposed(office)
    assert [len(office.told(who, number)) for who in ("reviewer", "third", "owner")] == [0, 1, 0]


def test_the_owners_are_told_once_when_nobody_is_left_to_approve() -> None:
    office = council(DECIDING)
    remove(office, "third")
    number = proposed(office)
    assert office.told("owner", number, "en") == [
        f"Complaint {number}: an earlier step (inspected) excludes everybody in the role Reviewer. "
        "Please give the role to another person."
    ]


TELLING = {
    "note": {"by": "manager"},
    "mediate": {"by": "manager", "tells": {"to": {"role": "officer", "not": "inspected"}}},
}


def test_messages_leave_the_excluded_and_their_deputies_out() -> None:
    office = council(TELLING)
    stand_in(office, "officer", "third")
    number = office.file()
    office.act(number, "officer", "inspect")
    office.act(number, "manager", "mediate")
    assert [len(office.told(who, number)) for who in ("officer", "second", "third")] == [0, 1, 0]


def test_a_message_to_the_latest_person_reaches_only_them() -> None:
    office = council({"mediate": {"by": "manager", "tells": {"to": {"role": "officer", "same": "inspected"}}}})
    number = office.file()
    office.act(number, "officer", "inspect")
    office.act(number, "second", "inspect")
    office.act(number, "manager", "mediate")
    assert [len(office.told(who, number)) for who in ("officer", "second")] == [0, 1]


ASSIGNING = {
    "assign": {"by": "manager", "needs": "handler", "assigns": {"officer": {"field": "handler", "not": "inspected"}}},
    "decide": {"by": {"role": "officer", "of": "assigned"}, "to": "done"},
}


@pytest.fixture
def assigning() -> Organisation:
    return council(ASSIGNING)


def test_an_excluded_person_is_not_assigned(assigning: Organisation) -> None:
    number = assigning.file()
    assigning.act(number, "officer", "inspect")
    answer = assigning.try_act(number, "manager", "assign", handler=[assigning.subs["officer"]])
    assert answer.json["errors"] == [{"pointer": "/fields/handler", "detail": EXCLUDED}]
    assert status(assigning, number, "manager", "assign", handler=[assigning.subs["second"]]) == 200


@pytest.mark.parametrize(("absent", "deputy"), [("officer", "second"), ("second", "officer")])
def test_deputies_of_the_excluded_are_not_assigned_while_they_stand_in(
    assigning: Organisation, absent: str, deputy: str
) -> None:
    number = assigning.file()
    assigning.act(number, absent, "inspect")
    stand_in(assigning, absent, deputy)
    found = refused_at(assigning, number, "manager", "assign", handler=[assigning.subs[deputy]])
    assert found == ("invalid", ["/fields/handler"])


def test_the_restriction_holds_for_a_later_reassignment(assigning: Organisation) -> None:
    """After the stage that lists the act, the office repeats it."""
    acts = {**ASSIGNING, "confirm": {"by": "officer", "to": "checked"}}
    office = council(acts, stages={"checked": {"mediate": {"by": "officer"}, "close": {"by": "officer", "to": "done"}}})
    hire(office, "officer", name="fourth")
    number = office.file()
    office.act(number, "officer", "inspect")
    office.act(number, "manager", "assign", handler=[office.subs["second"]])
    office.act(number, "officer", "confirm")
    found = refused_at(office, number, "manager", "assign", handler=[office.subs["officer"]])
    assert found == ("invalid", ["/fields/handler"])
    assert office.act(number, "manager", "assign", handler=[office.subs["fourth"]])["assigned"] == {
        "officer": [office.subs["fourth"]]
    }
