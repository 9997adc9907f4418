"""`filed_by` and `repeat`: conditions that the filing decides. A policy may have its own values of these names."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints import filing
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.condition_context import situation
from chalicelib.complaints.filing import Filing
from chalicelib.complaints.rights.permits import COMPLAINANT, Asker
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import ordinal
from tests.kernel.complaints.small_procedure import AGENT, NUMBER, START, policy, staff

REPEATS = {"same": "subject", "within": "2 calendar years"}
CHANNELS = {"phone": {"en": "Phone"}}
ORDER = {"order": {"en": "Order"}, "kind": {"en": "Kind", "kind": "choice", "choices": ["a", "b"]}}


def under(**intake: Any) -> Policy:
    known = {"channels": CHANNELS, "facts": ORDER, "subject": "order", "repeats": REPEATS}
    return policy({"intake": {**known, **intake}, "holds": ["manager"]})


def filed(under: Policy, by: Asker = COMPLAINANT, **given: Any) -> Flow:
    actor = by.actor() if by is COMPLAINANT else by.actor(by.grants[0], on_behalf_of="complainant")
    complaint = Filing("phone", filed_by=actor.role or "complainant", **given)
    accepted = filing.check(under, complaint, START)
    return filing.register(under, accepted, number=NUMBER, receipt="", actor=actor, now=START)


@pytest.mark.parametrize(
    ("by", "value"),
    [
        (COMPLAINANT, "complainant"),
        (AGENT, "agent"),
        (staff("sub-owner", "owner"), "owner"),
        (staff("sub-old", "clerk of an earlier version"), "owner"),
    ],
)
def test_filed_by_is_the_complainant_or_the_role_of_the_member(by: Asker, value: str) -> None:
    flow = filed(under(), by)
    assert situation(flow.policy, flow.complaint)["filed_by"] == value


def test_the_role_stays_when_others_act() -> None:
    flow = filed(under(), AGENT)
    assert Flow(flow.policy, flow.complaint).complaint.filed_by == "agent"


def test_a_fact_can_be_required_of_members_alone() -> None:
    facts = {**ORDER, "seen": {"en": "Seen", "required": {"when": {"filed_by": ["agent", "manager", "owner"]}}}}
    found = under(facts=facts)
    assert filed(found).complaint.filed_by == "complainant"
    with pytest.raises(Problem) as refused:
        filed(found, AGENT)
    assert [place.pointer for place in refused.value.places] == ["/facts/seen"]


@pytest.mark.parametrize("value", ["first", "second", "third"])
def test_repeat_is_that_of_the_filing_and_stands_in_the_event(value: str) -> None:
    flow = filed(under(), repeat=value, earlier=["202601-000001"] if value != "first" else [])
    assert situation(flow.policy, flow.complaint)["repeat"] == value
    assert flow.drafts[0].fields["repeat"] == value
    assert ("earlier" in flow.drafts[0].fields) is (value != "first")


def test_without_the_key_there_is_no_such_value() -> None:
    flow = filed(under(repeats=None))
    assert "repeat" not in situation(flow.policy, flow.complaint)
    assert "repeat" not in flow.drafts[0].fields


@pytest.mark.parametrize(("count", "name"), [(1, "first"), (2, "second"), (3, "third"), (4, "third"), (21, "third")])
def test_the_third_and_every_later_one_is_third(count: int, name: str) -> None:
    assert ordinal(count) == name


@pytest.mark.parametrize("name", ["filed_by", "repeat"])
def test_a_fact_of_this_name_is_the_policy_s_own_also_if_it_is_missing(name: str) -> None:
    own = {name: {"en": "Own", "kind": "choice", "choices": ["a", "b"]}}
    found = under(facts={**ORDER, **own}, routing=[{"role": "agent", "when": {name: ["a", "none"]}}])
    assert name not in situation(found, filed(found).complaint)
    assert situation(found, filed(found, facts={name: "b"}).complaint)[name] == "b"
    assert filed(found).complaint.flags == {"routed": "agent"}


@pytest.mark.parametrize("name", ["filed_by", "repeat"])
def test_a_category_and_a_flag_of_this_name_are_too(name: str) -> None:
    assert name not in under(categories={name: {"x": {"en": "X"}}}).filing_values
    decide = {"by": ["agent", "manager"], "to": "done", "sets": {name: "yes"}}
    flagged = policy({"stages": {"open": {"decide": decide}}})
    assert name not in flagged.filing_values
