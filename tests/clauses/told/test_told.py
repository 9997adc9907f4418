"""Notices that the clauses require: each reader gets a message in the application and a mail, in their language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.clauses.offices import bureau, estate, garage, hall, marketplace, regulator, workshop
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess

START = "2026-11-27T09:00:00+08:00"
CUSTOMER = "customer@mail.example"
Story = Callable[[Organisation], str]


def refused(office: Organisation) -> str:
    number = bureau.filed(office)
    office.act(number, "information_centre", "refuse", ground="no_facts")
    return number


def transferred(office: Organisation) -> str:
    number = bureau.filed(office)
    office.act(number, "information_centre", "transfer", body="市食品药品监督管理局")
    return number


def approved(office: Organisation) -> str:
    number = estate.handled(office, channel="email")
    office.act(number, "management_office", "reply", text="灯已换好。")
    office.act(number, "service_centre", "approve")
    return number


def objected(office: Organisation) -> str:
    number = workshop.handed_over(office)
    office.act(number, "management", "object", **workshop.OBJECTION)
    return number


def _decided(zh: str, en: str) -> tuple[str, str]:
    return f"您的投诉 {{}} 已作出处理决定：{zh}。", f"Your complaint {{}} has been decided: {en}."


TO_COMPLAINANT: dict[str, tuple[Callable[[Any], Organisation], Story, tuple[str, str]]] = {
    "P1.5": (marketplace.marketplace_in, marketplace.decided, _decided("投诉成立", "Upheld")),
    "P4.5": (
        hall.hall_in,
        hall.decided,
        (
            "您的投诉 {} 已作出处理决定：投诉属实。处理方案附后，请您对处理结果作出评价；"
            "2027年2月25日（周四）24:00 前未评价的，本中心将予以结案。",
            "There is a decision on your complaint {}: upheld. The handling plan is enclosed. Please rate the result; "
            "otherwise the case is closed on Thu 25 Feb 2027 24:00.",
        ),
    ),
    "P5.4": (
        regulator.regulator_in,
        regulator.ordered,
        (
            "您的投诉 {} 经核实，通信服务提供商存在违规行为，已依法处罚并责令整改。处理结果附后。",
            "We have looked into your complaint {} and found a violation. The provider is sanctioned and ordered to "
            "rectify it. What was decided is enclosed.",
        ),
    ),
    "P7.8": (
        estate.estate_in,
        approved,
        (
            "我们对您的投诉 {} 的回复附后，请您告知是否满意。您不满意的，我们将再次处理并回复您；"
            "一直未收到您的意见的，我们将结案，结案后您仍可申请重新处理。",
            "Our reply to your complaint {} is enclosed. Please tell us whether you agree. If you do not, we will "
            "handle it again; without an answer we will close the case, which you can still have reopened then.",
        ),
    ),
    "P9.3": (
        bureau.bureau_in,
        refused,
        (
            "您的投诉 {} 不予受理，理由：无具体的投诉事实。",
            "Your complaint {} has been refused on this ground: No concrete facts.",
        ),
    ),
    "P9.7": (
        bureau.bureau_in,
        transferred,
        ("您的投诉 {} 已转送其他机构。", "Your complaint {} has been transferred to another body."),
    ),
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("clause", TO_COMPLAINANT)
def test_the_complainant_gets_a_message_and_a_mail(clause: str, language: str) -> None:
    open_, story, texts = TO_COMPLAINANT[clause]
    office = open_(InProcess(START))
    office.always = {"facts": {"complainant.email": CUSTOMER}, "language": language}

    number = story(office)

    text = texts[language == "en"].format(number)
    assert office.told("complainant", number, language)[:1] == [text]
    assert office.world.mail(CUSTOMER).startswith(text + "\n")


def on_site(office: Organisation) -> str:
    return office.file(channel="on_site")


def major(office: Organisation) -> str:
    return office.file(severity="major")


TO_STAFF: dict[str, tuple[Callable[[Any], Organisation], Story, str, tuple[str, str]]] = {
    "P2.3": (
        garage.garage_in,
        on_site,
        "customer_service",
        (
            "现场投诉 {}：请客服立即到场处理，服务顾问陪同。",
            "On-site complaint {}. Customer service: please handle it on the spot at once. "
            "Service adviser: please accompany them.",
        ),
    ),
    "P3.4": (
        workshop.workshop_in,
        objected,
        "respondent_department",
        (
            "管理部对投诉 {} 的处理意见有异议，请参加协商并签署协商意见。",
            "Management objects to the handling opinion on complaint {}. Please negotiate, and sign what was agreed.",
        ),
    ),
    "P7.2": (
        estate.estate_in,
        major,
        "leader",
        (
            "重大或紧急投诉 {}，请立即处理，事后补报书面材料。",
            "Major or urgent complaint {}. Please act at once; a written report follows.",
        ),
    ),
    "P7.7": (
        estate.estate_in,
        estate.replied,
        "service_centre",
        ("投诉 {} 已回复顾客。", "The customer has been answered on complaint {}."),
    ),
}


@pytest.mark.parametrize("clause", TO_STAFF)
def test_staff_get_a_message_and_a_mail_in_their_language(clause: str) -> None:
    open_, story, role, (zh, en) = TO_STAFF[clause]
    office = open_(InProcess(START))
    hire(office, role, name="colleague", language="en")

    number = story(office)

    assert office.told(role, number)[:1] == [zh.format(number)]
    assert office.world.mail(office.emails[role]).startswith(zh.format(number) + "\n")
    assert office.told("colleague", number, "en")[:1] == [en.format(number)]
    assert office.world.mail(office.emails["colleague"]).startswith(en.format(number) + "\n")


def test_p7_8_the_mail_contains_the_reply_only_after_approval() -> None:
    office = estate.estate_in(InProcess(START))
    office.always = {"facts": {"complainant.email": CUSTOMER}}
    number = estate.handled(office, channel="email")
    office.act(number, "management_office", "reply", text="灯已换好，敬请谅解。")
    assert sent_to(office, CUSTOMER, "灯已换好") == []

    office.act(number, "service_centre", "approve")

    assert len(sent_to(office, CUSTOMER, "灯已换好，敬请谅解。")) == 1
    assert sent_to(office, office.emails["service_centre"], "灯已换好") == []


def sent_to(office: Organisation, address: str, words: str) -> list[str]:
    assert isinstance(office.world, InProcess)
    return [mail.text for mail in office.world.fakes.mailer.to(address) if words in mail.text]


def test_a_complainant_without_an_address_gets_the_message_only() -> None:
    office = marketplace.marketplace_in(InProcess(START))
    office.always = {"facts": {"complainant.contact": "00000000000"}}

    number = marketplace.decided(office)

    assert office.told("complainant", number)[0] == _decided("投诉成立", "Upheld")[0].format(number)
    assert sent_to(office, "user@example.com", "") == []


def test_no_mail_contains_the_complainants_name_or_text() -> None:
    office = marketplace.marketplace_in(InProcess(START))
    office.always = {"facts": {"complainant.name": "张三丰", "complainant.email": CUSTOMER, "reason": "缺斤短两"}}

    marketplace.decided(office)

    assert isinstance(office.world, InProcess)
    outbox = "".join(mail.subject + mail.text for mail in office.world.fakes.mailer.outbox)
    assert [word for word in ("张三丰", "缺斤短两", CUSTOMER) if word in outbox] == []


def test_an_invalid_address_is_refused_at_filing() -> None:
    office = marketplace.marketplace_in(InProcess(START))

    answer = office.try_file(facts={"complainant.email": "nowhere"})

    assert (answer.status, answer.pointer) == (422, "/facts/complainant.email")
