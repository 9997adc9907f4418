"""Fields that an act must give in some cases, and acceptance conditions that follow from the categories."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.acting import open_acts
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from tests.kernel.complaints.small_procedure import AGENT, Case, policy

REMEDIES = {"kind": "choices", "choices": {"refund": {"en": "Refund"}, "redo": {"en": "Redo"}}}
AMOUNT = {"kind": "number", "required": {"when": {"remedies": "refund"}}, "bands": {"small": {"most": 5}, "large": {}}}
CONSENT = {"kind": "flag", "required": {"when": {"amount": "large"}}}
PROOF = {"required": {"when": {"urgent": "yes"}}}


def offering() -> Policy:
    inspect = {"by": "agent", "takes": "found", "sets": {"urgent": "field.found"}}
    offer = {"by": ["agent", "manager"], "to": "done", "needs": "remedies", "takes": ["amount", "consent", "proof"]}
    fields = {
        "found": {"kind": "flag"},
        "remedies": REMEDIES,
        "amount": AMOUNT,
        "consent": CONSENT,
        "proof": PROOF,
    }
    return policy({"fields": fields, "stages": {"open": {"inspect": inspect, "offer": offer}}})


def missing(case: Case, name: str, **fields: Any) -> list[str]:
    with pytest.raises(Problem) as caught:
        case.act(name, **fields)
    return [place.pointer for place in caught.value.places]


@pytest.mark.parametrize("remedies", [["refund"], ["redo", "refund"]])
def test_a_field_is_required_by_another_field_of_the_act(remedies: list[str]) -> None:
    assert missing(Case(offering()), "offer", remedies=remedies) == ["/fields/amount"]


@pytest.mark.parametrize("given", [{"remedies": ["redo"]}, {"remedies": ["refund"], "amount": 5}])
def test_a_field_is_not_required_in_another_case(given: dict[str, Any]) -> None:
    assert Case(offering()).act("offer", **given).stage == "done"


def test_a_field_is_required_by_the_band_of_a_number() -> None:
    assert missing(Case(offering()), "offer", remedies=["redo"], amount=6) == ["/fields/consent"]


def test_a_text_is_required_by_a_flag_of_the_case_and_shown_as_required() -> None:
    case = Case(offering())
    case.act("inspect", found=True)

    assert missing(case, "offer", remedies=["redo"]) == ["/fields/proof"]
    form = open_acts.form(case.policy, case.complaint, AGENT, "offer")
    assert {one.name: one.required for one in form} == {
        "remedies": True,
        "amount": False,
        "consent": False,
        "proof": True,
    }
    assert case.act("offer", remedies=["redo"], proof="Photo.").stage == "done"


def test_an_own_field_that_is_missing_hides_a_value_of_the_case() -> None:
    fields = {"found": {"kind": "flag"}, "proof": {"required": {"when": {"found": "yes"}}}}
    again = {"by": "agent", "takes": ["found", "proof"], "sets": {"found": "field.found"}}
    case = Case(
        policy(
            {
                "fields": fields,
                "stages": {"open": {"inspect": again, "decide": {"by": ["agent", "manager"], "to": "done"}}},
            }
        )
    )
    case.act("inspect", found=True, proof="Photo.")

    assert case.act("inspect").flags["found"] == "yes"


GOODS = {"matter": {"goods": {"en": "Goods"}}}


def classed(categories: dict[str, Any] = GOODS) -> Policy:
    intake = {
        "categories": categories,
        "conditions": {"in_class": {"en": "In a class", "source": "categories"}},
    }
    accept = {"by": ["agent", "manager"], "to": "done", "needs": "conditions"}
    return policy(
        {
            "intake": intake,
            "stages": {"open": {"accept": accept, "decide": {"by": ["agent", "manager"], "to": "done"}}},
        }
    )


@pytest.mark.parametrize("ticked", [{}, {"in_class": True}, {"in_class": False}])
def test_a_complaint_without_a_category_does_not_meet_the_condition(ticked: dict[str, bool]) -> None:
    assert missing(Case(classed()), "accept", conditions=ticked) == ["/fields/conditions/in_class"]


def test_a_complaint_with_a_category_meets_the_condition() -> None:
    case = Case(classed(), category={"matter": "goods"})

    assert case.act("accept", conditions={}).stage == "done"
    assert case.drafts[-1].fields["conditions"] == {"in_class": True}


TWO = {"matter": {"goods": {"en": "Goods"}}, "link": {"shop": {"en": "Shop"}}}


@pytest.mark.parametrize("category", [{"matter": "goods"}, {"link": "shop"}])
def test_a_category_of_one_kind_does_not_meet_the_condition(category: dict[str, str]) -> None:
    case = Case(classed(TWO), category=category)

    assert missing(case, "accept", conditions={}) == ["/fields/conditions/in_class"]


def test_a_category_of_each_kind_meets_the_condition() -> None:
    case = Case(classed(TWO), category={"matter": "goods", "link": "shop"})

    assert case.act("accept", conditions={}).stage == "done"
