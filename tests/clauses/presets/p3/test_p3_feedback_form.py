"""P3 `auto-repair-forms`: the printed feedback form of a pending matter (X.8)."""

from __future__ import annotations

from tests.clauses import printed_page
from tests.clauses.offices.workshop import parked, reported
from tests.clauses.organisation import Organisation
from tests.clauses.world import skip_to

NINE = "2026年11月27日 09:00"


def test_x8_the_feedback_form_shows_what_happened_while_the_matter_was_pending(workshop: Organisation) -> None:
    number = reported(workshop, severity="major")
    workshop.act(number, "service_centre", "accept", form_filler="张接待", form_summary="空调不制冷。")
    workshop.act(number, "customer_manager", "park", reason="no_time", asked="done")
    workshop.act(number, "general_manager", "approve")
    workshop.act(number, "general_manager", "approve")
    workshop.act(number, "customer_manager", "do_task", task="home_visit", visit="已登门道歉。")
    workshop.world.move_to("2026-12-02T09:00:00+08:00")
    made = {"contact": "下周来店。", "changes": "配件已到。"}
    workshop.act(number, "customer_manager", "do_task", task="pending_contact", **made)
    workshop.act(number, "service_centre", "resume", changes="客户已到店。")

    values = printed_page.printed(workshop, number, "feedback_form", "management").values

    second = "2026年12月2日 09:00"
    assert (values["处理单填单人姓名"], values["处理单内容概要"]) == (
        [f"张接待 {NINE} 客户服务中心"],
        [f"空调不制冷。 {NINE} 客户服务中心"],
    )
    assert values["上门拜访情况"] == [f"已登门道歉。 {NINE} 客户经理"]
    assert values["未了事宜沟通情况"] == [f"下周来店。 {second} 客户经理"]
    assert values["未了事宜变化情况"] == [f"配件已到。 {second} 客户经理", f"客户已到店。 {second} 客户服务中心"]
    assert values["回访情况"] == []


def test_x8_the_feedback_form_marks_a_closing_before_the_customer_came_late(workshop: Organisation) -> None:
    number = parked(workshop, "no_time")
    skip_to(workshop.world, "2027-05-27T09:00:00+08:00")
    workshop.act(number, "complainant", "reopen")

    values = printed_page.printed(workshop, number, "feedback_form", "management").values

    assert values["结案小结"] == [
        "客户在期限内未来店，未了事宜予以结案。 2027年5月27日 00:00 系统（期限届满自动办理） （重新处理前）"
    ]
