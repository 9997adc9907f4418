"""Conditions of approvals, messages and targets are evaluated on the case as the act would leave it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.complaints.small_procedure import MANAGER, NUMBER, Case, policy

BANDS = {"small": {"most": 500}, "large": {}}
CLASSES = {"choices": {"below": {"en": "Below"}, "above_500": {"en": "Above"}}, "kind": "choice"}
REFUND = {
    "fields": {"refund": {"kind": "number", "bands": BANDS}, "refund_class": CLASSES, "paid": {"kind": "flag"}},
    "stages": {
        "open": {
            "inspect": {"by": "agent", "takes": "refund_class", "sets": {"refund_class": "field.refund_class"}},
            "decide": {
                "by": "agent",
                "to": "done",
                "takes": ["refund", "refund_class"],
                "sets": {"refund_class": "field.refund_class"},
                "approval": {"by": "manager", "when": {"refund_class": "above_500"}},
            },
        }
    },
}


def test_an_approval_sees_the_flag_that_its_own_act_sets() -> None:
    case = Case(policy(REFUND))
    case.act("decide", refund=900, refund_class="above_500")
    assert (case.types[-2:], case.complaint.stage) == (["proposed", "notified"], "open")


def test_without_that_value_the_act_needs_no_approval() -> None:
    case = Case(policy(REFUND))
    case.act("decide", refund=100, refund_class="below")
    assert case.complaint.stage == "done"


@pytest.mark.parametrize(("refund", "stage"), [(500, "done"), (500.01, "open"), (None, "done")])
def test_an_approval_can_ask_for_the_band_of_the_acts_own_number(refund: Any, stage: str) -> None:
    """A number equal to `most` is in the band, and a missing one is in none."""
    decide = {
        "by": "agent",
        "to": "done",
        "takes": "refund",
        "approval": {"by": "manager", "when": {"refund": "large"}},
    }
    case = Case(policy({**REFUND, "stages": {"open": {"decide": decide}}}))
    assert case.act("decide", **({} if refund is None else {"refund": refund})).stage == stage


SEVERITIES = {"classes": {"lo": {"en": "l"}, "hi": {"en": "h"}}}


def test_a_severity_that_the_act_does_not_change_does_not_replace_the_complaints() -> None:
    decide = {
        "by": "agent",
        "to": "done",
        "takes": "severity",
        "approval": {"by": "manager", "when": {"severity": "hi"}},
    }
    case = Case(policy({"severity": SEVERITIES, "stages": {"open": {"decide": decide}}}), severity="hi")
    assert (case.act("decide", severity="lo").severity, case.complaint.stage) == ("hi", "open")


def test_an_act_that_takes_a_fact_reads_it_as_that_kind() -> None:
    approval = {"by": "manager", "when": {"amount": "large"}}
    decide = {"by": "agent", "to": "done", "takes": "amount", "approval": approval}
    amount = {"en": "A", "kind": "number", "bands": BANDS}
    changes = {"intake": {"facts": {"amount": amount}}, "stages": {"open": {"decide": decide}}}
    case = Case(policy(changes), facts={"amount": 100})
    assert case.refusal("decide", amount="900") == "invalid"
    assert case.act("decide", amount=900).stage == "open"
    assert case.drafts[-2].fields["amount"] == 900


def test_a_condition_sees_that_another_demand_is_open() -> None:
    of = {"en": "Of", "kind": "choice", "choices": {"complainant": {"en": "C"}}}
    targets = [
        {"when": {"demand": "open"}, "stage": "open"},
        {"when": {"demand": ["answered", "lapsed", "none"]}, "stage": "two"},
    ]
    stages = {
        "open": {
            "demand_evidence": {"by": "agent", "needs": "of", "within": "5 days"},
            "receive_evidence": {"by": "agent", "takes": "demand", "to": targets},
        },
        "two": {"decide": {"by": ["agent", "manager"], "to": "done"}},
    }
    intake = {"evidence": {"photo": {"en": "P"}}, "unit": "none"}
    case = Case(policy({"tiers": [{"roles": "manager"}], "intake": intake, "fields": {"of": of}, "stages": stages}))
    case.act("demand_evidence", of="complainant")
    case.act("demand_evidence", of="complainant")
    assert case.act("receive_evidence", demand=f"{NUMBER}/2").stage == "open"
    assert case.act("receive_evidence").stage == "two"


TARGETS = {
    "fields": REFUND["fields"],
    "stages": {
        "open": {
            "decide": {
                "by": "agent",
                "needs": "paid",
                "sets": {"settled": "field.paid"},
                "to": [
                    {"when": {"paid": "yes", "stage": "open"}, "stage": "done"},
                    {"when": {"paid": "no"}, "stage": "unpaid"},
                ],
                "tells": [{"to": "manager", "when": {"settled": "no"}}, {"to": "agent", "when": {"paid": "yes"}}],
            }
        },
        "unpaid": {"close": {"by": "agent", "to": "done"}},
    },
}


@pytest.mark.parametrize(("paid", "stage", "told"), [(True, "done", ["agent"]), (False, "unpaid", ["manager"])])
def test_targets_and_messages_see_the_case_after_the_act(paid: bool, stage: str, told: list[str]) -> None:
    case = Case(policy(TARGETS))
    assert case.act("decide", paid=paid).stage == stage
    assert [draft.fields["to"] for draft in case.drafts if draft.type == "notified"] == [told]


def proposed() -> Case:
    case = Case(policy(REFUND))
    case.act("decide", refund=900, refund_class="above_500")
    return case


def test_an_act_that_changes_a_needed_value_voids_the_proposal() -> None:
    case = proposed()
    [key] = case.complaint.proposals
    assert case.act("inspect", refund_class="below").proposals == {}
    inspected = next(draft for draft in case.drafts if draft.type == "inspected")
    assert inspected.result.voided == [key]
    assert case.refusal("approve", MANAGER) == "act-not-open"


def test_the_proposer_is_told_of_a_voided_proposal() -> None:
    case = proposed()
    case.act("inspect", refund_class="below")
    notice = case.drafts[-1]
    assert (notice.fields["wording"], notice.fields["to"]) == ("voided", ["@sub-agent"])


def test_an_act_that_changes_nothing_needed_leaves_the_proposal() -> None:
    case = proposed()
    assert len(case.act("note", text="x").proposals) == 1
