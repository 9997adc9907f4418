"""A refused act or value names the conditions that fail, in the reader's language and without words of the policy."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.acting.advance import advance
from chalicelib.complaints.applying.flow import Flow
from chalicelib.kit.instants import DAY
from chalicelib.kit.problem import Problem
from chalicelib.web.chinese import translate
from tests.kernel.complaints.small_procedure import AGENT, MANAGER, Case, policy

PROCEDURE: dict[str, Any] = {
    "fields": {
        "amount": {
            "en": "Amount",
            "zh": "金额",
            "kind": "number",
            "bands": {"small": {"most": 500}, "middle": {"most": 1000}, "large": {}},
        },
        "outcome": {
            "en": "Outcome",
            "zh": "处理结果",
            "kind": "choice",
            "choices": {
                "refund": {"en": "Refund", "zh": "退款", "when": {"amount": ["small", "middle"]}},
                "voucher": {"en": "Voucher", "zh": "代金券", "when": {"amount": "small"}},
                "none_of_it": {"en": "Rejected", "zh": "不支持"},
            },
        },
        "sanctions": {
            "en": "Sanctions",
            "zh": "处理",
            "kind": "choices",
            "choices": {name: {"en": name, "zh": name, "when": {"outcome": "refund"}} for name in ("warning", "fine")},
        },
        "reply": {"en": "Reply", "zh": "答复", "required": {"when": {"outcome": "none_of_it"}}},
        "urgent": {"en": "Urgent", "zh": "紧急", "kind": "flag"},
        "of": {"en": "Asked", "zh": "对象", "kind": "choice", "choices": ["complainant", "respondent"]},
    },
    "intake": {
        "channels": {"phone": {"en": "Phone", "zh": "电话"}, "letter": {"en": "Letter", "zh": "信函"}},
        "facts": {
            "damage": {"en": "Damage", "zh": "损失", "kind": "number", "bands": {"low": {"most": 99.5}, "high": {}}}
        },
        "refusals": {"post": {"en": "By post", "zh": "来信", "when": {"channel": "letter"}}},
    },
    "stages": {
        "open": {
            "inspect": {
                "by": "agent",
                "takes": "urgent",
                "sets": {"inspected_in_full": "yes", "urgent": "field.urgent"},
            },
            "forward": {"by": "agent", "after": "inspected", "when": {"channel": "letter", "damage": "high"}},
            "demand_evidence": {"by": "agent", "takes": "of", "within": "2 days"},
            "confirm": {"by": "agent", "when": {"demand": ["answered", "none"], "channel": "letter"}},
            "reply": {"by": "agent", "after": ["inspected", "offered", "mediated"]},
            "close": {"by": "agent", "to": "done", "when": {"clock.answer": ["missed", "met", "cancelled"]}},
            "execute": {"by": "agent", "when": {"told": "yes"}},
            "mediate": {"by": "agent", "when": {"inspected_in_full": "yes"}, "sets": {"told": "yes"}},
            "notify": {"by": "agent", "when": {"inspected_in_full": "none"}, "sets": {"told": "yes"}},
            "object": {"by": "agent", "sets": {"told": "no"}},
            "lift": {"by": "agent", "when": {"told": "no"}},
            "offer": {"by": "manager", "when": {"clock.answer": ["missed", "met"], "urgent": "yes"}},
            "promise": {"by": "manager", "to": "done"},
            "extend": {"by": "manager", "needs": ["clock", "until"]},
            "decide": {"by": "agent", "to": "done", "needs": "outcome", "takes": ["amount", "reply", "sanctions"]},
            "refuse": {"by": "agent", "to": "done", "needs": "ground"},
        }
    },
    "clocks": {
        "answer": {
            "name": {"en": "Answer", "zh": "答复期限"},
            "from": "registered",
            "until": "decided",
            "within": "5 days",
            "missed": "record",
        }
    },
}


@pytest.fixture
def case() -> Case:
    return Case(policy(PROCEDURE))


def refused(case: Case, act: str, by: Any = AGENT, **fields: Any) -> Problem:
    with pytest.raises(Problem) as caught:
        case.act(act, by, **fields)
    return caught.value


def said(problem: Problem) -> tuple[str, str]:
    return str(problem.text), translate(problem.text)


def of_field(problem: Problem) -> tuple[str, str, str]:
    [place] = problem.places
    return place.pointer, place.detail, translate(place.text)


def test_an_act_that_waits_for_another_names_it_and_its_conditions(case: Case) -> None:
    assert said(refused(case, "forward")) == (
        "This act is not possible now. It needs: done before: inspected; Channel: Letter; Damage: above 99.5.",
        "目前不能执行该操作。须符合：已发生：调查核实；投诉渠道：信函；损失：超过99.5。",
    )


def test_a_flag_without_a_name_is_said_by_the_act_that_sets_it(case: Case) -> None:
    assert said(refused(case, "mediate"))[0] == "This act is not possible now. It needs: done before: inspected."
    case.act("inspect")
    assert said(refused(case, "notify")) == (
        "This act is not possible now. It needs: not done: inspected.",
        "目前不能执行该操作。须符合：未发生：调查核实。",
    )


def test_the_state_of_a_clock_and_a_flag_of_a_field_have_their_names(case: Case) -> None:
    assert said(refused(case, "offer", MANAGER)) == (
        "This act is not possible now. It needs: Answer: missed or met; Urgent: yes.",
        "目前不能执行该操作。须符合：答复期限：已超期或已按时完成；紧急：是。",
    )


def test_values_that_exclude_each_other_are_alternatives_and_begin_no_sentence(case: Case) -> None:
    case.act("demand_evidence", of="complainant")
    assert said(refused(case, "confirm")) == (
        "This act is not possible now. It needs: the evidence has come or no evidence was asked for; Channel: Letter.",
        "目前不能执行该操作。须符合：已收到证据或未要求提供证据；投诉渠道：信函。",
    )


def test_the_last_of_three_alternatives_has_the_word_for_it(case: Case) -> None:
    assert said(refused(case, "close")) == (
        "This act is not possible now. It needs: Answer: missed, met or cancelled.",
        "目前不能执行该操作。须符合：答复期限：已超期、已按时完成或已终止。",
    )


def test_a_flag_that_several_acts_set_names_them_as_alternatives(case: Case) -> None:
    assert said(refused(case, "execute")) == (
        "This act is not possible now. It needs: done before: mediated or notified.",
        "目前不能执行该操作。须符合：已发生：调解或通知。",
    )


def test_an_act_that_is_no_longer_possible_names_what_has_happened_since(case: Case) -> None:
    """Not the act that sets the flag back."""
    case.act("inspect")
    case.act("mediate")
    assert said(refused(case, "lift"))[0] == "This act is not possible now. It needs: not done: mediated or notified."


def test_an_act_that_waits_for_several_names_all_of_them(case: Case) -> None:
    assert said(refused(case, "reply")) == (
        "This act is not possible now. It needs: done before: inspected, solution offered and mediated.",
        "目前不能执行该操作。须符合：已发生：调查核实、提出处理意见、调解。",
    )


def test_who_may_not_do_the_act_is_told_no_condition(case: Case) -> None:
    assert said(refused(case, "offer", AGENT))[0] == "This act is not open in the complaint's present stage."


def test_an_act_whose_due_times_are_over_says_so(case: Case) -> None:
    case.now += 6 * DAY
    flow = Flow(case.policy, case.complaint)
    advance(flow, case.now)
    case.complaint = flow.complaint
    assert said(refused(case, "extend", MANAGER, clock="answer", until="2026-12-30T09:00:00+08:00")) == (
        "This act is not possible now. It needs: a due time that is not over.",
        "目前不能执行该操作。须符合：可变更的期限尚未到期。",
    )


def test_an_outcome_that_lacks_its_field_names_the_field(case: Case) -> None:
    assert of_field(refused(case, "decide", outcome="voucher")) == (
        "/fields/outcome",
        "must be one of: Rejected; this value needs: Amount: at most 500",
        "须为以下之一：不支持；该值须符合：金额：不超过500",
    )


def test_an_amount_above_the_band_says_the_limit(case: Case) -> None:
    assert of_field(refused(case, "decide", outcome="refund", amount=1000.01)) == (
        "/fields/outcome",
        "must be one of: Rejected; this value needs: Amount: at most 500 or above 500 and at most 1000",
        "须为以下之一：不支持；该值须符合：金额：不超过500或超过500且不超过1000",
    )


def test_a_list_of_which_no_value_is_possible_names_what_they_need(case: Case) -> None:
    assert of_field(refused(case, "decide", outcome="none_of_it", reply="否", sanctions=["warning"])) == (
        "/fields/sanctions",
        "is not possible in this case; this value needs: Outcome: Refund",
        "在此情形下不能填写；该值须符合：处理结果：退款",
    )


def test_a_value_that_is_none_of_the_choices_names_the_choices(case: Case) -> None:
    assert of_field(refused(case, "decide", outcome="gift"))[1] == "must be one of: Refund, Voucher, Rejected"


def test_a_field_that_an_outcome_requires_names_the_outcome(case: Case) -> None:
    assert of_field(refused(case, "decide", outcome="none_of_it")) == (
        "/fields/reply",
        "is required with: Outcome: Rejected",
        "在以下情形必填：处理结果：不支持",
    )


def test_a_ground_that_does_not_apply_names_its_condition(case: Case) -> None:
    assert of_field(refused(case, "refuse", ground="post")) == (
        "/fields/ground",
        "is possible only with: Channel: Letter",
        "仅限以下情形：投诉渠道：信函",
    )
