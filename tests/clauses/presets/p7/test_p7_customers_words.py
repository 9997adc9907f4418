"""P7 `property-management`: what the customer reads of each step, and what the mails to staff are about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.behaviour.deadlines import read_by_complainant
from tests.clauses.behaviour.mails import mails_to, subjects_to
from tests.clauses.offices.estate import (
    add_offices,
    at_headquarters,
    decided,
    forwarded,
    handled,
    on_channel,
    replied,
    taken_by_office,
)
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p7.words import CLOSED_WITH_THANKS, NOT_SATISFIED, RECEIVED, TAKEN_UP_AGAIN, THANKS
from tests.kernel.web.pages.case_page import case_page

Story = Callable[[Organisation], str]
CENTRE = "service_centre"


def agreed(estate: Organisation) -> str:
    number = replied(estate)
    estate.act(number, "complainant", "agree")
    return number


def agreed_and_decided(estate: Organisation) -> str:
    number = decided(estate)
    estate.act(number, "complainant", "agree")
    return number


def closed(estate: Organisation) -> str:
    number = agreed_and_decided(estate)
    estate.act(number, CENTRE, "close", summary="已修复。")
    return number


def on_the_spot(estate: Organisation) -> str:
    number = estate.file()
    estate.act(number, CENTRE, "reply", text="灯已换好。")
    return number


DEADLINES: dict[str, tuple[Story, str, str, str]] = {
    "P7.6: forwarding": (Organisation.file, "forwarding", "转达管理处处理", "客服中心"),
    "P7.9: passing_on": (at_headquarters, "passing_on", "总部转达客服中心", "总部"),
    "P7.9: passed_on_late": (at_headquarters, "passed_on_late", "自动转达客服中心", "系统"),
    "P7.7: handling": (forwarded, "handling", "管理处开始处理", "管理处"),
    "P7.7: office_handling": (taken_by_office, "office_handling", "管理处开始处理", "管理处"),
    "P7.7: office_reply": (taken_by_office, "office_reply", "对您的回复", "客服中心和管理处"),
    "P7.1: reminder": (replied, "reminder", "等待您的意见，届时提醒您", "您"),
    "P7.1: silence": (decided, "silence", "等待您的意见，逾期结案", "您"),
    "P7.1: judgement": (replied, "judgement", "核对处理情况", "客服中心"),
    "P7.1: judging": (agreed, "judging", "核对处理情况", "客服中心"),
    "P7.1: wrapping_up": (agreed_and_decided, "wrapping_up", "办理结案", "客服中心"),
    "P7.1: archiving": (closed, "archiving", "归档", "客服中心"),
}


@pytest.mark.parametrize("case", DEADLINES)
def test_p7_deadlines_as_the_customer_reads_them(estate: Organisation, case: str) -> None:
    story, clock, label, actor = DEADLINES[case]

    assert read_by_complainant(estate, story(estate), clock) == {clock: f"{actor}：{label}"}


@pytest.mark.parametrize("channel", ["visit", "phone", "email", "headquarters"])
def test_p7_1_the_customer_is_thanked_for_the_complaint(estate: Organisation, channel: str) -> None:
    number = estate.file(**on_channel(estate, channel))

    assert estate.told("complainant", number) == [RECEIVED.format(number)]


@pytest.mark.parametrize(("story", "asked"), [(replied, "请评定"), (decided, "请办理结案")])
def test_p7_1_an_agreement_is_confirmed_and_the_centre_asked_for_the_next_step(
    estate: Organisation, story: Story, asked: str
) -> None:
    number = story(estate)

    estate.act(number, "complainant", "agree")

    assert estate.told("complainant", number)[0] == THANKS.format(number)
    assert estate.told(CENTRE, number)[0] == f"投诉 {number}：顾客对回复表示满意，{asked}。"


def test_p7_1_after_a_dispute_those_are_asked_who_answer_again(estate: Organisation) -> None:
    number = replied(estate)

    estate.act(number, "complainant", "dispute")

    assert estate.told("complainant", number)[0] == NOT_SATISFIED.format(number)
    asked = {who: "请再次处理并回复" in estate.told(who, number)[0] for who in ("management_office", CENTRE)}
    assert asked == {"management_office": True, CENTRE: False}


def test_p7_1_after_a_dispute_of_an_answer_on_the_spot_the_centre_is_asked(estate: Organisation) -> None:
    number = on_the_spot(estate)

    estate.act(number, "complainant", "dispute")

    assert estate.told(CENTRE, number)[0] == f"投诉 {number}：顾客对回复不满意，请再次处理并回复。"


def test_p7_1_a_reopening_is_confirmed(estate: Organisation) -> None:
    number = closed(estate)
    assert estate.told("complainant", number)[0] == CLOSED_WITH_THANKS.format(number)

    estate.act(number, "complainant", "reopen")

    assert estate.told("complainant", number)[0] == TAKEN_UP_AGAIN.format(number)


def test_p7_7_the_subject_of_the_mail_says_that_it_is_the_reply(estate: Organisation) -> None:
    number = replied(estate)

    mail = mails_to(estate, f"customer-1@{estate.id}.example")[-1]
    assert mail.subject == f"您的投诉 {number}：已答复"


def test_p7_1_the_customer_is_asked_for_no_special_circumstances(estate: Organisation) -> None:
    text = case_page(estate, replied(estate), "/acts/dispute")

    assert ("原因" in text, "特殊情况" in text) == (True, False)


def test_p7_3_why_a_complaint_concerns_no_office_is_for_staff(estate: Organisation) -> None:
    number = estate.file()
    fields = {"text": "已派人更换。", "opinion": "已更换。", "outcome": "valid_without_office"}
    estate.act(number, CENTRE, "decide", **fields, no_office="属外部施工单位责任。")

    page = case_page(estate, number)

    assert ("已派人更换。" in page, "属外部施工单位责任。" in page) == (True, False)


ADDRESS = "late@mail.example"


def answer(estate: Organisation, number: str) -> None:
    """The written reply, by the management office, which the centre approves."""
    if "assign" in estate.complaint(number, "office_head")["acts"]:
        estate.act(number, "office_head", "assign", responsible=[estate.subs["management_office"]])
    estate.act(number, "management_office", "reply", text="灯已换好。")
    estate.act(number, CENTRE, "approve")


@pytest.mark.parametrize("filed", [Organisation.file, forwarded, handled])
@pytest.mark.parametrize("who", ["complainant", CENTRE])
def test_p7_8_a_written_reply_goes_to_an_address_that_was_added_later(
    estate: Organisation, filed: Callable[..., str], who: str
) -> None:
    estate.mails = False
    number = filed(estate, channel="email")

    estate.act(number, who, "supplement", email=ADDRESS)

    answer(estate, number)
    assert "灯已换好。" in estate.world.mail(ADDRESS)


@pytest.mark.parametrize("who", ["department", "headquarters"])
def test_p7_8_no_others_add_an_address(estate: Organisation, who: str) -> None:
    assert estate.try_act(estate.file(), who, "supplement", email=ADDRESS).status == 403


def test_p7_8_an_addition_gives_an_address(estate: Organisation) -> None:
    answer = estate.try_act(estate.file(), "complainant", "supplement", email="nowhere")

    assert (answer.status, answer.pointer) == (422, "/fields/email")


def named(estate: Organisation) -> str:
    add_offices(estate)
    number = estate.file()
    estate.act(number, CENTRE, "confirm", office="north")
    return number


def specially(estate: Organisation) -> str:
    number = handled(estate)
    estate.act(number, "management_office", "notify", reason="缺零件。", until="2026-11-28T09:00:00+08:00")
    return number


def disputed(estate: Organisation) -> str:
    number = replied(estate)
    estate.act(number, "complainant", "dispute")
    return number


def passed_on(estate: Organisation) -> str:
    number = at_headquarters(estate)
    estate.act(number, "headquarters", "transfer")
    return number


def kept(estate: Organisation) -> str:
    number = at_headquarters(estate)
    estate.world.move_to("2026-11-27T09:30:00+08:00")
    return number


def with_contact(estate: Organisation) -> str:
    number = at_headquarters(estate)
    estate.act(number, "headquarters", "notify", contact="客服热线")
    return number


def without_address(estate: Organisation) -> str:
    estate.mails = False
    return estate.file(channel="email")


def taken_over(estate: Organisation) -> str:
    number = estate.file()
    estate.act(number, "leader", "resume", in_charge=[estate.subs[CENTRE]])
    return number


def unjudged(estate: Organisation) -> str:
    number = replied(estate)
    estate.world.move_to("2026-12-12T00:00:00+08:00")
    return number


SUBJECTS: dict[str, tuple[Story, str, str]] = {
    "P7.3: named": (named, "management_office", "涉及本管理处"),
    "P7.7: special circumstances": (specially, CENTRE, "因特殊情况不能按时处理完毕"),
    "P7.7: answered": (replied, CENTRE, "已回复顾客"),
    "P7.1: agreed": (agreed, CENTRE, "顾客满意，请评定"),
    "P7.1: agreed and decided": (agreed_and_decided, CENTRE, "顾客满意，请办理结案"),
    "P7.1: disputed": (disputed, "management_office", "顾客对回复不满意，请再次处理"),
    "P7.1: disputed, to the centre": (disputed, CENTRE, "顾客对回复不满意"),
    "P7.1: closed": (closed, CENTRE, "已结案，请归档"),
    "P7.9: passed on": (passed_on, "headquarters", "转达已送达客服中心"),
    "P7.9: kept": (kept, "headquarters", "未在时限内转达"),
    "P7.9: contact": (with_contact, CENTRE, "总部已提供投诉接口"),
    "P7.8: no address": (without_address, CENTRE, "未登记顾客的电子邮箱"),
    "P7.1: taken over": (taken_over, CENTRE, "已指派，请承办"),
    "P7.1: not judged": (unjudged, CENTRE, "尚未评定，请评定"),
}


@pytest.mark.parametrize("case", SUBJECTS)
def test_p7_subjects_of_mails_to_staff(estate: Organisation, case: str) -> None:
    story, who, subject = SUBJECTS[case]

    number = story(estate)

    assert subjects_to(estate, who)[-1] == f"投诉 {number}：{subject}"
