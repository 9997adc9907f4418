"""Which demands a file answers."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.complaints.acting import demands
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import SYSTEM, Actor, Occurrence
from chalicelib.complaints.rights.permits import COMPLAINANT
from chalicelib.complaints.state import Demand
from chalicelib.kit.instants import HOUR
from tests.kernel.complaints.small_procedure import NUMBER, Case, policy

EVIDENCE: dict[str, Any] = {"evidence": {"photo": {"en": "Photo"}, "bill": {"en": "Bill"}}, "unit": "required"}
PARTIES = {"complainant": {"en": "Complainant"}, "respondent": {"en": "Respondent"}}
DEMAND = {"by": "agent", "needs": ["of"], "takes": ["kinds"]}
FIELDS = {"of": {"en": "Of", "kind": "choice", "choices": PARTIES}}
RESPONDENT = Actor("respondent", "respondent")


def demanded(*asked: dict[str, Any]) -> Case:
    """A complaint with these demands, the first of which is event 2."""
    stages = {"open": {"demand_evidence": DEMAND, "decide": {"by": ["agent", "manager"], "to": "done"}}}
    case = Case(policy({"intake": EVIDENCE, "fields": FIELDS, "stages": stages}), unit="north")
    for one in asked:
        given = {"of": "complainant", "kinds": ["photo"], **one}
        case.act("demand_evidence", **{name: value for name, value in given.items() if value is not None})
    return case


def requiring_both() -> Case:
    """A complaint whose policy requires both kinds of its complainant."""
    kinds = {name: {**kind, "required": True} for name, kind in EVIDENCE["evidence"].items()}
    stages = {"open": {"decide": {"by": ["agent", "manager"], "to": "done"}}}
    intake = {**EVIDENCE, "evidence": kinds, "evidence_within": "5 days"}
    return Case(policy({"intake": intake, "stages": stages}), unit="north")


def answered(case: Case, by: Actor | None = None, **file: Any) -> list[str]:
    """The demands that the file answers. `by`: by default the complainant."""
    flow, who, sealed = Flow(case.policy, case.complaint), by or COMPLAINANT.actor(), {"kind": "photo", **file}
    flow.add("evidence_sealed", Occurrence(case.now, SYSTEM), {"evidence": "e", "by": who.gives_for, **sealed})
    demands.answer_with_file(flow, sealed, who, case.now + HOUR)
    found = [one.fields["demand"] for one in flow.drafts if one.type == "evidence_received"]
    left = [f"{NUMBER}/{key}" for key in case.complaint.demands if flow.complaint.demand_to_answer(key) is not None]
    assert {*left, *found} == {*names(case)}
    assert len(left) + len(found) == len(names(case))
    return found


def names(case: Case) -> list[str]:
    return [f"{NUMBER}/{key}" for key in case.complaint.demands]


def test_a_file_for_one_demand_does_not_answer_the_others() -> None:
    case = demanded({}, {})
    first, second = names(case)
    assert (answered(case, demand=first), answered(case, demand=second)) == ([first], [second])


@pytest.mark.parametrize(("by", "left"), [("complainant", ["bill"]), ("respondent", ["photo", "bill"])])
def test_a_file_counts_towards_all_kinds_that_are_demanded_of_its_party_alone(by: str, left: list[str]) -> None:
    case = requiring_both()
    flow = Flow(case.policy, case.complaint)

    flow.add("evidence_sealed", Occurrence(case.now, SYSTEM), {"evidence": "e", "by": by, "kind": "photo"})

    [demand] = flow.complaint.demands.values()
    assert (demand.of, demand.kinds) == ("complainant", left)


def test_a_demand_for_each_of_several_kinds_is_answered_by_the_last_of_them() -> None:
    case = requiring_both()
    flow = Flow(case.policy, case.complaint)

    def hand_in(kind: str) -> list[str]:
        file = {"evidence": kind, "by": "complainant", "kind": kind}
        flow.add("evidence_sealed", Occurrence(case.now, SYSTEM), file)
        demands.answer_with_file(flow, file, COMPLAINANT.actor(), case.now)
        return [key for key in flow.complaint.demands if flow.complaint.demand_to_answer(key) is not None]

    [demand] = flow.complaint.demands
    assert (hand_in("photo"), hand_in("bill")) == ([demand], [])


def test_a_file_for_no_demand_in_particular_answers_each_that_it_completes() -> None:
    case = demanded({}, {"kinds": ["bill"]}, {"of": "respondent"}, {"kinds": ["bill", "photo"]}, {"kinds": None})
    first, *_, last = names(case)
    assert answered(case) == [first, last]


@pytest.mark.parametrize(
    ("file", "by"),
    [({"kind": "bill"}, COMPLAINANT.actor()), ({}, RESPONDENT), ({"demand": f"{NUMBER}/9"}, COMPLAINANT.actor())],
    ids=["another kind", "another party", "another demand"],
)
def test_a_file_that_was_not_demanded_answers_nothing(file: dict[str, Any], by: Actor) -> None:
    assert answered(demanded({}), by, **file) == []


def test_the_assigned_people_are_told_of_a_file_but_not_who_handed_it_in_for_the_party() -> None:
    case = demanded({})
    recorder = Actor("staff", "sub-agent", "agent", on_behalf_of="complainant")
    flow = Flow(case.policy, replace(case.complaint, assigned={"agent": ["sub-agent", "sub-other"]}))

    demands.answer_with_file(flow, {"kind": "photo"}, recorder, case.now + HOUR)

    assert [one.fields["to"] for one in flow.drafts if one.type == "notified"] == [["@sub-other"]]


def test_a_complaint_has_at_most_thirty_open_demands() -> None:
    case = demanded(*[{}] * demands.MAX_OPEN)
    assert len(case.complaint.demands) == 30
    assert case.refusal("demand_evidence", of="complainant", kinds=["photo"]) == "conflict"


@pytest.mark.parametrize(("of", "refused"), [("complainant", "invalid"), ("respondent", None)])
def test_an_unreachable_complainant_cannot_be_asked_but_the_respondent_can(of: str, refused: str | None) -> None:
    case = demanded()
    case.complaint = replace(case.complaint, flags={**case.complaint.flags, "reachable": "no"})
    assert case.refusal("demand_evidence", of=of, kinds=["photo"]) == refused


def test_a_sealed_file_leaves_the_other_kinds_of_a_demand_that_needs_each() -> None:
    """A file for one demand counts for that alone, and other parties' demands stay."""
    both = ["photo", "bill"]
    case = demanded({}, {}, {"of": "respondent"}, {})
    first, second, others, any_kind = case.complaint.demands
    wanted = {
        key: Demand("respondent" if key == others else "complainant", both, key != any_kind, None)
        for key in (first, second, others, any_kind)
    }
    sealed = {"by": "complainant", "kind": "photo"}

    def left(**file: str) -> dict[str, list[str]]:
        flow = Flow(case.policy, replace(case.complaint, demands=wanted))
        flow.add("evidence_sealed", Occurrence(case.now, SYSTEM), {**sealed, **file})
        return {key: one.kinds for key, one in flow.complaint.demands.items()}

    assert left() == {first: ["bill"], second: ["bill"], others: both, any_kind: both}
    assert left(demand=f"{NUMBER}/{second}") == {first: both, second: ["bill"], others: both, any_kind: both}
