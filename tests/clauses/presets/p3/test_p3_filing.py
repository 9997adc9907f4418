"""P3 `auto-repair-forms`: what a filing may and must say, and what is kept from the complainant."""

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
from tests.clauses.offices.workshop import workshop_in
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p3.test_p3_course import COURSES
from tests.clauses.world import InProcess

REQUIRED = [
    "complainant.name",
    "complainant.phone",
    "plate_number",
    "filler",
    "summary",
    "occurred_at",
    "place",
    "course",
    "result",
    "apologised",
]
FREE = {"complainant.email": "user@mail.example", "persons": "维修班组"}
WRONG = {"complainant.email": "x", "complainant.phone": "abc", "occurred_at": "x", "apologised": False}


def test_p3_1_the_channels(workshop: Organisation) -> None:
    known = ["on_site", "phone"]

    assert channels(workshop, [*known, "fax"]) == dict.fromkeys(known, TAKEN) | {"fax": "/channel"}


def test_p3_1_the_facts_that_a_filing_must_name(workshop: Organisation) -> None:
    assert without(workshop, REQUIRED) == {fact: f"/facts/{fact}" for fact in REQUIRED}


def test_p3_1_the_facts_that_a_filing_may_name(workshop: Organisation) -> None:
    assert without(workshop, FREE) == with_facts(workshop, FREE) == dict.fromkeys(FREE, TAKEN)


def test_p3_1_the_facts_that_have_a_form(workshop: Organisation) -> None:
    assert with_facts(workshop, WRONG) == {fact: f"/facts/{fact}" for fact in WRONG}


def test_p3_1_what_is_complained_about_has_happened(workshop: Organisation) -> None:
    assert with_facts(workshop, {"occurred_at": "2026-11-28T09:00:00+08:00"}) == {"occurred_at": "/facts/occurred_at"}


def test_p3_1_a_complaint_is_taken_once_the_customer_was_apologised_to(workshop: Organisation) -> None:
    assert with_facts(workshop, {"apologised": True}) == {"apologised": TAKEN}


def test_p3_8_a_customer_is_known_by_phone_and_by_address(workshop: Organisation) -> None:
    known = {"complainant.phone": "13800000000", "complainant.email": "one@mail.example"}

    assert earlier_of_the_customer(workshop, "service_centre", **known) == dict.fromkeys(known, True)


@pytest.mark.parametrize(
    ("category", "known", "without_it"),
    [pytest.param("nature", ["quality", "attitude", "conduct", "delay"], "/category/nature", id="P3.1: nature")],
)
def test_p3_the_categories(workshop: Organisation, category: str, known: list[str], without_it: str) -> None:
    expected = dict.fromkeys(known, TAKEN) | {"another": f"/category/{category}", None: without_it}

    assert chosen(workshop, category, [*known, "another", None]) == expected


def test_p3_5_the_complainant_does_not_see_internal_notes(workshop: Organisation) -> None:
    [steps, *_] = COURSES.values()
    number = workshop.file(**steps[0].fields)
    assert list(played(workshop, number, steps)) == steps

    assert hidden_from_the_complainant(workshop, number, "service_centre") == {
        "form",
        "talk",
        "filler",
        "accountability",
        "form_summary",
        "form_filler",
        "note",
        "rule",
        "department_view",
        "negligence",
        "final_opinion",
    }


def test_p3_1_a_national_holiday_has_no_working_days() -> None:
    """The first seven days of October 2026; Saturday the 10th is a working day instead."""
    workshop = workshop_in(InProcess("2026-09-28T09:00:00+08:00"))

    assert timeline(workshop, workshop.file(), "2026-10-17T00:00:00+08:00") == [
        "09-28 10:00 missed report",
        "09-28 10:00 escalated management",
        "09-28 11:00 missed report",
        "09-28 11:00 escalated general_manager",
        "09-28 12:00 missed report",
        "09-29 05:00 warned liability",
        "09-29 09:00 missed liability",
        "09-29 09:00 escalated management",
        "09-30 09:00 missed liability",
        "09-30 09:00 escalated general_manager",
        "10-01 09:00 missed liability",
        "10-10 18:00 missed report",
        "10-13 18:00 missed liability",
        "10-16 18:00 missed report",
    ]
