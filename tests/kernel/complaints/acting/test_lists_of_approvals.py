"""`approval` as a list: the first entry whose `when` holds applies."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.complaints.small_procedure import AGENT, MANAGER, Case, policy, staff

HEAD, DIRECTOR = staff("sub-head", "head"), staff("sub-director", "director")
LIST: list[dict[str, Any]] = [{"by": "head", "when": {"award": "small"}}, {"by": "director"}]


def case(*approvals: dict[str, Any], **decide: Any) -> Case:
    return Case(
        policy(
            {
                "people": {"head": {"en": "Head"}, "director": {"en": "Director"}},
                "fields": {
                    "award": {"en": "Award", "kind": "number", "bands": {"small": {"most": 500}, "large": {}}},
                    "why": {"en": "Why"},
                },
                "stages": {
                    "open": {
                        "decide": {
                            "by": "agent",
                            "to": "done",
                            "takes": ["award", "why"],
                            "approval": list(approvals or LIST),
                            **decide,
                        },
                        "inspect": {"by": "head"},
                        "forward": {"by": "director", "sets": {"urgent": "yes"}},
                        "close": {"by": "manager", "to": "done"},
                    },
                },
            }
        )
    )


@pytest.mark.parametrize(("award", "approvers"), [(500, ["head"]), (501, ["director"]), (None, ["director"])])
def test_the_first_entry_that_holds_applies(award: int | None, approvers: list[str]) -> None:
    found = case()
    found.act("decide", award=award)
    [proposal] = found.complaint.proposals.values()
    assert proposal.approvers == approvers


def test_only_the_people_of_that_entry_approve() -> None:
    found = case()
    found.act("decide", award=100)
    assert (found.refusal("approve", DIRECTOR), found.complaint.stage) == ("forbidden", "open")
    found.act("approve", HEAD, {"award": 100})
    assert found.complaint.stage == "done"


def test_without_an_entry_that_holds_no_approval_is_needed() -> None:
    found = case(LIST[0], {"by": "director", "when": {"award": "large"}})
    assert found.act("decide").stage == "done"


def test_the_restriction_of_the_entry_applies_and_not_that_of_another() -> None:
    found = case(LIST[0], {"by": {"role": "head", "not": "inspected"}})
    found.act("inspect", HEAD)
    found.act("decide", award=501)
    assert found.refusal("approve", HEAD) == "forbidden"
    found.act("decide", award=1)
    assert "approve" in found.open_to(HEAD)


def test_a_change_that_selects_another_entry_voids_the_proposal() -> None:
    found = case({"by": "director", "when": {"urgent": "yes"}}, {"by": "head"})
    found.act("decide")
    found.act("forward", DIRECTOR)
    assert (found.complaint.proposals, found.drafts[-2].result.voided) == ({}, ["2"])
    found.act("decide")
    assert [one.approvers for one in found.complaint.proposals.values()] == [["director"]]


def test_a_list_of_roles_is_one_approval_as_before() -> None:
    found = case()
    plain = Case(
        policy({"stages": {"open": {"decide": {"by": "agent", "to": "done", "approval": ["manager", "agent"]}}}})
    )
    plain.act("decide")
    assert [one.approvers for one in plain.complaint.proposals.values()] == [["manager", "agent"]]
    assert [draft.result.approval for draft in plain.drafts if draft.type == "proposed"] == [0]
    assert found.open_to(AGENT) == ["decide"]
    assert found.open_to(MANAGER) == ["close"]
