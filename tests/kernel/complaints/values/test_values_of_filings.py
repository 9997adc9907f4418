"""Bands, dates, facts that some cases require, required categories, and demands to a respondent."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints import filing
from chalicelib.complaints.filing import Filing
from chalicelib.kit.instants import from_text
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from tests.kernel.complaints.small_procedure import MANAGER, START, Case, policy

DECIDE = {"by": ["agent", "manager"], "to": "done"}
OPEN = {"open": {"decide": DECIDE}}


def faults(under: Policy, **filed: Any) -> list[str]:
    with pytest.raises(Problem) as caught:
        filing.check(under, Filing(channel="phone", **filed), START)
    return [place.pointer for place in caught.value.places]


def with_facts(**facts: Any) -> Policy:
    return policy({"intake": {"facts": facts}, "stages": OPEN})


AMOUNT = {"kind": "number", "bands": {"small": {"most": 500}, "large": {}}}


def test_conditions_see_the_band_of_a_fact() -> None:
    stages = {"open": {"decide": {**DECIDE, "when": {"amount": "small"}}, "close": DECIDE}}
    under = policy({"intake": {"facts": {"amount": AMOUNT}}, "stages": stages})
    opened = [Case(under, facts=facts).open_to() for facts in ({"amount": 500}, {"amount": 501}, {})]
    assert opened == [["decide", "close"], ["close"], ["close"]]


def test_clocks_start_by_the_band_of_an_acts_field() -> None:
    parts: dict[str, Any] = {
        "fields": {"refund": AMOUNT},
        "clocks": {
            "payment": {
                "from": {"inspected": {"refund": "large"}},
                "until": "decided",
                "within": "2 hours",
                "missed": "record",
            }
        },
        "stages": {"open": {"inspect": {"by": "agent", "needs": "refund"}, "decide": DECIDE}},
    }
    case = Case(policy(parts))
    assert case.act("inspect", refund=500).runs == []
    assert [run.clock for run in case.act("inspect", refund=501).runs] == ["payment"]


def test_a_flag_takes_the_band_of_a_number() -> None:
    inspect = {"by": "agent", "needs": "refund", "sets": {"size": "field.refund"}}
    case = Case(policy({"fields": {"refund": AMOUNT}, "stages": {"open": {"inspect": inspect, "decide": DECIDE}}}))
    assert case.act("inspect", refund=7).flags["size"] == "small"


@pytest.mark.parametrize(
    ("tense", "given", "is_valid"),
    [
        ("past", "2026-11-27", True),
        ("past", "2026-11-28", False),
        ("future", "2026-11-27", True),
        ("future", "2026-11-26", False),
        ("any", "2027-01-01", True),
    ],
)
def test_the_tense_of_a_date_is_that_of_the_calendars_day(tense: str, given: str, is_valid: bool) -> None:
    under = with_facts(paid_on={"kind": "date", "tense": tense})
    if is_valid:
        assert Case(under, facts={"paid_on": given}).complaint.facts == {"paid_on": given}
    else:
        assert faults(under, facts={"paid_on": given}) == ["/facts/paid_on"]


def test_a_stated_date_is_due_at_the_end_of_that_day() -> None:
    parts: dict[str, Any] = {
        "fields": {"pay_on": {"kind": "date"}},
        "clocks": {"payment": {"from": "inspected", "until": "decided", "stated": "pay_on", "missed": "record"}},
        "stages": {"open": {"inspect": {"by": "agent", "needs": "pay_on"}, "decide": DECIDE}},
    }
    [run] = Case(policy(parts)).act("inspect", pay_on="2026-12-01").runs
    assert run.due == from_text("2026-12-02T00:00:00+08:00")


@pytest.mark.parametrize(("bought", "flag"), [("2026-11-24", "yes"), ("2026-11-22", "no")])
def test_a_limitation_starts_at_the_end_of_a_date(bought: str, flag: str) -> None:
    intake = {
        "facts": {"bought": {"kind": "date", "required": True}},
        "limitation": {"within": "72 hours", "latest": "bought"},
    }
    under = policy({"intake": intake, "stages": OPEN})
    assert Case(under, facts={"bought": bought}).complaint.flags["in_time"] == flag


def test_a_fact_can_be_required_in_some_cases() -> None:
    under = with_facts(amount=AMOUNT, invoice={"required": {"when": {"amount": "large"}}})
    assert faults(under, facts={"amount": 501}) == ["/facts/invoice"]
    assert Case(under, facts={"amount": 500}).types == ["registered"]
    assert Case(under, facts={"amount": 501, "invoice": "x"}).types == ["registered"]


def test_a_required_category_must_be_chosen() -> None:
    intake = {"categories": {"matter": {"goods": {"en": "Goods"}, "other": {"en": "Other"}}}, "required": "matter"}
    under = policy({"intake": intake, "stages": OPEN})
    assert faults(under) == ["/category/matter"]
    assert Case(under, category="goods").complaint.category == {"matter": "goods"}


def demanding(**filed: Any) -> Case:
    demand = {"by": "agent", "within": "2 working days"}
    intake = {"unit": "optional", "facts": {"respondent.name": {"en": "Name"}}}
    return Case(policy({"intake": intake, "stages": {"open": {"demand_evidence": demand, "decide": DECIDE}}}), **filed)


def test_a_demand_to_a_respondent_who_cannot_be_reached_is_refused() -> None:
    case = demanding()
    with pytest.raises(Problem) as caught:
        case.act("demand_evidence")
    assert [place.pointer for place in caught.value.places] == ["/fields/of"]
    assert case.complaint.demands == {}


@pytest.mark.parametrize("filed", [{"unit": "east"}, {"facts": {"respondent.name": "Somebody"}}])
def test_a_respondent_on_record_can_be_asked(filed: dict[str, Any]) -> None:
    assert len(demanding(**filed).act("demand_evidence").demands) == 1


def test_a_fact_and_a_field_of_one_name_have_their_own_bands() -> None:
    field = {"kind": "number", "bands": {"small": {"most": 50}, "large": {}}}
    small = {**DECIDE, "when": {"amount": ["small", "none"]}}
    acts = {"decide": small, "close": {"by": "manager", "to": "done", "takes": "amount", "tells": TELLS_LARGE}}
    under = policy({"intake": {"facts": {"amount": AMOUNT}}, "fields": {"amount": field}, "stages": {"open": acts}})
    case = Case(under, facts={"amount": 100})

    assert case.open_to() == ["decide"]

    case.act("close", MANAGER, amount=100)
    assert "notified" in case.types


TELLS_LARGE = {"to": "agent", "when": {"amount": "large"}}


OF = {"kind": "choice", "choices": {"complainant": {"en": "C"}, "respondent": {"en": "R"}}}


def test_a_complainant_who_was_marked_unreachable_is_not_asked() -> None:
    acts = {
        "demand_evidence": {"by": "agent", "needs": "of", "within": "2 days"},
        "mark_unreachable": {"by": "agent"},
        "decide": DECIDE,
    }
    case = Case(policy({"fields": {"of": OF}, "intake": {"unit": "optional"}, "stages": {"open": acts}}))
    case.act("mark_unreachable")

    with pytest.raises(Problem) as caught:
        case.act("demand_evidence", of="complainant")

    assert [place.pointer for place in caught.value.places] == ["/fields/of"]
    assert case.complaint.demands == {}
