"""P8 `customer-service`: what a filing may and must say, and what is kept from the complainant."""

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
from tests.clauses.offices.helpdesk import helpdesk_in
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p8.test_p8_course import COURSES
from tests.clauses.world import InProcess

REQUIRED = ["complainant.name", "complainant.contact", "content"]
FREE = {"complainant.email": "user@mail.example"}
WRONG = {"complainant.email": "x"}


def test_p8_1_the_channels(helpdesk: Organisation) -> None:
    known = ["phone", "email", "social_media"]

    assert channels(helpdesk, [*known, "fax"]) == dict.fromkeys(known, TAKEN) | {"fax": "/channel"}


def test_p8_1_the_facts_that_a_filing_must_name(helpdesk: Organisation) -> None:
    assert without(helpdesk, REQUIRED) == {fact: f"/facts/{fact}" for fact in REQUIRED}


def test_p8_1_the_facts_that_a_filing_may_name(helpdesk: Organisation) -> None:
    assert without(helpdesk, FREE) == with_facts(helpdesk, FREE) == dict.fromkeys(FREE, TAKEN)


def test_p8_1_the_facts_that_have_a_form(helpdesk: Organisation) -> None:
    assert with_facts(helpdesk, WRONG) == {fact: f"/facts/{fact}" for fact in WRONG}


def test_p8_1_a_customer_is_known_by_phone_and_by_address(helpdesk: Organisation) -> None:
    known = {"complainant.contact": "13800000000", "complainant.email": "one@mail.example"}

    assert earlier_of_the_customer(helpdesk, "agent", **known) == dict.fromkeys(known, True)


def test_p8_1_a_customer_who_gives_an_address_as_contact_is_known_by_it(helpdesk: Organisation) -> None:
    earlier = helpdesk.file(facts={"complainant.contact": "one@mail.example"})

    later = helpdesk.file(facts={"complainant.contact": "13900000000", "complainant.email": "one@mail.example"})

    history = helpdesk.get(f"/complaints/{later}/history", "agent")["customer"]
    assert earlier in [row["number"] for row in history]


@pytest.mark.parametrize(
    ("category", "known", "without_it"),
    [pytest.param("kind", ["product_quality", "after_sales", "other"], "/category/kind", id="P8.2: kind")],
)
def test_p8_the_categories(helpdesk: Organisation, category: str, known: list[str], without_it: str) -> None:
    expected = dict.fromkeys(known, TAKEN) | {"another": f"/category/{category}", None: without_it}

    assert chosen(helpdesk, category, [*known, "another", None]) == expected


def test_p8_7_the_complainant_does_not_see_internal_notes(helpdesk: Organisation) -> None:
    [steps, *_] = COURSES.values()
    number = helpdesk.file(**steps[0].fields)
    assert list(played(helpdesk, number, steps)) == steps

    assert hidden_from_the_complainant(helpdesk, number, "agent") == {"root_cause", "summary"}


def test_p8_4_a_national_holiday_has_no_working_days() -> None:
    """The first seven days of October 2026; Saturday the 10th is a working day instead."""
    helpdesk = helpdesk_in(InProcess("2026-09-28T09:00:00+08:00"))

    assert timeline(helpdesk, helpdesk.file(), "2026-10-17T00:00:00+08:00") == [
        "09-29 08:00 warned first_response",
        "09-29 09:00 missed first_response",
        "09-29 09:00 escalated manager",
        "09-30 09:00 missed first_response",
        "10-09 09:00 warned solution",
        "10-10 18:00 missed solution",
        "10-10 18:00 escalated manager",
        "10-13 18:00 missed first_response",
        "10-16 18:00 missed solution",
    ]
