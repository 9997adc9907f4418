"""P8 `customer-service`: what the customer reads of each step: thanks, times, and what they can still do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.behaviour.deadlines import read_by_complainant
from tests.clauses.behaviour.mails import subjects_to
from tests.clauses.offices.helpdesk import DEMAND, assigned, executed, inspected, offered
from tests.clauses.organisation import Organisation
from tests.kernel.web.pages.case_page import case_page

Story = Callable[[Organisation], str]


def disputed(helpdesk: Organisation) -> str:
    number = offered(helpdesk)
    helpdesk.act(number, "complainant", "dispute")
    return number


def agreed(helpdesk: Organisation) -> str:
    number = offered(helpdesk)
    helpdesk.act(number, "complainant", "agree")
    return number


def rated(helpdesk: Organisation, rating: str | None) -> str:
    number = executed(helpdesk)
    if rating:
        helpdesk.act(number, "complainant", "rate", rating=rating)
    return number


def closed(helpdesk: Organisation, rating: str | None = None) -> str:
    number = rated(helpdesk, rating)
    helpdesk.act(number, "manager", "close", summary="已退款。")
    return number


OURS = "客服部门"
DEADLINES: dict[str, tuple[Story, str, str, str]] = {
    "P8.7: negotiation": (disputed, "negotiation", "向您重新提出解决方案", OURS),
    "P8.6: remedy": (agreed, "remedy", "为您执行解决方案", OURS),
    "P8.8: completion": (executed, "completion", "办理结案和归档", OURS),
    "P8.7: reminder": (offered, "reminder", "等待您的答复，届时提醒您", "您"),
    "P8.7: silence": (offered, "silence", "等待您的答复，逾期结案", "您"),
}


@pytest.mark.parametrize("case", DEADLINES)
def test_p8_deadlines_as_the_customer_reads_them(helpdesk: Organisation, case: str) -> None:
    story, clock, label, actor = DEADLINES[case]

    assert read_by_complainant(helpdesk, story(helpdesk), clock) == {clock: f"{actor}：{label}"}


def test_p8_4_what_is_registered_too_late_for_a_response_in_time_promises_none(helpdesk: Organisation) -> None:
    helpdesk.world.move_to("2026-11-30T10:00:00+08:00")
    received = {"at": "2026-11-27T10:00:00+08:00", "fields": {"received_why": "邮箱故障。"}}

    number = helpdesk.file(auth=helpdesk.auth("agent"), channel="email", received=received, category={"kind": "other"})

    assert f"您的投诉 {number} 已登记。您可以凭编号和回执查询办理情况。" in helpdesk.told("complainant", number)


def test_p8_6_the_mail_about_a_solution_names_the_remedies_and_the_amount(helpdesk: Organisation) -> None:
    number = inspected(helpdesk)

    helpdesk.act(number, "after_sales", "offer", remedies=["refund", "redo"], offer="周六上门。", amount=128.5)

    mail = helpdesk.world.mail(f"customer-1@{helpdesk.id}.example")
    assert [
        part
        for part in ("解决方案：重新提供服务、退款", "金额（元）：128.5", "方案说明：周六上门。")
        if part not in mail
    ] == []


def test_p8_5_the_customer_does_not_read_the_root_cause(helpdesk: Organisation) -> None:
    page = case_page(helpdesk, inspected(helpdesk))

    assert ("批次轴承有砂眼。" in page, "供应商换了料。" in page) == (True, False)


@pytest.mark.parametrize("story", [inspected, disputed])
def test_p8_5_evidence_is_asked_for_and_recorded_after_the_investigation_too(
    helpdesk: Organisation, story: Story
) -> None:
    number = story(helpdesk)
    asked = {who: helpdesk.try_act(number, who, "demand_evidence", **DEMAND).status for who in ("agent", "after_sales")}

    answer = helpdesk.act(number, "after_sales", "receive_evidence", received="客户寄来的发票一张。")

    assert (asked, answer["stage"]) == ({"agent": 403, "after_sales": 200}, "investigated")


@pytest.mark.parametrize(
    ("rating", "text"),
    [
        ("satisfied", "感谢您对投诉 {} 的办理作出评价：满意。"),
        ("fair", "感谢您对投诉 {} 的办理作出评价：一般。"),
        ("dissatisfied", "感谢您对投诉 {} 的评价。未能让您满意，我们深表歉意，已请客服人员跟进。"),
    ],
)
@pytest.mark.parametrize("before", [executed, closed])
def test_p8_7_the_customer_is_thanked_for_a_rating(
    helpdesk: Organisation, before: Story, rating: str, text: str
) -> None:
    number = before(helpdesk)

    helpdesk.act(number, "complainant", "rate", rating=rating)

    assert helpdesk.told("complainant", number)[0] == text.format(number)


CLOSED = {
    "satisfied": "感谢您的反馈和评价。",
    "fair": "感谢您的反馈和评价。",
    "dissatisfied": "您对处理结果不满意，我们已记录；您仍可要求重新处理。",
    None: "感谢您的反馈。您仍可评价是否满意；如不满意，您可要求重新处理。",
}


@pytest.mark.parametrize("rating", CLOSED)
def test_p8_7_the_closing_says_what_the_customer_can_still_do(helpdesk: Organisation, rating: str | None) -> None:
    before = rated(helpdesk, rating)
    known = helpdesk.told("complainant", before)

    helpdesk.act(before, "manager", "close", summary="已退款。")

    [text, *rest] = helpdesk.told("complainant", before)
    assert rest == known
    assert text.split("已结案", 1)[1].lstrip("，。") == CLOSED[rating]


SUBJECTS: dict[str, tuple[Story, str, str]] = {
    "P8.7: accepted": (agreed, "after_sales", "客户已接受解决方案"),
    "P8.7: not accepted": (disputed, "after_sales", "客户不接受解决方案"),
    "P8.6: carried out": (executed, "agent", "解决方案已执行，请办理结案"),
    "P8.7: not satisfied": (lambda helpdesk: rated(helpdesk, "dissatisfied"), "manager", "客户不满意，请跟进"),
    "P8.8: closed": (closed, "agent", "已结案，请归档"),
}


@pytest.mark.parametrize("case", SUBJECTS)
def test_p8_subjects_of_mails_to_staff(helpdesk: Organisation, case: str) -> None:
    story, who, subject = SUBJECTS[case]

    number = story(helpdesk)

    assert subjects_to(helpdesk, who)[-1] == f"投诉 {number}：{subject}"


def test_p8_7_the_customer_who_has_yet_to_answer_is_told_what_silence_leads_to(helpdesk: Organisation) -> None:
    number = assigned(helpdesk)
    helpdesk.act(number, "after_sales", "inspect", findings="属实。", root_cause="零件。")

    helpdesk.act(number, "after_sales", "offer", remedies=["redo"], offer="重做。")

    days = helpdesk.deadline(number, "silence")["because"]["limit"]
    assert (days, "14 天内未收到您的答复的，我们将结案" in helpdesk.told("complainant", number)[0]) == (
        "14 calendar days",
        True,
    )


def unreached(helpdesk: Organisation) -> str:
    """An offer to a customer without an address, so that the first response is still owed."""
    helpdesk.mails = False
    return offered(helpdesk)


def unreached_and_rated(helpdesk: Organisation, *acts: tuple[str, str, dict[str, str]]) -> str:
    number = unreached(helpdesk)
    steps = [("complainant", "agree", {}), ("after_sales", "execute", {})]
    for who, act, fields in (*steps, ("complainant", "rate", {"rating": "dissatisfied"}), *acts):
        helpdesk.act(number, who, act, **fields)
    return number


CLOSE, ARCHIVE = ("agent", "close", {"summary": "已退款。"}), ("agent", "archive", {})
NEXT: dict[str, tuple[Story, str, str, str]] = {
    "P8.7: accepted": (unreached, "complainant", "agree", "remedy"),
    "P8.7: not accepted": (unreached, "complainant", "dispute", "negotiation"),
    "P8.7: carried out": (unreached_and_rated, "agent", "reopen", "negotiation"),
    "P8.7: closed": (lambda helpdesk: unreached_and_rated(helpdesk, CLOSE), "complainant", "reopen", "negotiation"),
    "P8.7: archived": (
        lambda helpdesk: unreached_and_rated(helpdesk, CLOSE, ARCHIVE),
        "complainant",
        "reopen",
        "negotiation",
    ),
}


@pytest.mark.parametrize("case", NEXT)
def test_p8_the_customer_is_told_the_time_of_the_next_step(helpdesk: Organisation, case: str) -> None:
    story, who, act, clock = NEXT[case]
    number = story(helpdesk)

    helpdesk.act(number, who, act)

    due = helpdesk.local(helpdesk.deadline(number, clock)["due"])
    assert f"在{int(due[:4])}年{int(due[5:7])}月{int(due[8:10])}日" in helpdesk.told("complainant", number)[0]
