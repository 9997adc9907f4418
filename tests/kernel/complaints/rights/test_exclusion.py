"""`not` and `same` in `by`, `approval` and `tells`, and recusal."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.complaints.participation import Doer
from chalicelib.complaints.rights import exclusion
from chalicelib.complaints.rights.permits import COMPLAINANT, Asker, Grant, as_party
from tests.kernel.complaints.amended import Life, version
from tests.kernel.complaints.small_procedure import AGENT, MANAGER, Case, policy, staff

OTHER = staff("sub-other", "agent")
AWAY = Grant("agent", None, "sub-agent")
"""The grant of the agent, lent to a deputy."""


def deciding(by: Any = "agent", **act: Any) -> Case:
    stages = {
        "open": {
            "inspect": {"by": "agent"},
            "recuse": {"by": "agent", "takes": "person"},
            "decide": {"by": by, "to": "done", **act},
        },
        "done": {"reopen": {"by": "manager", "to": "open"}},
    }
    return Case(policy({"stages": stages}))


NOT = {"role": "agent", "not": ["inspected"]}


def test_who_did_the_event_is_excluded_and_others_are_not() -> None:
    case = deciding(NOT)
    case.act("inspect")
    assert (case.open_to(), case.refusal("decide")) == (["inspect", "recuse"], "forbidden")
    assert case.act("decide", OTHER).stage == "done"


def test_the_exclusion_outlasts_a_reopening() -> None:
    case = deciding(NOT)
    case.act("inspect")
    case.act("decide", OTHER)
    case.act("reopen", MANAGER)
    assert case.refusal("decide") == "forbidden"


@pytest.mark.parametrize(
    "asker",
    [
        replace(OTHER, absent=frozenset({"sub-agent"})),
        Asker("staff", "sub-deputy", (AWAY,), absent=frozenset({"sub-agent"})),
    ],
    ids=["own grant", "lent grant"],
)
def test_a_present_deputy_of_the_excluded_is_excluded(asker: Asker) -> None:
    case = deciding(NOT)
    case.act("inspect")
    assert case.refusal("decide", asker) == "forbidden"


def test_who_was_deputy_at_that_time_stays_excluded() -> None:
    case = deciding(NOT)
    case.act("inspect", replace(staff("sub-agent", "agent"), deputy="sub-other"))
    assert case.refusal("decide", OTHER) == "forbidden"


def test_whom_the_doer_deputised_for_is_excluded_but_not_that_persons_next_deputy() -> None:
    case = deciding(NOT)
    case.act("inspect", Asker("staff", "sub-deputy", (AWAY,), absent=frozenset({"sub-agent"})))
    assert case.refusal("decide") == "forbidden"
    assert case.refusal("decide", replace(OTHER, absent=frozenset({"sub-agent"}))) is None


def test_same_selects_only_the_latest_person() -> None:
    case = deciding({"role": "agent", "same": "inspected"})
    assert case.refusal("decide") == "forbidden"
    case.act("inspect")
    case.act("inspect", OTHER)
    assert case.refusal("decide") == "forbidden"
    assert case.refusal("decide", OTHER) is None


def test_approvers_can_be_excluded() -> None:
    approval = {"by": {"role": "manager", "not": "inspected"}}
    case = deciding(approval=approval)
    both = staff("sub-manager", "agent", "manager")
    case.act("inspect", both)
    case.act("decide")
    assert case.refusal("approve", both) == "forbidden"
    assert case.open_to(both) == ["inspect", "recuse", "decide"]
    assert case.act("approve", staff("sub-head", "manager"), proposed={}).stage == "done"


def test_proposer_and_approver_both_did_the_approved_act() -> None:
    case = deciding(approval={"by": "manager"})
    case.act("decide")
    case.act("approve", MANAGER, proposed={})
    participation = case.complaint.participation
    assert participation is not None
    assert {doer.sub for doer in participation.of(["decided"])} == {"sub-agent", "sub-manager"}


def test_messages_leave_the_excluded_out() -> None:
    case = deciding(tells=[{"to": [NOT, {"role": "agent", "same": "inspected"}]}])
    case.act("inspect")
    case.act("decide", OTHER)
    fields = case.drafts[-1].fields
    assert (fields["to"], fields["excluded"], fields["excluded_by"]) == (
        ["agent", "@sub-agent"],
        {"agent": ["sub-agent"]},
        ["inspected"],
    )


@pytest.mark.parametrize(("decider", "told"), [(OTHER, [["@sub-agent"]]), (AGENT, [])], ids=["another", "the same"])
def test_a_message_to_the_doer_of_an_event_leaves_out_whom_the_rule_excludes(
    decider: Asker, told: list[list[str]]
) -> None:
    case = deciding(tells=[{"to": [{"role": "agent", "same": "inspected", "not": ["decided"]}]}])
    case.act("inspect")
    case.act("decide", decider)
    assert [draft.fields["to"] for draft in case.drafts if draft.type == "notified"] == told


def test_the_owners_are_told_even_if_one_of_them_is_excluded() -> None:
    """They find other people for what waits."""
    case = deciding(tells=[{"to": ["owner", "agent"]}])
    case.act("recuse", person=["sub-owner"])
    case.act("decide")
    fields = case.drafts[-1].fields
    assert (fields["to"], fields["excluded"]) == (["owner", "agent"], {"agent": ["sub-owner"]})


def test_messages_leave_those_out_whom_the_rule_excludes_and_those_whom_a_recusal_excludes() -> None:
    case = deciding(tells=[{"to": [NOT]}])
    case.act("inspect")
    case.act("recuse", person=["sub-third"])
    case.act("decide", OTHER)
    assert case.drafts[-1].fields["excluded"] == {"agent": ["sub-agent", "sub-third"]}


def test_a_recused_person_is_excluded_from_all_acts() -> None:
    case = deciding()
    case.act("recuse")
    assert (case.open_to(), case.refusal("inspect"), case.refusal("note", text="x")) == ([], "forbidden", "forbidden")
    assert case.refusal("inspect", OTHER) is None


def test_a_named_person_can_be_recused() -> None:
    case = deciding()
    case.act("recuse", person=["sub-other"])
    assert (case.refusal("inspect", OTHER), case.refusal("inspect")) == ("forbidden", None)


def test_a_member_who_records_a_partys_request_names_the_person() -> None:
    """Without a name, the act would exclude the member."""
    decide = {"by": ["agent", "manager"], "to": "done"}
    stages = {"open": {"recuse": {"by": "complainant", "takes": "person"}, "decide": decide}}
    case, recorder = Case(policy({"stages": stages})), as_party(OTHER, "complainant", None)
    assert recorder is not None
    assert (case.refusal("recuse", recorder), case.refusal("recuse", COMPLAINANT)) == ("invalid", "invalid")
    case.act("recuse", recorder, person=["sub-agent"])
    assert (case.refusal("decide"), case.refusal("decide", OTHER)) == ("forbidden", None)


@pytest.mark.parametrize(("facts", "known"), [({"respondent.name": "Shop"}, True), ({}, False)])
def test_a_filing_tells_whether_it_names_the_respondent(facts: dict[str, str], known: bool) -> None:
    def amend(document: dict[str, Any]) -> None:
        document["intake"]["facts"] = {"respondent.name": {"zh": "名称"}}

    participation = Life(version(1, amend), facts=facts).complaint.participation
    assert participation is not None
    assert participation.respondent is known


def test_a_recusal_is_the_doing_of_the_person_whom_it_excludes() -> None:
    """`not: recused` excludes them, and not the person who named them."""
    case = deciding()
    case.act("inspect")
    case.act("recuse", person=["sub-third"])
    assert exclusion.doers(case.complaint, ["recused"]) == [Doer("sub-third")]
    assert exclusion.doers(case.complaint, ["inspected", "recused"]) == [Doer("sub-third"), Doer("sub-agent")]
