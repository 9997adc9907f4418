"""P1 `platform`: what the parties and the office read beside the messages of a course: subjects, deadlines, labels."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.offices.marketplace import (
    ASKED,
    ASKED_FOR,
    DECISION,
    FOUND,
    RECEIVED,
    RECORDED,
    REVERSED,
    accepted,
    answered,
    asked_elsewhere_again,
    asked_outside,
    closed,
    decision,
    demanded,
    examined_again,
    recorded,
    reopened,
    reopened_elsewhere,
    unit,
)
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser

Scene = Callable[[Organisation], str]


def moved_outside(marketplace: Organisation) -> str:
    number = accepted(marketplace, unit=unit(marketplace, "shop"))
    marketplace.act(number, "handler", "notify", asked_how="电话。")
    marketplace.act(number, "director", "approve")
    return number


def not_reached(marketplace: Organisation) -> str:
    return asked_outside(marketplace, contact="not_reached")


def not_reached_again(marketplace: Organisation) -> str:
    number = not_reached(marketplace)
    marketplace.act(number, "handler", "demand_evidence", **{**ASKED, "contact": "not_reached_again"})
    return number


def heard_out(marketplace: Organisation) -> str:
    number = recorded(marketplace)
    marketplace.world.move_to("2026-12-01T18:00:00+08:00")
    return number


def contradicted(marketplace: Organisation) -> str:
    number = recorded(marketplace)
    marketplace.act(number, "seller", "object", objection="不是本店的。")
    return number


def recorded_outside(marketplace: Organisation) -> str:
    number = asked_outside(marketplace)
    marketplace.act(number, "handler", "receive_evidence", **RECORDED)
    return number


def refused(marketplace: Organisation) -> str:
    number = marketplace.file()
    marketplace.act(number, "screener", "refuse", ground="not_valid", reason="重复投诉。")
    return number


def overturned(marketplace: Organisation) -> str:
    number = examined_again(marketplace)
    marketplace.act(number, "second", "decide", **REVERSED)
    return number


SUBJECTS: dict[str, tuple[Scene, str, str]] = {
    "P1.3: screening": (Organisation.file, "screener", "请初步审核"),
    "P1.3: the responsible party": (accepted, "handler", "请作为责任方处理"),
    "P1.4: the link": (asked_outside, "handler", "请转交举证链接"),
    "P1.4: not reached": (not_reached, "handler", "请再次联系被投诉方"),
    "P1.4: not reached again": (not_reached_again, "handler", "未能联系上被投诉方"),
    "P1.4: another way": (moved_outside, "handler", "请另行联系被投诉方"),
    "P1.4: another way, for the owner": (moved_outside, "owner", "另行联系被投诉方"),
    "P1.4: heard out": (heard_out, "handler", "请继续办理"),
    "P1.4: an objection": (contradicted, "handler", "被投诉方提出异议"),
    "P1.6: the archive": (closed, "archivist", "请归档"),
    "P1.6: a re-examination": (reopened, "second", "请复核"),
    "P1.6: its result": (overturned, "director", "复核已完成"),
}


@pytest.mark.parametrize("case", SUBJECTS)
def test_p1_the_subject_of_a_mail_says_what_is_asked(marketplace: Organisation, case: str) -> None:
    scene, who, topic = SUBJECTS[case]

    number = scene(marketplace)

    assert isinstance(marketplace.world, InProcess)
    assert marketplace.world.fakes.mailer.to(marketplace.emails[who])[-1].subject == f"投诉 {number}：{topic}"


DEADLINES: dict[str, tuple[Scene, tuple[str, str]]] = {
    "screening": (Organisation.file, ("对您的投诉进行初步审核", "投诉管理中心")),
    "handling": (accepted, ("处理您的投诉并反馈结果", "投诉管理中心")),
    "hearing": (recorded, ("核对告知被投诉方的内容并听取其意见", "投诉管理中心")),
    "completion": (closed, ("总结、结案和归档", "投诉管理中心")),
    "re_examination": (reopened, ("复核您的投诉并反馈结果", "投诉管理中心")),
}


@pytest.mark.parametrize("clock", DEADLINES)
def test_p1_the_complainant_reads_who_owes_what(marketplace: Organisation, clock: str) -> None:
    scene, words = DEADLINES[clock]

    run = marketplace.deadline(scene(marketplace), clock)

    assert (run["label"]["zh"], run["actor"]["zh"]) == words


STAGES: dict[str, Scene] = {
    "深入调查（另行联系被投诉方）": asked_outside,
    "等待被投诉方提出异议（已另行告知）": recorded_outside,
    "不予受理（投诉信息无效）": refused,
}


@pytest.mark.parametrize("label", STAGES)
def test_p1_the_present_stage_is_said_in_words_for_a_complainant(marketplace: Organisation, label: str) -> None:
    number = STAGES[label](marketplace)

    assert marketplace.complaint(number)["stage_name"]["zh"] == label


def test_p1_2_the_page_calls_the_reason_of_the_complaint_as_the_filing_does(marketplace: Organisation) -> None:
    assert isinstance(marketplace.world, InProcess)
    number = marketplace.file(facts={"reason": "商家拒绝退货。"})
    browser = Browser(marketplace.world)
    browser.open(f"/t/{marketplace.id}/case")

    page = browser.submit(number=number, receipt=marketplace.filed[number].receipt)

    assert "投诉原因商家拒绝退货。" in "".join(page.text.split())


def test_p1_1_the_complainant_of_a_complaint_that_came_late_reads_no_time_that_is_over(
    marketplace: Organisation,
) -> None:
    marketplace.world.move_to("2026-11-29T10:00:00+08:00")
    received = {"at": "2026-11-27T09:00:00+08:00", "fields": {"received_why": "邮箱故障。"}}

    number = marketplace.file(auth=marketplace.auth("screener"), channel="email", received=received)

    assert f"您的投诉 {number} 已登记。您可以凭编号和回执查询办理情况。" in marketplace.told("complainant", number)


@pytest.mark.parametrize("sanctions", ["warning", "penalty", "warning_and_penalty", "no_measure", None])
def test_p1_5_the_respondent_reads_what_was_decided(marketplace: Organisation, sanctions: str | None) -> None:
    number = answered(marketplace)
    made = decision(sanctions=sanctions) if sanctions else REVERSED

    marketplace.act(number, "handler", "decide", **made)

    assert _enclosed(marketplace, number) == {"处理结果": made["opinion"]}


@pytest.mark.parametrize("sanctions", ["warning", "penalty", "warning_and_penalty", "no_measure", None])
def test_p1_6_the_respondent_reads_what_was_decided_again(marketplace: Organisation, sanctions: str | None) -> None:
    number = examined_again(marketplace)
    made = decision(sanctions=sanctions) if sanctions else REVERSED

    marketplace.act(number, "second", "decide", **made)

    outcome = {"结论": "投诉成立"} if sanctions else {}
    assert _enclosed(marketplace, number) == {**outcome, "处理结果": made["opinion"]}


def _enclosed(marketplace: Organisation, number: str) -> dict[str, str]:
    newest = next(one for one in marketplace.get("/messages", "seller")["messages"] if one["number"] == number)
    return {one["label"]["zh"]: one["text"]["zh"] for one in newest["enclosed"]}


def test_p1_6_the_complainant_reads_which_outcome_is_kept(marketplace: Organisation) -> None:
    number = asked_elsewhere_again(marketplace)

    marketplace.act(number, "second", "decide", **decision())

    newest = marketplace.get(f"/messages?complaint={number}", "complainant", number)["messages"][0]
    assert {one["label"]["zh"]: one["text"]["zh"] for one in newest["enclosed"]}["结论"] == "投诉成立"


@pytest.mark.parametrize("outside", [False, True])
def test_p1_6_a_person_who_is_named_while_the_respondent_may_object_is_asked_for_nothing_yet(
    marketplace: Organisation, outside: bool
) -> None:
    number = reopened_elsewhere(marketplace) if outside else reopened(marketplace)
    marketplace.act(number, "second", "demand_evidence", **(ASKED if outside else ASKED_FOR))
    marketplace.act(number, "second", "receive_evidence", **(RECORDED if outside else RECEIVED))
    hire(marketplace, "handler", name="third")

    marketplace.act(number, "director", "assign", responsible=marketplace.subs["third"])

    assert marketplace.told("third", number) == [f"投诉 {number} 已指派，目前无须办理。"]


MAIL = "customer@mail.example"
WRITTEN = {"facts": {"complainant.contact": MAIL, "complainant.email": MAIL}}


def mail_after_the_decision(marketplace: Organisation, number: str) -> str:
    marketplace.act(number, "handler", "decide", **DECISION)
    return marketplace.world.mail(MAIL)


def test_p1_5_the_mail_has_the_result_of_an_investigation(marketplace: Organisation) -> None:
    number = demanded(marketplace, **WRITTEN)
    marketplace.world.move_to("2026-12-01T18:00:00+08:00")

    assert "商家退款。" in mail_after_the_decision(marketplace, number)


def test_p1_5_the_mail_has_the_result_about_a_respondent_outside(marketplace: Organisation) -> None:
    number = accepted(marketplace, unit=None, **WRITTEN)
    marketplace.act(number, "handler", "demand_evidence", **ASKED)
    marketplace.act(number, "handler", "inspect", **FOUND)
    marketplace.world.move_to("2026-12-01T18:00:00+08:00")

    assert "商家退款。" in mail_after_the_decision(marketplace, number)
