"""Who may approve a proposal by a deputy, and who did the approved act."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.rights.permits import COMPLAINANT, Asker, Grant
from tests.kernel.complaints.small_procedure import MANAGER, Case, policy, staff

STAGES = {
    "open": {"decide": {"by": "agent", "to": "two", "approval": {"by": "manager"}}},
    "two": {"close": {"by": {"role": "agent", "not": ["decided"]}, "to": "done"}},
}
DEPUTY = Asker("staff", "sub-ivy", (Grant("agent", lent_by="sub-max"),), absent=frozenset({"sub-max"}))
"""Ivy, who stands in for Max."""


def decided(by: Asker, approver: Asker = MANAGER, **changes: Any) -> Case:
    case = Case(policy({"stages": STAGES, **changes}))
    case.act("decide", by)
    case.act("approve", approver, {})
    return case


@pytest.mark.parametrize(
    "asker",
    [
        staff("sub-max", "manager"),
        staff("sub-ivy", "manager"),
        Asker("staff", "sub-ivy", (Grant("manager", lent_by="sub-max"),)),
        Asker("staff", "sub-other", (Grant("manager", lent_by="sub-max"),)),
        Asker("staff", "sub-other", (Grant("manager", lent_by="sub-ivy"),)),
    ],
    ids=["the absent", "the deputy", "the deputy for the absent", "another deputy", "the deputy's deputy"],
)
def test_neither_the_deputy_nor_the_absent_person_approves_what_the_deputy_proposed(asker: Asker) -> None:
    case = Case(policy({"stages": STAGES}))
    case.act("decide", DEPUTY)
    assert (case.refusal("approve", asker), case.open_to(asker)) == ("forbidden", [])


def test_the_event_is_on_behalf_of_the_absent_person() -> None:
    event = next(one for one in decided(DEPUTY).drafts if one.type == "decided")
    assert (event.actor.id, event.actor.on_behalf_of) == ("sub-manager", "sub-max")
    assert event.result.took_part == [["sub-ivy", "sub-max", ""], ["sub-manager", "sub-max", ""]]


@pytest.mark.parametrize("sub", ["sub-ivy", "sub-max", "sub-manager"])
def test_all_who_took_part_are_excluded(sub: str) -> None:
    assert decided(DEPUTY).open_to(staff(sub, "agent")) == []


def test_the_deputies_whom_proposer_and_approver_had_then_are_excluded() -> None:
    case = decided(staff("sub-ann", "agent", deputy="sub-dep"), staff("sub-head", "manager", deputy="sub-dep2"))
    assert [case.open_to(staff(sub, "agent")) for sub in ("sub-dep", "sub-dep2", "sub-third")] == [[], [], ["close"]]


def test_the_absent_person_for_whom_it_was_approved_is_excluded() -> None:
    approver = Asker("staff", "sub-dep", (Grant("manager", lent_by="sub-head"),), absent=frozenset({"sub-head"}))
    case = decided(staff("sub-ann", "agent"), approver)
    assert [case.open_to(staff(sub, "agent")) for sub in ("sub-dep", "sub-head")] == [[], []]


def test_same_selects_the_proposer_and_the_approver() -> None:
    close = {"by": {"role": "agent", "same": "decided"}, "to": "done"}
    case = decided(staff("sub-ann", "agent"), stages={**STAGES, "two": {"close": close}})
    assert [case.open_to(staff(sub, "agent")) for sub in ("sub-ann", "sub-manager", "sub-third")] == [
        ["close"],
        ["close"],
        [],
    ]


def test_a_complainant_whose_proposal_is_settled_is_told() -> None:
    withdraw = {"by": "complainant", "to": "done", "approval": {"by": "manager"}}
    stages = {"open": {"withdraw": withdraw, "decide": {"by": "agent", "to": "done"}}}
    case = Case(policy({"stages": stages}))
    case.act("withdraw", COMPLAINANT)
    case.act("approve", MANAGER, {})
    assert [draft.fields["to"] for draft in case.drafts if draft.type == "notified"][-1] == ["complainant"]
    participation = case.complaint.participation
    assert participation is not None
    assert [doer.sub for doer in participation.of(["withdrawn"])] == ["sub-manager"]
