"""P6 `corporate-standard` as its people live it: everybody answers, or one of them is silent at a stage."""

from __future__ import annotations

import pytest

from chalicelib.kit.instants import DAY, to_text
from tests.clauses.offices import company as at
from tests.clauses.organisation import Organisation, sign_up, with_mails
from tests.clauses.silent_parties import reminders
from tests.clauses.walks.silence import Silence, Story, each, is_escalated, is_owed
from tests.clauses.walks.silent_company import LADDER, SILENCES, disputed, work_of
from tests.clauses.walks.working import to_the_archive
from tests.clauses.world import World


@pytest.fixture
def company(world: World) -> Organisation:
    return with_mails(sign_up(world, "corporate-standard"))


def test_walk_of_a_company_in_which_everybody_answers(company: Organisation) -> None:
    to_the_archive(company, company.file(), work_of(company))


@each(SILENCES)
def test_walk_of_a_company_in_which_silence_is_escalated(company: Organisation, silence: Silence) -> None:
    number = silence.until(company)
    is_owed(company, number, silence)

    is_escalated(company, number, silence.clock, LADDER)

    for who, act, fields in silence.instead:
        company.act(number, who, act, **fields)
    to_the_archive(company, number, work_of(company))


def ages(company: Organisation, number: str) -> None:
    """After a month without any act the complaint becomes major, and the ladder starts again.

    The second tier follows after working hours. A holiday may have none for a week.
    """
    company.world.move_to(to_text(company.world.now() + 32 * DAY))
    assert company.complaint(number)["severity"] == "major"
    company.world.move_to(to_text(company.world.now() + 8 * DAY))
    again = [one for one in company.events(number, type_="escalated") if one["fields"]["run"] == 2]
    tiers = [tuple(one["fields"]["roles"]) for one in again]
    repeats = tiers[len(LADDER) :]  # the top tier repeats its alarm
    assert tiers == [*LADDER, *[LADDER[-1]] * len(repeats)]


@pytest.mark.parametrize("until", [Organisation.file, at.recorded, at.reviewed, at.forwarded, at.handled])
def test_walk_of_a_company_that_is_silent_for_a_month_has_a_major_complaint(
    company: Organisation, until: Story
) -> None:
    number = until(company)

    ages(company, number)

    to_the_archive(company, number, work_of(company))


@pytest.mark.parametrize("who", ["agent", "team_lead"])
def test_walk_of_a_company_that_closes_a_decided_complaint_once_its_customer_agrees(
    company: Organisation, who: str
) -> None:
    number = at.decided(company)
    company.act(number, "complainant", "agree")

    company.act(number, who, "close", summary="已退款。")

    assert company.events(number, type_="missed") == company.events(number, type_="reclassified") == []
    to_the_archive(company, number, work_of(company))


def test_walk_of_a_company_whose_customer_is_silent_after_the_decision(company: Organisation) -> None:
    number = at.decided(company)

    company.world.move_to(to_text(company.world.now() + 32 * DAY))

    assert len(reminders(company, number)) == 1
    assert {event["fields"]["clock"] for event in company.events(number, type_="missed")} == {"archiving"}
    assert company.events(number, type_="reclassified") == []
    to_the_archive(company, number, work_of(company))
    assert company.act(number, "complainant", "reopen", reason="没有收到退款")["stage"] == "handling"
    to_the_archive(company, number, work_of(company))


def test_walk_of_a_company_that_closes_a_disputed_complaint_without_a_further_answer(company: Organisation) -> None:
    number = disputed(company)
    company.world.move_to(to_text(company.world.now() + 32 * DAY))

    company.act(number, "team_lead", "close", summary="已退款。", reason="已按合同赔偿。")

    assert {one["fields"]["clock"] for one in company.events(number, type_="missed")} == {"dispute_answer"}
    assert company.complaint(number)["severity"] == "major"
    to_the_archive(company, number, work_of(company))
