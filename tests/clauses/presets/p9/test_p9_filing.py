"""P9 `food-drug-administration`: what a filing may and must say, and what is kept from the complainant."""

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
from tests.clauses.offices.bureau import accepted, bureau_in
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p9.test_p9_course import COURSES
from tests.clauses.world import InProcess

REQUIRED = [
    "complainant.name",
    "complainant.sex",
    "complainant.phone",
    "respondent.name",
    "respondent.address",
    "request",
    "reasons",
    "occurred_at",
    "knew_at",
]
FREE = {"complainant.email": "user@mail.example"}
WRONG = {
    "complainant.email": "x",
    "complainant.phone": "abc",
    "complainant.sex": "x",
    "occurred_at": "x",
    "knew_at": "x",
}


def test_p9_8_the_channels(bureau: Organisation) -> None:
    known = ["oral", "written", "petition"]

    assert channels(bureau, [*known, "fax"]) == dict.fromkeys(known, TAKEN) | {"fax": "/channel"}


def test_p9_5_the_facts_that_a_filing_must_name(bureau: Organisation) -> None:
    assert without(bureau, REQUIRED) == {fact: f"/facts/{fact}" for fact in REQUIRED}


def test_p9_5_the_facts_that_a_filing_may_name(bureau: Organisation) -> None:
    assert without(bureau, FREE) == with_facts(bureau, FREE) == dict.fromkeys(FREE, TAKEN)


def test_p9_5_the_facts_that_have_a_form(bureau: Organisation) -> None:
    assert with_facts(bureau, WRONG) == {fact: f"/facts/{fact}" for fact in WRONG}


def test_p9_5_a_customer_is_known_by_phone_and_by_address(bureau: Organisation) -> None:
    known = {"complainant.phone": "13800000000", "complainant.email": "one@mail.example"}

    assert earlier_of_the_customer(bureau, "leader", **known) == dict.fromkeys(known, True)


@pytest.mark.parametrize(
    ("category", "known", "without_it"),
    [
        pytest.param("product", ["food", "drug", "health_food", "cosmetics"], TAKEN, id="P9.1: product"),
        pytest.param("link", ["production", "distribution", "consumption"], TAKEN, id="P9.1: link"),
    ],
)
def test_p9_the_categories(bureau: Organisation, category: str, known: list[str], without_it: str) -> None:
    expected = dict.fromkeys(known, TAKEN) | {"another": f"/category/{category}", None: without_it}

    assert chosen(bureau, category, [*known, "another", None]) == expected


def test_p9_10_the_complainant_does_not_see_internal_notes(bureau: Organisation) -> None:
    [steps, *_] = COURSES.values()
    number = bureau.file(**steps[0].fields)
    assert list(played(bureau, number, steps)) == steps

    assert hidden_from_the_complainant(bureau, number, "leader") == {"handling_record", "reason"}


def test_p9_8_a_national_holiday_has_no_working_days() -> None:
    """The first seven days of October 2026; Saturday the 10th is a working day instead."""
    bureau = bureau_in(InProcess("2026-09-28T09:00:00+08:00"))

    assert timeline(bureau, accepted(bureau), "2026-10-17T00:00:00+08:00") == [
        "10-09 09:00 warned decision",
        "10-10 18:00 missed decision",
        "10-10 18:00 escalated information_centre",
        "10-12 18:00 missed decision",
        "10-12 18:00 escalated leader",
        "10-13 18:00 missed decision",
    ]
