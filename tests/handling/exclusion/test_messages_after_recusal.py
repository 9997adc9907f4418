"""After an exclusion, the excluded person gets no message of the complaint, and others read what they must repeat."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation
from tests.handling.exclusion.council import council, remove, stand_in

ACTS: dict[str, Any] = {
    "assign": {"by": "manager", "needs": "handler", "assigns": {"officer": "handler"}, "tells": "assigned"},
    "mediate": {"by": "officer", "tells": [{"to": ["assigned", "reviewer"]}]},
    "recuse": {
        "by": ["officer", "manager", "reviewer"],
        "takes": "person",
        "undoes": ["inspected", "mediated"],
        "tells": ["manager", "assigned"],
    },
    "decide": {"by": "officer", "to": "done", "after": ["inspected", "mediated"], "tells": "officer"},
}
CLOCKS = {
    "answer": {
        "name": {"en": "Answer"},
        "from": "registered",
        "until": "decided",
        "within": "2 days",
        "warn": "1 day before",
    }
}
TIERS = [{"roles": "officer"}, {"roles": "manager"}]
REPEAT = "because a person has withdrawn, please repeat: inspected, mediated"


@pytest.fixture
def office() -> Organisation:
    return council(ACTS, clocks=CLOCKS, tiers=TIERS)


def assigned(office: Organisation, *people: str) -> str:
    number = office.file()
    office.act(number, "manager", "assign", handler=[office.subs[one] for one in people])
    return number


def texts(office: Organisation, who: str, number: str) -> list[str]:
    return office.told(who, number, "en")


def test_an_excluded_assignee_gets_no_message_of_others(office: Organisation) -> None:
    number = assigned(office, "officer", "second")
    office.act(number, "officer", "recuse")
    before = texts(office, "officer", number)

    office.act(number, "second", "mediate")

    assert texts(office, "officer", number) == before
    assert texts(office, "second", number)[0] == f"There has been a mediation in complaint {number}."


def test_an_excluded_member_of_a_role_gets_no_message_to_the_role(office: Organisation) -> None:
    number = assigned(office, "officer")
    office.act(number, "manager", "recuse", person=[office.subs["third"]])

    office.act(number, "officer", "mediate")

    assert texts(office, "third", number) == []
    assert len(texts(office, "reviewer", number)) == 1


def test_an_excluded_person_who_stands_in_for_a_reader_gets_no_message(office: Organisation) -> None:
    number = assigned(office, "officer")
    stand_in(office, "reviewer", "second")
    office.act(number, "manager", "recuse", person=[office.subs["second"]])

    office.act(number, "officer", "mediate")

    assert texts(office, "second", number) == []
    assert len(texts(office, "reviewer", number)) == 1


def test_an_excluded_member_of_a_tier_is_not_warned(office: Organisation) -> None:
    number = office.file()
    office.act(number, "officer", "recuse")

    office.world.move_to("2026-11-28T09:00:00+08:00")

    assert texts(office, "officer", number) == []
    assert len(texts(office, "second", number)) == 1


def test_the_deputy_of_an_excluded_member_gets_no_message_either(office: Organisation) -> None:
    number = assigned(office, "officer")
    stand_in(office, "third", "manager")
    office.act(number, "third", "recuse")
    before = texts(office, "manager", number)

    office.act(number, "officer", "mediate")

    assert texts(office, "manager", number) == before


def test_when_a_role_that_must_act_is_excluded_the_owners_are_told_once(office: Organisation) -> None:
    number = assigned(office, "officer")
    for who in ("second", "officer"):
        office.act(number, who, "recuse")

    office.world.move_to("2026-11-28T09:00:00+08:00")

    found = texts(office, "owner", number)
    assert sum("an earlier step (recused) excludes everybody in the role Officer" in text for text in found) == 1


def test_when_only_readers_are_excluded_the_owners_are_not_told(office: Organisation) -> None:
    number = assigned(office, "officer")
    for who in ("reviewer", "third"):
        office.act(number, who, "recuse")

    office.act(number, "officer", "mediate")

    assert texts(office, "owner", number) == []


def test_a_role_without_members_is_no_exclusion(office: Organisation) -> None:
    for who in ("reviewer", "third"):
        remove(office, who)
    number = assigned(office, "officer", "second")
    office.act(number, "second", "recuse")

    office.act(number, "officer", "mediate")

    assert texts(office, "owner", number) == []


@pytest.mark.parametrize("again", [True, False])
def test_a_new_assignee_reads_what_must_be_repeated(office: Organisation, again: bool) -> None:
    number = assigned(office, "officer") if again else office.file()
    for act in ("inspect", "mediate"):
        office.act(number, "officer", act)
    office.act(number, "officer", "recuse")

    office.act(number, "manager", "assign", handler=[office.subs["second"]])

    assert texts(office, "second", number)[0] == f"Complaint {number} is assigned to you; {REPEAT}."


def test_the_other_assignees_read_what_must_be_repeated(office: Organisation) -> None:
    number = assigned(office, "officer", "second")
    office.act(number, "officer", "mediate")

    office.act(number, "officer", "recuse")

    expected = f"A person has withdrawn from the handling of complaint {number}: officer; others must repeat: mediated."
    assert texts(office, "second", number)[0] == texts(office, "manager", number)[0] == expected


def test_what_was_repeated_is_named_no_more(office: Organisation) -> None:
    number = assigned(office, "officer")
    office.act(number, "officer", "mediate")
    office.act(number, "officer", "recuse")
    office.act(number, "second", "mediate")

    office.act(number, "manager", "assign", handler=[office.subs["second"]])

    assert texts(office, "second", number)[0] == f"Complaint {number} is assigned to you."
