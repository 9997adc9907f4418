"""P1 `platform`: what a filing may and must say, and what is kept from the complainant."""

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
from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation, hire
from tests.clauses.presets.p1.test_p1_course import COURSES
from tests.clauses.world import InProcess

REQUIRED = ["respondent.name", "reason"]
FREE = {
    "complainant.name": "示例用户",
    "complainant.contact": "user@mail.example",
    "complainant.email": "user@mail.example",
}
WRONG = {"complainant.email": "x"}


def test_p1_1_the_channels(marketplace: Organisation) -> None:
    known = ["in_app", "phone", "email"]

    assert channels(marketplace, [*known, "fax"]) == dict.fromkeys(known, TAKEN) | {"fax": "/channel"}


def test_p1_2_the_facts_that_a_filing_must_name(marketplace: Organisation) -> None:
    assert without(marketplace, REQUIRED) == {fact: f"/facts/{fact}" for fact in REQUIRED}


def test_p1_2_the_facts_that_a_filing_may_name(marketplace: Organisation) -> None:
    assert without(marketplace, FREE) == with_facts(marketplace, FREE) == dict.fromkeys(FREE, TAKEN)


def test_p1_2_the_facts_that_have_a_form(marketplace: Organisation) -> None:
    assert with_facts(marketplace, WRONG) == {fact: f"/facts/{fact}" for fact in WRONG}


def test_p1_2_a_customer_is_known_by_phone_and_by_address(marketplace: Organisation) -> None:
    known = {"complainant.contact": "13800000000", "complainant.email": "one@mail.example"}

    assert earlier_of_the_customer(marketplace, "director", **known) == dict.fromkeys(known, True)


def test_p1_6_the_complainant_does_not_see_internal_notes(marketplace: Organisation) -> None:
    hire(marketplace, "handler", name="second")
    [steps, *_] = COURSES.values()
    number = marketplace.file(**steps[0].fields)
    assert list(played(marketplace, number, steps)) == steps

    assert hidden_from_the_complainant(marketplace, number, "director") == {"summary"}


def test_p1_3_a_national_holiday_has_no_working_days() -> None:
    """The first seven days of October 2026; Saturday the 10th is a working day instead."""
    marketplace = marketplace_in(InProcess("2026-09-28T09:00:00+08:00"))

    assert timeline(marketplace, marketplace.file(), "2026-10-17T00:00:00+08:00") == [
        "09-29 05:00 warned screening",
        "09-29 09:00 missed screening",
        "09-29 09:00 escalated director",
        "09-29 09:00 demand_lapsed",
        "09-30 09:00 missed screening",
        "10-13 18:00 missed screening",
    ]
