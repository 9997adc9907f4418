"""P1 `platform` as its people live it: the respondent is silent, or one of the staff is at a stage."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from chalicelib.kit.instants import DAY, to_text
from tests.clauses.offices import marketplace as at
from tests.clauses.offices.marketplace import ASKED_FOR
from tests.clauses.organisation import Organisation
from tests.clauses.walks.silence import Silence, Story, each, is_escalated, is_overdue, is_owed
from tests.clauses.walks.working import WAIT, Step, Work, steps_done, to_the_archive
from tests.clauses.world import World

LADDER = (("director",),)


def work_of(marketplace: Organisation) -> Work:
    inspect = ("handler", "inspect", at.FOUND)
    decide = ("handler", "decide", at.DECISION)
    silence = ("", WAIT, {"days": 14})
    again: Sequence[Step] = [("second", "inspect", at.FOUND), ("second", "decide", at.REVERSED)]
    closing_again: Sequence[Step] = [
        ("", WAIT, {"days": 1}),
        ("second", "close", {"summary": "复核完毕。", "told_how": "挂号信。"}),
    ]
    return {
        "registered": [("screener", "accept", {"responsible": marketplace.subs["handler"]})],
        "investigating": [inspect, decide],
        "inquiring": [("handler", "demand_evidence", at.ASKED), silence, inspect, decide],
        "decided": [
            ("handler", "notify", {"told_how": "挂号信寄出。"}),
            ("handler", "close", {"summary": "退款并处罚。"}),
        ],
        "re_examining": again,
        "re_inquiring": [("second", "demand_evidence", at.ASKED), silence, *again],
        "outcome_kept": closing_again,
        "now_upheld": closing_again,
        "now_not_upheld": closing_again,
        "closed": [("archivist", "archive", {})],
    }


def filed(marketplace: Organisation) -> str:
    return marketplace.file(unit="seller")


def elsewhere(marketplace: Organisation) -> str:
    """Accepted; the respondent is not in the system."""
    return at.accepted(marketplace, unit=None)


def demanded(marketplace: Organisation) -> str:
    """The respondent was asked for evidence and is silent."""
    return asked_by(marketplace, at.accepted(marketplace), "handler")


def asked_by(marketplace: Organisation, number: str, who: str) -> str:
    marketplace.act(number, who, "inspect", **at.FOUND)
    marketplace.act(number, who, "demand_evidence", **ASKED_FOR)
    return number


def lapsed(marketplace: Organisation) -> str:
    number = demanded(marketplace)
    is_overdue(marketplace, number)
    return number


def demanded_again(marketplace: Organisation) -> str:
    """The respondent was asked again in the re-examination, and is silent."""
    return asked_by(marketplace, at.reopened(marketplace), "second")


def lapsed_again(marketplace: Organisation) -> str:
    number = demanded_again(marketplace)
    is_overdue(marketplace, number)
    return number


SILENCES = [
    Silence("registered", filed, "screener", "accept", "screening"),
    Silence("investigating", at.accepted, "handler", "demand_evidence", "handling"),
    Silence("investigating", lapsed, "handler", "decide", "handling"),
    Silence("inquiring", elsewhere, "handler", "demand_evidence", "handling"),
    Silence("decided", at.decided, "handler", "close", "completion"),
    Silence("closed", at.closed, "archivist", "archive", "completion"),
    Silence("re_examining", at.reopened, "second", "demand_evidence", "re_examination"),
    Silence("re_examining", lapsed_again, "second", "decide", "re_examination"),
    Silence("re_inquiring", at.reopened_elsewhere, "second", "demand_evidence", "re_examination"),
    Silence("outcome_kept", at.kept, "second", "close", "completion"),
    Silence("now_not_upheld", at.changed, "second", "close", "completion"),
    Silence("now_upheld", at.now_upheld, "second", "close", "completion"),
]


@pytest.fixture
def marketplace(world: World) -> Organisation:
    return at.marketplace_in(world)


def go_on(marketplace: Organisation, number: str) -> None:
    """The respondent is asked for evidence if the complaint is accepted, and is silent."""
    steps_done(marketplace, number, work_of(marketplace)["registered"][:1])
    asker = {"investigating": "handler", "re_examining": "second"}.get(marketplace.complaint(number)["stage"])
    if asker is not None:
        steps_done(marketplace, number, [(asker, "demand_evidence", ASKED_FOR)])
        marketplace.world.move_to(to_text(marketplace.world.now() + 14 * DAY))
    to_the_archive(marketplace, number, work_of(marketplace))


@each(SILENCES)
def test_walk_of_a_marketplace_in_which_silence_is_escalated(marketplace: Organisation, silence: Silence) -> None:
    number = silence.until(marketplace)
    is_owed(marketplace, number, silence)

    is_escalated(marketplace, number, silence.clock, LADDER)

    go_on(marketplace, number)


def lapses(marketplace: Organisation, number: str) -> None:
    """The silence of the respondent is on record, and the responsible party can decide."""
    demand = is_overdue(marketplace, number)
    assert demand in [event["fields"]["demand"] for event in marketplace.events(number, type_="demand_lapsed")]
    [sub] = marketplace.complaint(number, "director")["assigned"]["handler"]
    [responsible] = [name for name, one in marketplace.subs.items() if one == sub]
    assert "decide" in marketplace.complaint(number, responsible)["acts"]


@pytest.mark.parametrize("asked", [demanded, demanded_again])
def test_walk_of_a_marketplace_in_which_the_silence_of_the_respondent_is_recorded(
    marketplace: Organisation, asked: Story
) -> None:
    number = asked(marketplace)

    lapses(marketplace, number)

    to_the_archive(marketplace, number, work_of(marketplace))
