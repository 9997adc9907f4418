"""P2 `auto-repair`: what a filing may and must say, and what is kept from the complainant."""

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
from tests.clauses.offices.garage import garage_in
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p2.test_p2_course import COURSES
from tests.clauses.world import InProcess

REQUIRED = ["complainant.name", "complainant.phone", "plate_number", "content"]
FREE = {"complainant.email": "user@mail.example", "repair_order": "R-1"}
WRONG = {"complainant.email": "x", "complainant.phone": "abc"}


def test_p2_1_the_channels(garage: Organisation) -> None:
    known = ["on_site", "call_back", "phone", "letter", "authority"]

    assert channels(garage, [*known, "fax"]) == dict.fromkeys(known, TAKEN) | {"fax": "/channel"}


def test_p2_6_the_facts_that_a_filing_must_name(garage: Organisation) -> None:
    assert without(garage, REQUIRED) == {fact: f"/facts/{fact}" for fact in REQUIRED}


def test_p2_6_the_facts_that_a_filing_may_name(garage: Organisation) -> None:
    assert without(garage, FREE) == with_facts(garage, FREE) == dict.fromkeys(FREE, TAKEN)


def test_p2_6_the_facts_that_have_a_form(garage: Organisation) -> None:
    assert with_facts(garage, WRONG) == {fact: f"/facts/{fact}" for fact in WRONG}


def test_p2_6_a_customer_is_known_by_phone_and_by_address(garage: Organisation) -> None:
    known = {"complainant.phone": "13800000000", "complainant.email": "one@mail.example"}

    assert earlier_of_the_customer(garage, "customer_service", **known) == dict.fromkeys(known, True)


def test_p2_5_the_complainant_does_not_see_internal_notes(garage: Organisation) -> None:
    [steps, *_] = COURSES.values()
    number = garage.file(**steps[0].fields)
    assert list(played(garage, number, steps)) == steps

    assert hidden_from_the_complainant(garage, number, "customer_service") == {"summary"}


def test_p2_2_a_national_holiday_has_no_working_days() -> None:
    """The first seven days of October 2026; Saturday the 10th is a working day instead."""
    garage = garage_in(InProcess("2026-09-28T09:00:00+08:00"))

    assert timeline(garage, garage.file(), "2026-10-17T00:00:00+08:00") == [
        "09-30 14:00 warned handling",
        "09-30 18:00 missed handling",
        "09-30 18:00 escalated customer_service, service_manager, technical_manager",
        "10-09 18:00 missed handling",
        "10-09 18:00 escalated customer_service, general_manager",
        "10-12 18:00 missed handling",
    ]
