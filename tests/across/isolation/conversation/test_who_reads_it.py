"""The conversation is between the complainant and those who may see who they are: no one else reads a word of it."""

from __future__ import annotations

import json

import pytest

from tests.clauses.organisation import Organisation
from tests.handling.conversation import offices
from tests.handling.conversation.offices import attached, shown

SAID, ANSWERED, LATER = "Said by the complainant", "Answered by the clerk", "later@mail.example"


@pytest.fixture
def council() -> Organisation:
    return offices.council()


@pytest.fixture
def talk(council: Organisation) -> tuple[str, str]:
    """The number of a complaint about a unit with a conversation, and the file attached to it."""
    number, _ = offices.with_unit(council)
    council.act(number, "complainant", "write", message=SAID)
    file = attached(council, number)
    council.act(number, "clerk", "inform", message=ANSWERED, files=[file])
    council.act(number, "complainant", "correct", **{"complainant.email": LATER})
    return number, file


def texts_for(council: Organisation, number: str, who: str) -> str:
    """Everything that the API shows to this person about the complaint and to themselves."""
    council.world.settle()
    paths = (
        f"/complaints/{number}",
        f"/complaints/{number}/record",
        f"/complaints/{number}/acts",
        f"/complaints/{number}/evidence",
        "/messages?limit=100",
    )
    return json.dumps([council.get(path, who, number) for path in paths])


@pytest.mark.parametrize("who", ["respondent", "archivist"])
def test_who_may_not_see_the_complainant_reads_no_word_of_it(
    council: Organisation, talk: tuple[str, str], who: str
) -> None:
    number, _ = talk

    seen = texts_for(council, number, who)

    assert not [text for text in (SAID, ANSWERED, LATER) if text in seen]


def test_the_respondent_sees_no_attachment(council: Organisation, talk: tuple[str, str]) -> None:
    number, file = talk

    answer = council.world.call(
        "GET", f"{council.path}/complaints/{number}/evidence/{file}", auth=council.auth("respondent")
    )

    assert answer.status == 404
    listed = council.get(f"/complaints/{number}/evidence", "respondent")["evidence"]
    assert file not in [one["id"] for one in listed]


@pytest.mark.parametrize("who", ["clerk", "head", "complainant"])
def test_those_who_may_read_it_do(council: Organisation, talk: tuple[str, str], who: str) -> None:
    number, file = talk

    seen = shown(council, number, who)

    assert seen["written"] == {"message": SAID}
    assert seen["informed"] == {"message": ANSWERED, "files": [file]}


@pytest.mark.parametrize("act", ["write", "correct", "lack_evidence", "inform"])
def test_the_respondent_takes_no_part_in_it(council: Organisation, talk: tuple[str, str], act: str) -> None:
    number, _ = talk
    fields = {"complainant.email": "third@mail.example"} if act == "correct" else {"message": "x"}

    answer = council.try_act(number, "respondent", act, **fields)

    assert answer.status == 403
    assert act not in json.dumps(council.get(f"/complaints/{number}/acts", "respondent"))


def test_a_members_read_of_it_is_in_the_read_log(council: Organisation, talk: tuple[str, str]) -> None:
    number, _ = talk

    council.get(f"/complaints/{number}/record", "clerk")

    reads = council.get(f"/complaints/{number}/reads", "owner")["reads"]
    assert "complainant" in {holder for one in reads for holder in one["classes"]}
