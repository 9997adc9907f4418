"""P9 `food-drug-administration` as its people live it: everybody answers, or one of them is silent at a stage."""

from __future__ import annotations

import pytest

from tests.clauses.offices import bureau as at
from tests.clauses.organisation import Organisation, hire, sign_up, with_mails
from tests.clauses.silent_parties import reminders
from tests.clauses.walks.silence import Silence, Story, each, is_escalated, is_owed
from tests.clauses.walks.silent_bureau import LADDER, SILENCES, work_of
from tests.clauses.walks.working import to_the_archive
from tests.clauses.world import World

REMINDER, CLOSING = "请您答复是否接受", "因一直未收到您的答复，已结案"
REASON = "投诉人在期限内未对处理意见作出答复"


@pytest.fixture
def bureau(world: World) -> Organisation:
    return with_mails(sign_up(world, "food-drug-administration"))


def test_walk_of_a_bureau_in_which_everybody_answers(bureau: Organisation) -> None:
    to_the_archive(bureau, at.filed(bureau), work_of(bureau))


@each(SILENCES)
def test_walk_of_a_bureau_in_which_silence_is_escalated(bureau: Organisation, silence: Silence) -> None:
    number = silence.until(bureau)
    is_owed(bureau, number, silence)

    is_escalated(bureau, number, silence.clock, LADDER)

    to_the_archive(bureau, number, work_of(bureau))


def test_walk_of_a_bureau_in_which_the_leader_replaces_a_silent_officer(bureau: Organisation) -> None:
    hire(bureau, "officer", name="second")
    number = at.assigned(bureau)

    is_escalated(bureau, number, "decision", LADDER)

    bureau.act(number, "leader", "assign", officers=[bureau.subs["second"]])
    to_the_archive(bureau, number, work_of(bureau, "second"))


def reopened(bureau: Organisation) -> str:
    """A case that silence closed, and that the complainant reopened and left again."""
    number = at.decided(bureau)
    bureau.world.move_to(bureau.deadline(number, "silence")["due"])
    bureau.act(number, "complainant", "reopen")
    return number


def is_reminded(bureau: Organisation, number: str) -> None:
    """Time asks the complainant again."""
    before, told = len(reminders(bureau, number)), len(bureau.told("complainant", number))
    bureau.world.move_to(bureau.deadline(number, "reminder")["due"])
    asked = reminders(bureau, number)
    assert len(asked) == before + 1
    assert asked[-1]["actor"]["kind"] == "system"
    assert [REMINDER in text for text in bureau.told("complainant", number)[:-told]] == [True]
    assert "close" not in bureau.complaint(number, "leader")["acts"]


def is_closed(bureau: Organisation, number: str) -> None:
    """Time closes the case with its reason."""
    bureau.world.move_to(bureau.deadline(number, "silence")["due"])
    assert bureau.complaint(number)["stage"] == "closed"
    event = bureau.events(number, type_="closed")[-1]
    assert event["actor"]["kind"] == "system"
    values = bureau.get(f"/complaints/{number}/record", "leader")["values"][event["id"]]
    assert REASON in values["handling_record"]
    assert CLOSING in bureau.told("complainant", number)[0]


@pytest.mark.parametrize("until", [at.decided, reopened])
def test_walk_of_a_bureau_in_which_a_silent_complainant_is_reminded_and_the_case_closed_with_its_reason(
    bureau: Organisation, until: Story
) -> None:
    number = until(bureau)

    is_reminded(bureau, number)
    is_closed(bureau, number)

    to_the_archive(bureau, number, work_of(bureau))


def disputed(bureau: Organisation) -> str:
    number = at.decided(bureau)
    bureau.act(number, "complainant", "dispute", reason="处理太轻")
    return number


def test_walk_of_a_bureau_whose_complainant_does_not_accept_the_opinion(bureau: Organisation) -> None:
    to_the_archive(bureau, disputed(bureau), work_of(bureau))


@pytest.mark.parametrize("absent", ["投诉人", "店主"])
def test_walk_of_a_bureau_in_which_a_party_stays_away_from_the_mediation(bureau: Organisation, absent: str) -> None:
    number = at.inspected(bureau)

    bureau.act(number, "officer", "mediate", **at.mediation(bureau, participants=f"{absent}未到场。"))

    to_the_archive(bureau, number, work_of(bureau))
