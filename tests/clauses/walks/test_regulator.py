"""P5 `telecom-regulator` as its people live it: everybody answers, or one of them is silent at a stage."""

from __future__ import annotations

import pytest

from chalicelib.kit.instants import DAY, to_text
from tests.clauses.offices import regulator as at
from tests.clauses.offices.regulator import WANTED
from tests.clauses.organisation import Organisation, sign_up, with_mails
from tests.clauses.silent_parties import reminders
from tests.clauses.walks.silence import Silence, each, is_escalated, is_overdue, is_owed
from tests.clauses.walks.working import WAIT, Work, steps_done, to_the_archive
from tests.clauses.world import World

CENTRE = "complaint_centre"
LADDER = ((CENTRE,), ("director",))


def work_of(regulator: Organisation) -> Work:
    order = {**at.ORDER, "rectify_by": to_text(regulator.world.now() + 28 * DAY)}
    investigation = [
        ("inspector", "inspect", {"findings": "现场检查计费系统。"}),
        ("inspector", "find_liability", {"finding": "violation"}),
    ]
    silence, decide = ("", WAIT, {"days": 10}), ("inspector", "decide", {**at.DECISION, **order})
    return {
        "registered": [(CENTRE, "accept", {})],
        "accepted": [("director", "assign", {"inspectors": [regulator.subs["inspector"]]})],
        "investigating": investigation,
        "inquiring": investigation,
        "found": [("inspector", "demand_evidence", at.NOTICE), silence, decide],
        "found_outside": [("inspector", "demand_evidence", {**at.NOTICE, **at.REACHED}), silence, decide],
        "unfounded": [("inspector", "decide", at.DISMISSAL)],
        "ordered": [("inspector", "notify", {"served_how": "挂号信寄送。"})],
        "decided": [(CENTRE, "close", {"summary": "已办结。", "served_how": "当面送达。"})],
        "closed": [(CENTRE, "archive", {})],
    }


def found_for_a_unit(regulator: Organisation) -> str:
    return at.found(regulator, unit=at.unit(regulator))


def unfounded(regulator: Organisation) -> str:
    return at.found(regulator, "no_violation")


def served(regulator: Organisation) -> str:
    """The rectification is verified, and nothing is left but to close."""
    number = at.ordered(regulator)
    regulator.act(number, "inspector", "do_task", task="rectification", rectified="done", verified="已整改。")
    regulator.act(number, "inspector", "notify", served_how="挂号信寄送。")
    return number


def closed(regulator: Organisation) -> str:
    number = served(regulator)
    regulator.act(number, CENTRE, "close", summary="已办结。")
    return number


def ordered(regulator: Organisation) -> str:
    """A rectification is to be verified."""
    number = at.found(regulator)
    steps_done(regulator, number, [*work_of(regulator)["found_outside"], *work_of(regulator)["ordered"]])
    return number


SILENCES = [
    Silence("registered", at.evidenced, CENTRE, "accept", "acceptance"),
    Silence("accepted", at.accepted, "director", "assign", "handling"),
    Silence("inquiring", at.assigned, "inspector", "inspect", "handling"),
    Silence("found", found_for_a_unit, "inspector", "demand_evidence", "handling"),
    Silence("found_outside", at.found, "inspector", "demand_evidence", "handling"),
    Silence("unfounded", unfounded, "inspector", "decide", "handling"),
    Silence("ordered", at.ordered, CENTRE, "notify", "completion"),
    Silence("decided", served, CENTRE, "close", "completion"),
    Silence("closed", closed, CENTRE, "archive", "completion"),
    Silence(
        "decided",
        ordered,
        "inspector",
        "do_task",
        "rectification",
        instead=[("inspector", "do_task", {"task": "rectification", "rectified": "done", "verified": "逾期整改。"})],
        without={
            "drop": [
                "/tasks/rectification",
                "/stages/found/decide/tells/2/due",
                "/stages/found_outside/decide/tells/2/due",
            ]
        },
    ),
]


@pytest.fixture
def regulator(world: World) -> Organisation:
    return with_mails(sign_up(world, "telecom-regulator"))


def test_walk_of_a_regulator_in_which_everybody_answers(regulator: Organisation) -> None:
    to_the_archive(regulator, at.evidenced(regulator), work_of(regulator))


@each(SILENCES)
def test_walk_of_a_regulator_in_which_silence_is_escalated(regulator: Organisation, silence: Silence) -> None:
    number = silence.until(regulator)
    is_owed(regulator, number, silence)

    is_escalated(regulator, number, silence.clock, LADDER)

    for who, act, fields in silence.instead:
        regulator.act(number, who, act, **fields)
    to_the_archive(regulator, number, work_of(regulator))


def is_asked_again(regulator: Organisation, number: str) -> None:
    regulator.world.move_to(regulator.deadline(number, "evidence_overdue")["due"])
    assert [event["actor"]["kind"] for event in reminders(regulator, number)] == ["system"]
    assert "尚未收到证据材料" in regulator.told("complainant", number)[0]


def test_walk_of_a_regulator_in_which_a_silent_consumer_is_asked_again_and_can_be_refused(
    regulator: Organisation,
) -> None:
    number = regulator.file()

    is_asked_again(regulator, number)

    assert regulator.act(number, CENTRE, "refuse", ground="no_evidence")["stage"] == "refused"


def test_walk_of_a_regulator_in_which_late_evidence_is_taken(regulator: Organisation) -> None:
    number = regulator.file()
    is_asked_again(regulator, number)

    at.send(regulator, number, "bill")

    to_the_archive(regulator, number, work_of(regulator))


def demanded_of_both(regulator: Organisation) -> str:
    number = at.assigned(regulator, unit=at.unit(regulator))
    for of in ("respondent", "complainant"):
        regulator.act(number, "inspector", "demand_evidence", of=of, **WANTED)
    return number


def lapse(regulator: Organisation, number: str) -> None:
    is_overdue(regulator, number)
    assert len(regulator.events(number, type_="demand_lapsed")) == 2


def test_walk_of_a_regulator_in_which_both_parties_give_no_evidence(regulator: Organisation) -> None:
    number = demanded_of_both(regulator)

    lapse(regulator, number)

    to_the_archive(regulator, number, work_of(regulator))
