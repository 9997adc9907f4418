"""`severity.lowering`: a lower class needs a reason and a second person, and contradicts no sign on record (P6.2)."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.acting import open_acts
from chalicelib.kit.problem import Problem
from tests.kernel.complaints.small_procedure import AGENT, MANAGER, Case, policy

LOWERING: dict[str, Any] = {"needs": "reason", "approval": {"by": "manager"}}
CLASSES = {"low": {"en": "Low"}, "middle": {"en": "Middle"}, "high": {"en": "High"}}
SIGNS = {"middle": {"press": {"en": "In the press"}}, "high": {"injury": {"en": "Injury"}, "fire": {"en": "Fire"}}}


def case(lowering: dict[str, Any] | None = LOWERING, **classify: Any) -> Case:
    given = {} if lowering is None else {"lowering": lowering}
    return Case(
        policy(
            {
                "fields": {"reason": {"en": "Reason"}},
                "severity": {"classes": CLASSES, "signs": SIGNS, **given},
                "stages": {
                    "open": {
                        "classify": {"by": "agent", "needs": "severity", "takes": "sign", **classify},
                        "decide": {"by": ["agent", "manager"], "to": "done"},
                    }
                },
            }
        )
    )


def places(case: Case, **fields: Any) -> dict[str, str]:
    with pytest.raises(Problem) as refused:
        case.act("classify", **fields)
    assert refused.value.kind == "invalid"
    return {place.pointer: place.text for place in refused.value.places}


def raised(sign: str = "injury", severity: str = "high", **parts: Any) -> Case:
    found = case(**parts)
    found.act("classify", severity=severity, sign=sign)
    return found


def test_a_higher_class_needs_neither() -> None:
    found = case()
    assert found.act("classify", severity="high").severity == "high"
    assert found.act("classify", severity="high").severity == "high"


def test_a_lower_class_needs_the_fields_which_the_act_need_not_list() -> None:
    found = case()
    found.act("classify", severity="high")
    assert list(places(found, severity="low")) == ["/fields/reason"]


def test_a_lower_class_waits_for_the_second_person() -> None:
    found = case()
    found.act("classify", severity="high")
    found.act("classify", severity="low", reason="It was a drill.")
    assert (found.complaint.severity, found.refusal("approve", AGENT)) == ("high", "forbidden")
    found.act("approve", MANAGER, {"severity": "low", "reason": "It was a drill."})
    assert found.complaint.severity == "low"


def test_the_second_person_takes_the_place_of_the_act_s_own_approval() -> None:
    found = case(approval={"by": "agent", "when": {"severity": ["low", "high"]}})
    found.act("classify", severity="middle")
    found.act("classify", severity="high")
    found.act("classify", severity="low", reason="No.")
    assert [one.approvers for one in found.complaint.proposals.values()] == [["agent"], ["manager"]]


def test_a_proposal_to_lower_is_void_once_the_class_changes() -> None:
    found = case()
    found.act("classify", severity="middle")
    found.act("classify", severity="low", reason="A mistake.")
    found.act("classify", severity="high")
    assert found.complaint.proposals == {}


def test_a_class_below_a_sign_on_record_is_refused() -> None:
    found = raised()
    assert places(found, severity="middle", reason="x") == {
        "/fields/severity": "is below High, of which the record has these signs: Injury"
    }


def test_a_sign_of_a_lower_class_leaves_that_class() -> None:
    found = raised("press", "middle")
    found.act("classify", severity="high")
    found.act("classify", severity="middle", reason="x")
    assert [one.act for one in found.complaint.proposals.values()] == ["classify"]
    assert list(places(found, severity="low", reason="x")) == ["/fields/severity"]


def test_a_struck_sign_counts_no_more() -> None:
    found = raised()
    given = {"severity": "low", "struck": ["injury"], "reason": "No person was hurt."}
    found.act("classify", **given)
    found.act("approve", MANAGER, given)
    assert (found.complaint.severity, found.complaint.signs) == ("low", {})


def test_a_sign_is_not_struck_without_reason_and_second_person_in_the_same_class() -> None:
    found = raised()
    assert list(places(found, severity="high", struck=["injury"])) == ["/fields/reason"]
    found.act("classify", severity="high", struck=["injury"], reason="x")
    assert found.complaint.signs == {"high": ["injury"]}
    assert len(found.complaint.proposals) == 1


def test_one_struck_sign_leaves_the_others() -> None:
    found = raised()
    found.act("classify", severity="high", sign="fire")
    assert list(places(found, severity="low", struck=["injury"], reason="x")) == ["/fields/severity"]


def test_only_signs_on_record_are_struck() -> None:
    assert places(raised(), severity="high", struck=["fire"], reason="x") == {
        "/fields/struck/0": "is no sign on record; these are: Injury"
    }


def test_the_form_offers_the_signs_on_record() -> None:
    def struck(found: Case) -> list[tuple[str, ...]]:
        specs = open_acts.form(found.policy, found.complaint, AGENT, "classify")
        return [one.choices for one in specs if one.name == "struck"]

    assert (struck(case()), struck(raised())) == ([], [("injury",)])


def test_a_sign_can_come_again_after_it_was_struck() -> None:
    found = raised()
    given = {"severity": "low", "struck": ["injury"], "reason": "x"}
    found.act("classify", **given)
    found.act("approve", MANAGER, given)
    found.act("classify", severity="high", sign="injury")
    assert found.complaint.signs == {"high": ["injury"]}


def test_without_the_key_a_class_is_lowered_as_before() -> None:
    found = raised(lowering=None)
    assert found.act("classify", severity="low").severity == "low"
    assert places(found, severity="low", struck=["injury"]) == {"/fields/struck": "is not one of this request's fields"}


def shown_at_filing(choices: dict[str, Any], **facts: Any) -> dict[str, list[str]]:
    fact = {"en": "What it shows", "kind": "choice", "choices": choices}
    classify = {"by": "agent", "needs": "severity", "takes": "sign"}
    parts: dict[str, Any] = {
        "fields": {"reason": {"en": "Reason"}},
        "intake": {"facts": {"shown": fact}},
        "severity": {"classes": CLASSES, "signs": SIGNS, "lowering": LOWERING},
        "stages": {"open": {"classify": classify, "decide": {"by": ["agent", "manager"], "to": "done"}}},
    }
    return Case(policy(parts), severity="high", facts=facts).complaint.signs


def test_a_fact_whose_choices_are_signs_records_the_sign_of_the_filing() -> None:
    choices = {"injury": {"en": "Injury"}, "press": {"en": "In the press"}}
    assert shown_at_filing(choices, shown="injury") == {"high": ["injury"]}
    assert shown_at_filing(choices) == {}


def test_a_fact_with_another_choice_records_none() -> None:
    assert shown_at_filing({"injury": {"en": "Injury"}, "other": {"en": "Other"}}, shown="injury") == {}
