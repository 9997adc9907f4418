"""In the conversation, deputies act for absent people, and excluded people and their deputies do not act."""

from __future__ import annotations

import pytest

from tests.clauses.giving import declared
from tests.clauses.organisation import Organisation, hire, sign_up_with
from tests.clauses.world import InProcess
from tests.handling.conversation.offices import CUSTOMER, POLICY, START, attached, shown, with_unit
from tests.handling.exclusion.council import stand_in

TEXT = "Please tell us which lamp it is."
EXCLUDED = ["clerk", "deputy"]
"""The clerk who withdrew, and who stands in for them now."""


@pytest.fixture
def council() -> Organisation:
    """The deputy has a role that sees nothing of complainants. A second clerk has no part in it."""
    council = sign_up_with(InProcess(START), POLICY.replace("  decided:", "    recuse: {by: clerk}\n  decided:", 1))
    council.always = {"facts": {"complainant.email": CUSTOMER}}
    hire(council, "archivist", name="deputy")
    hire(council, "clerk", name="second")
    stand_in(council, "clerk", "deputy")
    return council


def withdrawn(council: Organisation) -> str:
    """A complaint from which the clerk withdrew."""
    number = council.file()
    council.act(number, "clerk", "recuse")
    return number


def test_a_deputy_writes_and_attaches_for_the_absent_clerk(council: Organisation) -> None:
    number = council.file()
    file = attached(council, number, "deputy")

    council.act(number, "deputy", "inform", message=TEXT, files=[file])

    [event] = council.events(number, type_="informed")
    assert (event["actor"]["role"], event["actor"]["id"]) == ("clerk", council.subs["deputy"])
    assert shown(council, number, "complainant")["informed"] == {"message": TEXT, "files": [file]}


def test_a_deputy_reads_what_the_complainant_writes(council: Organisation) -> None:
    number = council.file()
    council.act(number, "complainant", "write", message="It is the third lamp.")

    assert shown(council, number, "deputy")["written"]["message"] == "It is the third lamp."
    assert any(one["number"] == number for one in council.get("/messages", "deputy")["messages"])


@pytest.mark.parametrize("who", EXCLUDED)
def test_excluded_people_neither_write_nor_attach(council: Organisation, who: str) -> None:
    number = withdrawn(council)

    answers = [
        council.try_act(number, who, "inform", message=TEXT),
        declared(council, number, "message_attachment", auth=council.auth(who)),
    ]

    assert [answer.status for answer in answers] == [403, 403]
    assert council.events(number, type_="informed") == []


@pytest.mark.parametrize("who", EXCLUDED)
def test_excluded_people_are_not_told_of_what_the_complainant_writes_or_corrects(
    council: Organisation, who: str
) -> None:
    number = withdrawn(council)
    council.act(number, "complainant", "write", message="It is the third lamp.")
    council.act(number, "complainant", "correct", **{"complainant.contact": "00000000000"})

    told = [one for one in council.get("/messages", who)["messages"] if one["number"] == number]

    assert [one["wording"] for one in told if one["wording"] in ("written", "corrected")] == []


def test_another_clerk_writes_and_is_told(council: Organisation) -> None:
    number = withdrawn(council)
    council.act(number, "complainant", "write", message="It is the third lamp.")

    council.act(number, "second", "inform", message=TEXT)

    assert any(one["number"] == number for one in council.get("/messages", "second")["messages"])
    assert len(council.events(number, type_="informed")) == 1


def test_the_respondent_sees_nothing_of_what_a_deputy_attached(council: Organisation) -> None:
    number, respondent = with_unit(council)
    file = attached(council, number, "deputy")
    council.act(number, "deputy", "inform", message=TEXT, files=[file])

    path = f"{council.path}/complaints/{number}/evidence/{file}"
    assert council.world.call("GET", path, auth=council.auth(respondent)).status == 404
