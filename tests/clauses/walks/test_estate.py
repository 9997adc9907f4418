"""P7 `property-management` as its people live it: everybody answers, or one of them is silent at a stage."""

from __future__ import annotations

import pytest

from chalicelib.kit.instants import DAY, HOUR, to_text
from tests.clauses.offices import estate as at
from tests.clauses.organisation import Organisation, sign_up, with_mails
from tests.clauses.walks.silence import Silence, each, is_escalated, is_owed
from tests.clauses.walks.working import Work, to_the_archive
from tests.clauses.world import World

LADDER = (("service_supervisor", "office_head"), ("service_centre",), ("leader",))


def work_of(estate: Organisation) -> Work:
    return {
        "registered": [("service_centre", "forward", at.notified(estate))],
        "forwarded": [("office_head", "assign", {"responsible": estate.subs["management_office"]})],
        "handling": [("management_office", "reply", {"text": "灯已换好。"})],
        "replied": [("service_centre", "decide", {"opinion": "已修复。", "outcome": "invalid"})],
        "decided": [("complainant", "agree", {}), ("service_centre", "close", {"summary": "已修复。"})],
        "closed": [("service_centre", "archive", {})],
    }


def promised(estate: Organisation) -> str:
    number = at.handled(estate)
    feedback_at = to_text(estate.world.now() + 2 * HOUR)
    estate.act(number, "management_office", "promise", feedback_at=feedback_at)
    return number


def major(estate: Organisation) -> str:
    """A written report is owed."""
    return at.replied(estate, severity="major")


REPORT = {"task": "written_report", "report": "附件一"}
SILENCES = [
    Silence("registered", Organisation.file, "service_centre", "forward", "forwarding"),
    Silence("forwarded", at.forwarded, "office_head", "assign", "handling"),
    Silence("handling", at.handled, "management_office", "reply", "reply"),
    Silence("handling", promised, "management_office", "reply", "promised"),
    Silence(
        "replied",
        major,
        "management_office",
        "do_task",
        "written_report",
        instead=[("management_office", "do_task", REPORT)],
        without={"drop": ["/tasks/written_report/within"]},
    ),
]


@pytest.fixture
def estate(world: World) -> Organisation:
    return with_mails(sign_up(world, "property-management"))


def test_walk_of_an_estate_in_which_everybody_answers(estate: Organisation) -> None:
    to_the_archive(estate, estate.file(), work_of(estate))


@each(SILENCES)
def test_walk_of_an_estate_in_which_silence_is_escalated(estate: Organisation, silence: Silence) -> None:
    number = silence.until(estate)
    is_owed(estate, number, silence)

    is_escalated(estate, number, silence.clock, LADDER)

    for who, act, fields in silence.instead:
        estate.act(number, who, act, **fields)
    to_the_archive(estate, number, work_of(estate))


def is_passed_on(estate: Organisation, number: str) -> None:
    """Headquarters keep what they took, so that time passes it on to the centre."""
    estate.world.move_to(to_text(estate.world.now() + 4 * DAY))
    assert [event["actor"]["kind"] for event in estate.events(number, type_="transferred")] == ["system"]
    assert any("转达" in text for text in estate.told("service_centre", number))


def test_walk_of_an_estate_in_which_time_passes_on_what_headquarters_keep(estate: Organisation) -> None:
    number = at.at_headquarters(estate)

    is_passed_on(estate, number)

    to_the_archive(estate, number, work_of(estate))
