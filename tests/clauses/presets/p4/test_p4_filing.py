"""P4 `government-service-centre`: what a filing may and must say, and what is kept from the complainant."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.filing import (
    TAKEN,
    channels,
    chosen,
    earlier_of_the_customer,
    hidden_from_the_complainant,
    with_facts,
    without,
)
from tests.clauses.behaviour.steps import played
from tests.clauses.behaviour.timeline import timeline
from tests.clauses.offices.hall import hall_in
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p4.test_p4_course import COURSES
from tests.clauses.world import InProcess

REQUIRED = ["complainant.name", "complainant.phone", "content"]
FREE = {"complainant.email": "user@mail.example", "occurred_at": "2026-11-26"}
WRONG = {"complainant.email": "x", "complainant.phone": "abc", "occurred_at": "x"}


def test_p4_1_the_channels(hall: Organisation) -> None:
    known = ["oral", "written"]

    assert channels(hall, [*known, "fax"]) == dict.fromkeys(known, TAKEN) | {"fax": "/channel"}


def test_p4_3_the_facts_that_a_filing_must_name(hall: Organisation) -> None:
    assert without(hall, REQUIRED) == {fact: f"/facts/{fact}" for fact in REQUIRED}


def test_p4_3_the_facts_that_a_filing_may_name(hall: Organisation) -> None:
    assert without(hall, FREE) == with_facts(hall, FREE) == dict.fromkeys(FREE, TAKEN)


def test_p4_3_the_facts_that_have_a_form(hall: Organisation) -> None:
    assert with_facts(hall, WRONG) == {fact: f"/facts/{fact}" for fact in WRONG}


def test_p4_3_a_customer_is_known_by_phone_and_by_address(hall: Organisation) -> None:
    known = {"complainant.phone": "13800000000", "complainant.email": "one@mail.example"}

    assert earlier_of_the_customer(hall, "director", **known) == dict.fromkeys(known, True)


@pytest.mark.parametrize(
    ("category", "known", "without_it"),
    [pytest.param("class", ["service_quality", "staff_misconduct", "mishandling"], TAKEN, id="P4.2: class")],
)
def test_p4_the_categories(hall: Organisation, category: str, known: list[str], without_it: str) -> None:
    expected = dict.fromkeys(known, TAKEN) | {"another": f"/category/{category}", None: without_it}

    assert chosen(hall, category, [*known, "another", None]) == expected


def test_p4_7_the_complainant_does_not_see_internal_notes(hall: Organisation) -> None:
    [steps, *_] = COURSES.values()
    number = hall.file(**steps[0].fields)
    assert list(played(hall, number, steps)) == steps

    assert hidden_from_the_complainant(hall, number, "director") == {"summary"}


def test_p4_6_a_national_holiday_has_no_working_days() -> None:
    """The first seven days of October 2026; Saturday the 10th is a working day instead."""
    hall = hall_in(InProcess("2026-09-28T09:00:00+08:00"))

    assert timeline(hall, hall.file(), "2026-10-17T00:00:00+08:00") == [
        "09-30 09:00 warned decision",
        "10-08 18:00 missed decision",
        "10-08 18:00 escalated reception",
        "10-09 18:00 missed decision",
        "10-09 18:00 escalated director",
        "10-10 18:00 missed decision",
        "10-16 18:00 missed decision",
    ]
