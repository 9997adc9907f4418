"""P7 `property-management`: what a filing may and must say, and what is kept from the complainant."""

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
from tests.clauses.offices.estate import estate_in
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p7.test_p7_course import COURSES
from tests.clauses.world import InProcess

REQUIRED = ["complainant.name", "complainant.phone", "content"]
FREE = {"complainant.email": "user@mail.example", "complainant.address": "1栋101"}
WRONG = {"complainant.email": "x", "complainant.phone": "abc"}


def test_p7_6_the_channels(estate: Organisation) -> None:
    known = ["visit", "phone", "email"]
    refused = {"headquarters": "/channel", "fax": "/channel"}

    assert channels(estate, [*known, *refused]) == dict.fromkeys(known, TAKEN) | refused


def test_p7_4_the_facts_that_a_filing_must_name(estate: Organisation) -> None:
    assert without(estate, REQUIRED) == {fact: f"/facts/{fact}" for fact in REQUIRED}


def test_p7_4_the_facts_that_a_filing_may_name(estate: Organisation) -> None:
    assert without(estate, FREE) == with_facts(estate, FREE) == dict.fromkeys(FREE, TAKEN)


def test_p7_4_the_facts_that_have_a_form(estate: Organisation) -> None:
    assert with_facts(estate, WRONG) == {fact: f"/facts/{fact}" for fact in WRONG}


def test_p7_4_a_customer_is_known_by_phone_and_by_address(estate: Organisation) -> None:
    known = {"complainant.phone": "13800000000", "complainant.email": "one@mail.example"}

    assert earlier_of_the_customer(estate, "service_centre", **known) == dict.fromkeys(known, True)


@pytest.mark.parametrize(
    ("category", "known", "without_it"), [pytest.param("urgency", ["ordinary", "urgent"], TAKEN, id="P7.2: urgency")]
)
def test_p7_the_categories(estate: Organisation, category: str, known: list[str], without_it: str) -> None:
    expected = dict.fromkeys(known, TAKEN) | {"another": f"/category/{category}", None: without_it}

    assert chosen(estate, category, [*known, "another", None]) == expected


def test_p7_2_the_complainant_does_not_see_internal_notes(estate: Organisation) -> None:
    [steps, *_] = COURSES.values()
    number = estate.file(**steps[0].fields)
    assert list(played(estate, number, steps)) == steps

    assert hidden_from_the_complainant(estate, number, "service_centre") == {"report", "summary"}


def test_p7_6_a_national_holiday_has_no_working_days() -> None:
    """The first seven days of October 2026; Saturday the 10th is a working day instead."""
    estate = estate_in(InProcess("2026-09-28T09:00:00+08:00"))

    assert timeline(estate, estate.file(), "2026-10-17T00:00:00+08:00") == [
        "09-28 09:20 warned forwarding",
        "09-28 09:30 missed forwarding",
        "09-28 09:30 escalated service_supervisor, office_head",
        "09-28 10:00 missed forwarding",
        "09-28 10:00 escalated service_centre",
        "09-29 10:00 missed forwarding",
        "09-29 10:00 escalated leader",
        "09-30 10:00 missed forwarding",
        "10-13 18:00 missed forwarding",
    ]
