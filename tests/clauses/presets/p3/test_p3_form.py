"""P3 `auto-repair-forms`: what the printed 《客户信息反馈处理单》 shows of a case, clause by clause."""

from __future__ import annotations

import pytest

from tests.clauses import printed_page
from tests.clauses.offices.workshop import FILLED, FORM, OBJECTION, REVIEW
from tests.clauses.organisation import Organisation

FINDING = {"finding": "ours", "department_view": "班组认可。"}
SIGNED = {"agreement": "各担一半。"}


def pending(workshop: Organisation) -> str:
    """Parked, contacted in December, parked again, and resumed, so that values of the form occur twice."""
    number = workshop.file()
    workshop.act(number, "staff", "forward", to="service_centre")
    workshop.act(number, "service_centre", "accept", **FILLED)
    for reason in ("no_time", "quality"):
        workshop.act(number, "customer_manager", "park", reason=reason, asked="done")
        workshop.act(number, "general_manager", "approve")
        workshop.world.move_to("2026-12-01T10:00:00+08:00")
        if reason == "no_time":
            workshop.act(number, "customer_manager", "do_task", task="pending_contact", contact="联系不上。")
        workshop.act(number, "customer_manager", "resume")
    return number


def ended(workshop: Organisation, number: str) -> str:
    workshop.act(number, "management", "notify")
    workshop.act(number, "general_manager", "decide", final_opinion="同意。", outcome="explained")
    workshop.act(number, "management", "execute", **FORM)
    workshop.world.move_to("2026-12-01T11:00:00+08:00")
    workshop.act(number, "management", "close", note="已转客服中心。")
    task = {"task": "return_visit", "satisfied": False}
    workshop.act(number, "service_centre", "do_task", **task, contact="客户仍不满意。")
    return number


def handed_over(workshop: Organisation) -> str:
    number = pending(workshop)
    for opinion in ("返修。", "返修并致歉。"):
        workshop.act(number, "customer_manager", "find_liability", **FINDING, opinion=opinion)
    wanted = {"contacted": False, "return_visit_wanted": True}
    workshop.act(number, "customer_manager", "forward", to="management", **wanted)
    return number


def negotiated(workshop: Organisation) -> str:
    number = handed_over(workshop)
    workshop.act(number, "management", "object", **OBJECTION)
    workshop.act(number, "customer_manager", "sign", **SIGNED)
    workshop.act(number, "respondent_department", "approve")
    return ended(workshop, number)


def confirmed(workshop: Organisation) -> str:
    number = handed_over(workshop)
    workshop.act(number, "management", "confirm", **REVIEW)
    return ended(workshop, number)


THEN, LATER = "2026年12月1日 10:00", "2026年12月1日 11:00"
NEGOTIATED: dict[str, tuple[str, dict[str, list[str]]]] = {
    "P3.2": (
        "基本信息",
        {
            "登记时间": ["2026年11月27日 09:00"],
            "车牌号": ["示A00000"],
            "填单人姓名": ["示例接待员"],
            "客户姓名": ["示例车主"],
            "联系电话": ["00000000000"],
            "内容概要": ["空调维修后仍不制冷"],
            "填写处理单": ["2026年11月27日 09:00 客户服务中心"],
            "处理单填单人姓名": ["示例客户经理 2026年11月27日 09:00 客户服务中心"],
            "处理单内容概要": [],
        },
    ),
    "P3.1": (
        "投诉内容",
        {
            "时间": ["2026年1月1日"],
            "地点": ["一号车间"],
            "人员": ["维修班组"],
            "事情经过": ["客户取车后发现空调不制冷，当日返店。"],
            "其结果如何": ["待查"],
            "客户的投诉性质": ["质量问题"],
            "投诉类别": ["一般投诉"],
            "已向客户道歉": ["是"],
            "上报或转交到": ["客户服务中心 2026年11月27日 09:00 接到意见的员工", f"管理部 {THEN} 客户经理"],
        },
    ),
    "P3.3 P3.6 P3.7 P3.9 P3.10": (
        "客户经理与被反馈部门处理",
        {
            "责任认定": [f"我方责任 {THEN} 客户经理"],
            "处理意见": [f"返修。 {THEN} 客户经理 （此后已被替代）", f"返修并致歉。 {THEN} 客户经理"],
            "被反馈部门的意见": [f"班组认可。 {THEN} 客户经理 （此后已被替代）", f"班组认可。 {THEN} 客户经理"],
            "与客户沟通": [f"否 {THEN} 客户经理"],
            "需要回访": [f"是 {THEN} 客户经理"],
            "报主管总经理认可": ["2026年11月27日 09:00 客户经理", f"{THEN} 客户经理"],
            "未了原因": [
                "客户没有时间 2026年11月27日 09:00 主管总经理",
                f"当时无法确定责任的质量问题 {THEN} 主管总经理",
            ],
            "上门拜访情况": [],
            "未了事宜沟通情况": [f"联系不上。 {THEN} 客户经理"],
            "未了事宜变化情况": [],
        },
    ),
    "P3.4: review": (
        "管理部复核",
        {
            "复核依据的公司文件": [f"《质量考核办法》第三条 {THEN} 管理部"],
            "过失处理意见": [],
            "异议": [f"责任划分不清。 {THEN} 管理部"],
            "协商意见及被反馈部门签署": [f"各担一半。 {THEN} 被反馈部门"],
            "客户经理签署": [f"{THEN} 客户经理"],
        },
    ),
    "P3.4: opinion": (
        "上报主管总经理",
        {"主管总经理处理意见": [f"同意。 {THEN} 主管总经理"], "结果": [f"已解释 {THEN} 主管总经理"]},
    ),
    "P3.5": (
        "责任追究",
        {
            "责任追究": [f"班组扣分。 {THEN} 管理部"],
            "过失沟通": [f"已面谈。 {THEN} 管理部"],
            "最终处理单": [f"最终处理单一份。 {THEN} 管理部"],
            "实施时间": [f"{THEN} 管理部"],
            "转客户服务中心": [f"{LATER} 管理部 （期限：2026年12月1日 24:00，已按时完成）"],
            "结案小结": [f"已转客服中心。 {LATER} 管理部"],
        },
    ),
    "P3.10": (
        "回访",
        {"客户是否满意": [f"否 {LATER} 客户服务中心"], "回访情况": [f"客户仍不满意。 {LATER} 客户服务中心"]},
    ),
}
"""By clause: a section of the form of a negotiated case, with its lines."""


def test_p3_2_the_form_of_each_case_can_be_printed(workshop: Organisation) -> None:
    assert printed_page.ask(workshop, workshop.file(), "feedback_form", "service_centre").status == 200


@pytest.mark.parametrize("case", NEGOTIATED)
def test_p3_form_of_a_negotiated_case(workshop: Organisation, case: str) -> None:
    section, expected = NEGOTIATED[case]

    page = printed_page.printed(workshop, negotiated(workshop), "feedback_form", "service_centre")

    assert page.sections.get(section) == list(expected)
    assert {label: page.values[label] for label in expected} == expected


def test_p3_4_the_form_shows_the_opinion_of_a_review_without_objection(workshop: Organisation) -> None:
    page = printed_page.printed(workshop, confirmed(workshop), "feedback_form", "service_centre")

    reviewed = {label: page.values[label] for label in page.sections["管理部复核"]}
    assert reviewed == {
        "复核依据的公司文件": [f"《质量考核办法》第三条 {THEN} 管理部"],
        "过失处理意见": [f"轻微过失。 {THEN} 管理部"],
        "异议": [],
        "协商意见及被反馈部门签署": [],
        "客户经理签署": [],
    }
