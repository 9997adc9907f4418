"""P3 `auto-repair-forms`: subjects, deadlines and stages as customers and staff read them, and what is not theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.clauses.behaviour.filing import hidden_from_the_complainant
from tests.clauses.offices.workshop import (
    FORM,
    REVIEW,
    by_customer,
    closed,
    confirmed,
    decided,
    executed,
    filled,
    handed_over,
    parked,
    reported,
)
from tests.clauses.organisation import Organisation
from tests.clauses.walks.at_workshop import negotiated, reported_upwards, signed_by_the_manager, to_be_visited_at_home
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser

Scene = Callable[[Organisation], str]
DONE = {"note": "已转客服中心。"}


def to_the_centre(workshop: Organisation) -> str:
    number = workshop.file()
    workshop.act(number, "staff", "forward", to="service_centre")
    return number


def signed(workshop: Organisation) -> str:
    number = signed_by_the_manager(workshop)
    workshop.act(number, "respondent_department", "approve")
    return number


def not_signed(workshop: Organisation) -> str:
    number = negotiated(workshop)
    workshop.world.move_to("2026-11-27T13:00:00+08:00")
    workshop.act(number, "management", "notify")
    return number


def awaited(workshop: Organisation) -> str:
    return parked(workshop, "no_time")


SUBJECTS: dict[str, tuple[Scene, str, str]] = {
    "P3.1: report": (by_customer, "service_centre", "请上报"),
    "P3.1: reported to the centre": (to_the_centre, "customer_manager", "请完成责任认定和处理意见"),
    "P3.2: form": (filled, "service_centre", "处理单已填写"),
    "P3.4: review": (handed_over, "management", "请复核处理意见"),
    "P3.4: negotiation": (negotiated, "respondent_department", "请协商并签署"),
    "P3.4: signed": (signed, "management", "请上报主管总经理"),
    "P3.4: not signed": (not_signed, "general_manager", "请给出处理意见"),
    "P3.4: reported": (reported_upwards, "general_manager", "请给出处理意见"),
    "P3.4: opinion": (decided, "respondent_department", "主管总经理已给出处理意见"),
    "P3.5: accountability": (decided, "management", "请实施最终处理意见"),
    "P3.5: hand-over": (closed, "service_centre", "请归档"),
}


@pytest.mark.parametrize("case", SUBJECTS)
def test_p3_the_subject_of_a_mail_says_what_is_asked(workshop: Organisation, case: str) -> None:
    scene, who, topic = SUBJECTS[case]

    number = scene(workshop)

    assert isinstance(workshop.world, InProcess)
    assert workshop.world.fakes.mailer.to(workshop.emails[who])[-1].subject == f"投诉 {number}：{topic}"


DEADLINES: dict[str, tuple[Scene, tuple[str, str]]] = {
    "report": (by_customer, ("将您的投诉上报客户经理或客户服务中心", "接到意见的员工")),
    "form": (reported, ("填写并登记《客户信息反馈处理单》", "客户服务中心和客户经理")),
    "liability": (reported, ("认定责任并提出处理意见", "客户经理")),
    "reminder": (awaited, ("您尚未来店的，我们将提醒您", "客户服务中心")),
    "silence": (awaited, ("请您来店找客户经理解决，逾期结案", "您")),
    "visit_approval": (to_be_visited_at_home, ("审批上门拜访", "主管总经理")),
    "review": (handed_over, ("复核处理意见", "管理部和主管总经理")),
    "accountability": (decided, ("实施最终处理意见", "管理部")),
    "handover": (executed, ("办结您的投诉并告知您结果", "管理部")),
    "archiving": (closed, ("归档", "客户服务中心")),
}


@pytest.mark.parametrize("clock", DEADLINES)
def test_p3_the_customer_reads_who_owes_what(workshop: Organisation, clock: str) -> None:
    scene, words = DEADLINES[clock]

    run = workshop.deadline(scene(workshop), clock)

    assert (run["label"]["zh"], run["actor"]["zh"]) == words


@pytest.mark.parametrize(
    ("scene", "label"),
    [
        (decided, "实施最终处理意见"),
        (negotiated, "处理意见协商中"),
        (confirmed, "处理意见待上报审定"),
        (executed, "处理完毕，待办结"),
    ],
)
def test_p3_the_present_stage_names_nothing_that_concerns_the_staff_alone(
    workshop: Organisation, scene: Scene, label: str
) -> None:
    assert workshop.complaint(scene(workshop))["stage_name"]["zh"] == label


def test_p3_4_what_the_office_discusses_is_not_shown_to_the_customer(workshop: Organisation) -> None:
    number = signed(workshop)
    workshop.act(number, "management", "notify")
    workshop.act(number, "general_manager", "decide", final_opinion="同意。", outcome="resolved")
    discussed = {"department_view", "rule", "objection", "agreement", "final_opinion"}

    hidden = hidden_from_the_complainant(workshop, number, "management")

    assert discussed <= hidden
    assert "opinion" not in hidden


def test_p3_4_the_negligence_opinion_is_not_shown_to_the_customer(workshop: Organisation) -> None:
    number = confirmed(workshop)

    assert REVIEW.keys() <= hidden_from_the_complainant(workshop, number, "management")


RESULTS = {
    "resolved": "您的投诉 {} 已处理完毕，您反映的问题已解决。感谢您的反馈。",
    "explained": "您的投诉 {} 已处理完毕，我们已就您反映的问题作出解释。感谢您的反馈。",
}


def to_be_closed(workshop: Organisation, outcome: str) -> str:
    number = reported_upwards(workshop)
    workshop.act(number, "general_manager", "decide", final_opinion="同意。", outcome=outcome)
    workshop.act(number, "management", "execute", **FORM)
    return number


@pytest.mark.parametrize("outcome", RESULTS)
def test_p3_5_the_customer_is_told_the_result_and_what_the_office_answers(workshop: Organisation, outcome: str) -> None:
    number = to_be_closed(workshop, outcome)

    workshop.act(number, "management", "close", **DONE, answer="空调已返修，费用由我方承担。")

    newest = workshop.get(f"/messages?complaint={number}", "complainant", number)["messages"][0]
    assert newest["text"]["zh"] == RESULTS[outcome].format(number)
    assert [(one["label"]["zh"], one["text"]["zh"]) for one in newest["enclosed"]] == [
        ("答复客户的内容", "空调已返修，费用由我方承担。")
    ]


def test_p3_5_the_customer_of_a_case_that_was_decided_under_an_earlier_version_is_told_of_the_closing(
    workshop: Organisation,
) -> None:
    present = workshop.get("/policy", "owner")["policy"]
    _publish(workshop, _earlier(present))
    number = to_be_closed(workshop, "resolved")
    _publish(workshop, present)
    workshop.act(number, "owner", "switch")

    workshop.act(number, "management", "close", **DONE, answer="空调已返修。")

    newest = workshop.get(f"/messages?complaint={number}", "complainant", number)["messages"][0]
    assert newest["text"]["zh"] == f"您的投诉 {number} 已结案。"
    assert [one["text"]["zh"] for one in newest["enclosed"]] == ["空调已返修。"]


def _earlier(present: dict[str, Any]) -> dict[str, Any]:
    """Its decision does not say which result the closing tells."""
    stages = present["stages"]
    final, handover = stages["final_opinion"], stages["handover"]
    decide = {**final["acts"]["decide"], "sets": {}}
    close = {**handover["acts"]["close"], "tells": []}
    changed = {
        "final_opinion": {**final, "acts": {**final["acts"], "decide": decide}},
        "handover": {**handover, "acts": {**handover["acts"], "close": close}},
    }
    return {**present, "stages": {**stages, **changed}, "examples": []}


def _publish(workshop: Organisation, policy: dict[str, Any]) -> None:
    path = f"{workshop.path}/policy/publish"
    answer = workshop.world.call("POST", path, {"policy": policy}, auth=workshop.auth("owner"))
    assert answer.status == 201, answer.text


def test_p3_the_public_page_of_the_office_promises_in_words_for_customers(workshop: Organisation) -> None:
    assert isinstance(workshop.world, InProcess)

    page = Browser(workshop.world).open(f"/t/{workshop.id}")

    assert "实施最终处理意见" in page.text
    assert "责任追究" not in page.text
