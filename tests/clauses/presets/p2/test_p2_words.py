"""P2 `auto-repair`: what customers and the office read beside the messages of a course: subjects, deadlines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.offices.garage import absent, agreed, contradicted, decided, executed, found, offered, received
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess

Scene = Callable[[Organisation], str]


def by_phone(garage: Organisation) -> str:
    return garage.file(channel="phone")


def refused(garage: Organisation) -> str:
    number = offered(garage)
    garage.act(number, "complainant", "dispute", reason="太晚了。")
    return number


def another_time(garage: Organisation) -> str:
    number = agreed(garage)
    garage.act(number, "complainant", "agree", rework_at="2026-12-05T10:00:00+08:00")
    return number


def inspection_accepted(garage: Organisation) -> str:
    return agreed(garage, "not_ours")


def absent_from_the_inspection(garage: Organisation) -> str:
    number = inspection_accepted(garage)
    garage.world.move_to("2026-12-02T18:00:00+08:00")
    garage.act(number, "customer_service", "park")
    return number


def coming_after_all(garage: Organisation) -> str:
    number = absent_from_the_inspection(garage)
    garage.act(number, "complainant", "agree")
    return number


def found_again(garage: Organisation) -> str:
    number = inspection_accepted(garage)
    garage.act(number, "service_manager", "find_liability", findings="漏装密封圈。", finding="ours")
    return number


def void(garage: Organisation) -> str:
    number = agreed(garage)
    garage.act(number, "customer_service", "offer")
    return number


def answered_late(garage: Organisation) -> str:
    number = offered(garage)
    garage.world.move_to("2026-12-12T00:00:00+08:00")
    garage.act(number, "complainant", "reopen")
    return number


SUBJECTS: dict[str, tuple[Scene, str]] = {
    "请接待客户": (by_phone, "customer_service"),
    "请提出处理意见": (found, "customer_service"),
    "客户已接受处理意见": (agreed, "customer_service"),
    "客户不接受处理意见": (refused, "technical_manager"),
    "请办理结案": (decided, "customer_service"),
    "客户另约返修时间": (another_time, "customer_service"),
    "客户未到店": (absent, "customer_service"),
    "客户将到店检测": (coming_after_all, "customer_service"),
    "请重新提出处理意见": (found_again, "customer_service"),
    "请客户另约时间": (void, "customer_service"),
    "客户在结案后答复": (answered_late, "customer_service"),
}


@pytest.mark.parametrize("topic", SUBJECTS)
def test_p2_the_subject_of_a_mail_says_what_has_happened(garage: Organisation, topic: str) -> None:
    scene, who = SUBJECTS[topic]

    number = scene(garage)

    assert isinstance(garage.world, InProcess)
    assert garage.world.fakes.mailer.to(garage.emails[who])[-1].subject == f"投诉 {number}：{topic}"


DEADLINES: dict[str, tuple[Scene, tuple[str, str]]] = {
    "handling": (received, ("向您提出处理意见", "客服")),
    "another_offer": (contradicted, ("重新向您提出处理意见", "客服")),
    "reminder": (offered, ("尚未答复的，我们将提醒您", "客服")),
    "silence": (offered, ("请您答复处理意见，逾期结案", "您")),
    "appointment": (agreed, ("您约定的返修时间", "您和维修部门")),
    "beginning": (agreed, ("开始为您返修", "维修部门")),
    "latest_time": (agreed, ("返修最迟应在此前进行", "您和维修部门")),
    "visit": (inspection_accepted, ("请您到店接受免费检测", "您")),
    "absence": (absent, ("请您到店或另约时间，逾期结案", "您")),
    "rework_result": (executed, ("向您告知办理结果", "客服")),
    "completion": (decided, ("结案和归档", "客服")),
}


@pytest.mark.parametrize("clock", DEADLINES)
def test_p2_the_customer_reads_who_owes_what(garage: Organisation, clock: str) -> None:
    scene, words = DEADLINES[clock]

    run = garage.deadline(scene(garage), clock)

    assert (run["label"]["zh"], run["actor"]["zh"]) == words


def test_p2_5_who_accepts_an_explanation_is_told_until_when_it_is_given(garage: Organisation) -> None:
    number = found(garage, "not_ours")
    garage.act(number, "customer_service", "offer", explanation="patient", offer="属正常磨损。")

    garage.act(number, "complainant", "agree")

    assert garage.told("complainant", number)[0] == (
        f"您的投诉 {number}：您已接受处理意见，我们将于 2026年12月4日（周五）18:00 前落实。"
    )


@pytest.mark.parametrize("scene", [agreed, another_time])
def test_p2_5_the_customer_has_the_agreed_time_in_writing(garage: Organisation, scene: Scene) -> None:
    number = scene(garage)

    day = "12月5日" if scene is another_time else "11月28日"
    assert garage.told("complainant", number)[0] == (
        f"您的投诉 {number}：您已接受处理意见，返修时间为 2026年{day}（周六）10:00，"
        "请您按时到店。如不便前来，请您另约时间。"
    )


def test_p2_5_an_absent_customer_has_the_new_time_in_writing(garage: Organisation) -> None:
    number = absent(garage)

    garage.act(number, "complainant", "agree", rework_at="2026-12-05T10:00:00+08:00")

    assert "返修时间为 2026年12月5日（周六）10:00" in garage.told("complainant", number)[0]


def test_p2_5_customer_service_hears_that_the_customer_is_not_satisfied(garage: Organisation) -> None:
    number = executed(garage)

    garage.act(number, "customer_service", "decide", outcome="unsettled")

    assert garage.told("customer_service", number)[0] == f"投诉 {number} 已作出处理决定：客户不满意。"


def test_p2_4_the_customer_is_thanked_once_more_at_the_closing(garage: Organisation) -> None:
    number = decided(garage)

    garage.act(number, "customer_service", "close", summary="客户谅解。")

    assert garage.told("complainant", number)[0].startswith(f"您的投诉 {number} 已结案，再次感谢您提出宝贵的意见。")
