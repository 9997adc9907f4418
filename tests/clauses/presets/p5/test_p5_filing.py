"""P5 `telecom-regulator`: what a filing may and must say, and what is kept from the complainant."""

from __future__ import annotations

from tests.clauses.behaviour.filing import (
    TAKEN,
    channels,
    earlier_of_the_customer,
    hidden_from_the_complainant,
    with_facts,
    without,
)
from tests.clauses.behaviour.steps import played
from tests.clauses.behaviour.timeline import timeline
from tests.clauses.offices.regulator import regulator_in
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p5.test_p5_course import COURSES
from tests.clauses.world import InProcess
from tests.kernel.web.pages.case_page import case_page

REQUIRED = ["complainant.name", "complainant.phone", "respondent.name", "content"]
FREE = {"complainant.email": "user@mail.example"}
WRONG = {"complainant.email": "x", "complainant.phone": "abc"}


def test_p5_1_the_channels(regulator: Organisation) -> None:
    known = ["hotline", "online", "window"]

    assert channels(regulator, [*known, "fax"]) == dict.fromkeys(known, TAKEN) | {"fax": "/channel"}


def test_p5_1_the_facts_that_a_filing_must_name(regulator: Organisation) -> None:
    assert without(regulator, REQUIRED) == {fact: f"/facts/{fact}" for fact in REQUIRED}


def test_p5_1_the_facts_that_a_filing_may_name(regulator: Organisation) -> None:
    assert without(regulator, FREE) == with_facts(regulator, FREE) == dict.fromkeys(FREE, TAKEN)


def test_p5_1_the_facts_that_have_a_form(regulator: Organisation) -> None:
    assert with_facts(regulator, WRONG) == {fact: f"/facts/{fact}" for fact in WRONG}


def test_p5_1_a_customer_is_known_by_phone_and_by_address(regulator: Organisation) -> None:
    known = {"complainant.phone": "13800000000", "complainant.email": "one@mail.example"}

    assert earlier_of_the_customer(regulator, "complaint_centre", **known) == dict.fromkeys(known, True)


def test_p5_4_the_complainant_does_not_see_internal_notes(regulator: Organisation) -> None:
    [steps, *_] = COURSES.values()
    number = regulator.file(**steps[0].fields)
    assert list(played(regulator, number, steps)) == steps

    assert hidden_from_the_complainant(regulator, number, "complaint_centre") == {"summary"}


def test_p5_2_a_national_holiday_has_no_working_days() -> None:
    """The first seven days of October 2026; Saturday the 10th is a working day instead."""
    regulator = regulator_in(InProcess("2026-09-28T09:00:00+08:00"))

    assert timeline(regulator, regulator.file(), "2026-10-17T00:00:00+08:00") == [
        "10-10 18:00 missed evidence",
        "10-10 18:00 notified",
    ]


def test_p5_1_the_pages_name_the_hotline(regulator: Organisation) -> None:
    assert "12321" in case_page(regulator, regulator.file())
