"""P6 `corporate-standard`: what a filing may and must say, and what is kept from the complainant."""

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
from tests.clauses.offices.company import company_in
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p6.test_p6_course import COURSES
from tests.clauses.world import InProcess

REQUIRED = ["complainant.salutation", "complainant.phone", "complainant.address", "content"]
FREE = {"complainant.email": "user@mail.example", "reply_wanted_at": "2026-11-28T09:00:00+08:00"}
WRONG = {"complainant.email": "x", "complainant.phone": "abc", "reply_wanted_at": "x"}


def test_p6_3_the_channels(company: Organisation) -> None:
    known = ["phone", "letter", "direct"]

    assert channels(company, [*known, "fax"]) == dict.fromkeys(known, TAKEN) | {"fax": "/channel"}


def test_p6_4_the_facts_that_a_filing_must_name(company: Organisation) -> None:
    assert without(company, REQUIRED) == {fact: f"/facts/{fact}" for fact in REQUIRED}


def test_p6_4_the_facts_that_a_filing_may_name(company: Organisation) -> None:
    assert without(company, FREE) == with_facts(company, FREE) == dict.fromkeys(FREE, TAKEN)


def test_p6_4_the_facts_that_have_a_form(company: Organisation) -> None:
    assert with_facts(company, WRONG) == {fact: f"/facts/{fact}" for fact in WRONG}


def test_p6_4_a_customer_is_known_by_phone_and_by_address(company: Organisation) -> None:
    known = {"complainant.phone": "13800000000", "complainant.email": "one@mail.example"}

    assert earlier_of_the_customer(company, "agent", **known) == dict.fromkeys(known, True)


@pytest.mark.parametrize(
    ("category", "known", "without_it"),
    [
        pytest.param(
            "matter",
            ["product_quality", "service_quality", "service_process", "complaint_handling"],
            "/category/matter",
            id="P6.1: matter",
        ),
        pytest.param("wanted", ["objection", "protest", "claim", "solution"], TAKEN, id="P6.1: wanted"),
        pytest.param("card", ["consumer_card"], TAKEN, id="P6.3: card"),
    ],
)
def test_p6_the_categories(company: Organisation, category: str, known: list[str], without_it: str) -> None:
    expected = dict.fromkeys(known, TAKEN) | {"another": f"/category/{category}", None: without_it}

    assert chosen(company, category, [*known, "another", None]) == expected


def test_p6_4_the_complainant_does_not_see_internal_notes(company: Organisation) -> None:
    [steps, *_] = COURSES.values()
    number = company.file(**steps[0].fields)
    assert list(played(company, number, steps)) == steps

    assert hidden_from_the_complainant(company, number, "agent") == {
        "agent_number",
        "agent_team",
        "contribution",
        "summary",
    }


def test_p6_5_a_national_holiday_has_no_working_days() -> None:
    """The first seven days of October 2026; Saturday the 10th is a working day instead."""
    company = company_in(InProcess("2026-09-28T09:00:00+08:00"))

    assert timeline(company, company.file(), "2026-10-17T00:00:00+08:00") == [
        "09-29 08:00 warned resolution",
        "09-29 09:00 missed resolution",
        "09-29 09:00 escalated team_lead",
        "09-30 09:00 missed resolution",
        "09-30 09:00 escalated business_unit",
        "10-01 09:00 missed resolution",
        "10-13 18:00 missed resolution",
    ]
