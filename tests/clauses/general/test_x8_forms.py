"""X.8: the forms that the sources name are printable documents of the case, in zh, with the source's headings."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from chalicelib.policy import presets
from tests.clauses import printed_page
from tests.clauses.lens import OtherPolicy
from tests.clauses.offices import bureau as at_bureau
from tests.clauses.offices import company as at_company
from tests.clauses.offices import workshop as at_workshop
from tests.clauses.organisation import Organisation
from tests.clauses.renaming import Renamed
from tests.clauses.running import seen_through
from tests.clauses.world import InProcess

NINE = "2026年11月27日 09:00"


def feedback(workshop: Organisation) -> str:
    """A case with an objection, a negotiation that both sign, and a return visit."""
    number = at_workshop.handed_over(workshop, contacted=True, return_visit_wanted=True)
    workshop.act(number, "management", "object", rule="考核办法", objection="处理偏轻。")
    workshop.act(number, "customer_manager", "sign", agreement="同意追责。")
    workshop.act(number, "respondent_department", "approve")
    workshop.act(number, "management", "notify")
    workshop.act(number, "general_manager", "decide", final_opinion="照此办理。", outcome="resolved")
    workshop.act(number, "management", "execute", **at_workshop.FORM)
    workshop.act(number, "management", "close", note="已转客服中心。")
    [visit] = workshop.complaint(number, "service_centre")["tasks"]
    workshop.act(number, "service_centre", "do_task", task=visit["id"], satisfied=True, contact="客户满意。")
    return number


def work_order(company: Organisation) -> str:
    wanted = {"reply_wanted_at": "2026-11-27T15:00:00+08:00"}
    number = at_company.recorded(company, facts=wanted)
    company.act(number, "team_lead", "object", reason="地址不完整。")
    company.act(number, "agent", "accept", **at_company.WORK_ORDER)
    company.act(number, "team_lead", "confirm")
    company.act(number, "team_lead", "classify", severity="important", sign="strong_dissatisfaction")
    company.act(number, "team_lead", "forward", to="business_unit")
    company.act(number, "business_unit", "assign", responsible=company.subs["business_unit"])
    company.act(number, "business_unit", "notify", asked="support_department", request="请提供送货记录。")
    company.act(number, "support_department", "reply", contribution="已提供记录。")
    company.act(number, "business_unit", "inspect", findings="晚到三天。", truthful=True, test_report="不适用。")
    company.act(number, "business_unit", "decide", solution="退还运费。", outcome="resolved")
    company.act(number, "complainant", "agree")
    company.act(number, "agent", "close", summary="已退运费。")
    return number


def record(bureau: Organisation) -> str:
    number = at_bureau.settled(bureau)
    bureau.act(number, "officer", "execute")
    bureau.act(number, "officer", "close", handling_record="已责令退款。")
    bureau.act(number, "archivist", "archive")
    return number


FEEDBACK = {
    "登记时间": NINE,
    "车牌号": "示A00000",
    "填单人姓名": "示例接待员",
    "客户姓名": "示例车主",
    "联系电话": "00000000000",
    "内容概要": "空调维修后仍不制冷",
    "填写处理单": f"{NINE} 客户经理",
    "处理单填单人姓名": f"示例客户经理 {NINE} 客户经理",
    "处理单内容概要": [],
    "时间": "2026年1月1日",
    "地点": "一号车间",
    "人员": "维修班组",
    "事情经过": "客户取车后发现空调不制冷，当日返店。",
    "其结果如何": "待查",
    "客户的投诉性质": "质量问题",
    "投诉类别": "一般投诉",
    "已向客户道歉": "是",
    "上报或转交到": [f"客户经理 {NINE} 接到意见的员工", f"管理部 {NINE} 客户经理"],
    "责任认定": f"我方责任 {NINE} 客户经理",
    "处理意见": f"返修并致歉。 {NINE} 客户经理",
    "被反馈部门的意见": f"班组认可。 {NINE} 客户经理",
    "与客户沟通": f"是 {NINE} 客户经理",
    "需要回访": f"是 {NINE} 客户经理",
    "报主管总经理认可": [],
    "未了原因": [],
    "上门拜访情况": [],
    "未了事宜沟通情况": [],
    "未了事宜变化情况": [],
    "复核依据的公司文件": f"考核办法 {NINE} 管理部",
    "过失处理意见": [],
    "异议": f"处理偏轻。 {NINE} 管理部",
    "协商意见及被反馈部门签署": [f"同意追责。 {NINE} 被反馈部门"],
    "客户经理签署": f"{NINE} 客户经理",
    "主管总经理处理意见": f"照此办理。 {NINE} 主管总经理",
    "结果": f"已解决 {NINE} 主管总经理",
    "责任追究": f"班组扣分。 {NINE} 管理部",
    "过失沟通": f"已面谈。 {NINE} 管理部",
    "最终处理单": f"最终处理单一份。 {NINE} 管理部",
    "实施时间": f"{NINE} 管理部",
    "转客户服务中心": f"{NINE} 管理部 （期限：2026年11月27日 24:00，已按时完成）",
    "结案小结": f"已转客服中心。 {NINE} 管理部",
    "客户是否满意": f"是 {NINE} 客户服务中心",
    "回访情况": f"客户满意。 {NINE} 客户服务中心",
}
WORK_ORDER = {
    "受理时间": NINE,
    "投诉渠道": "电话",
    "受理人员班组": f"一组 {NINE} 普通坐席",
    "受理人员工号": f"0007 {NINE} 普通坐席",
    "提交工单": f"{NINE} 普通坐席",
    "客户姓名或称谓": "示例客户",
    "有效联系电话": "00000000000",
    "客户详细地址": "示例市示例路1号2层东",
    "投诉事项": "服务质量",
    "客户诉求": "要求解决问题",
    "投诉的详细内容": "送货比约定晚了三天，客服多次承诺回电都没有回。",
    "投诉类别": "重要投诉",
    "登记为重要投诉的依据": [],
    "登记为重大投诉的依据": [],
    "分类依据": f"客户强烈不满 {NINE} 班长坐席",
    "客户要求的回复时间": "2026年11月27日 15:00",
    "处理时限": f"{NINE} 业务部门 （期限：2026年11月27日 15:00，已按时完成）",
    "班长坐席审核": f"{NINE} 班长坐席",
    "退回理由": f"地址不完整。 {NINE} 班长坐席",
    "转致部门": f"业务部门 {NINE} 班长坐席",
    "转交部门": [],
    "转交理由": [],
    "责任人": f"business_unit {NINE} 业务部门",
    "查证情况": f"晚到三天。 {NINE} 业务部门",
    "是否属实": f"是 {NINE} 业务部门",
    "请求配合的部门": f"其他支持部门 {NINE} 业务部门",
    "需要配合的事项": f"请提供送货记录。 {NINE} 业务部门",
    "配合情况": f"已提供记录。 {NINE} 其他支持部门",
    "样本检测分析": [],
    "检测报告": f"不适用。 {NINE} 业务部门",
    "处理结果": f"退还运费。 {NINE} 业务部门",
    "结论": f"已解决 {NINE} 业务部门",
    "客户接受处理结果": f"{NINE} 投诉人",
    "客户不接受的理由": [],
    "处理小结": f"已退运费。 {NINE} 普通坐席",
    "结案": f"{NINE} 普通坐席",
    "异议后结案的理由": [],
    "重新处理": [],
    "重新处理的理由": [],
    "当前阶段": "已结案",
}
THEN = "2026年9月23日 09:00"
RECORD = {
    "登记时间": THEN,
    "投诉方式": "口头",
    "受理范围": "食品、消费",
    "投诉者姓名": "示例投诉人",
    "性别": "女",
    "联系电话": "00000000000",
    "被投诉者名称": "示例食品店",
    "通讯地址": "示例县示例路1号",
    "投诉的诉求": "退还货款并依法查处",
    "事实与理由": "购买的糕点在保质期内发霉，商家拒绝退货。",
    "事件发生时间": "2026年9月22日",
    "知道或应知道的时间": "2026年9月22日",
    "受理条件": "投诉者与投诉事项有直接利害关系：是\n有明确的被投诉者、具体的投诉请求、事实和理由：是\n"
    "属于投诉受理范围：是\n提交符合规定的口头或书面投诉书：是\n在规定的投诉时效期限内提出：是 "
    f"{THEN} 信息中心",
    "延长时效的理由": [],
    "受理": f"{THEN} 信息中心",
    "不予受理的理由": [],
    "转送机构": [],
    "指派的执法人员": f"officer {THEN} 局领导",
    "处理决定时限": f"{THEN} 执法人员 （期限：2026年10月8日 18:00，已按时完成）",
    "调查结果": f"现场核实，食品已过保质期。 {THEN} 执法人员",
    "参加调解的人员": f"投诉人、店主 {THEN} 执法人员",
    "调解时间": f"{THEN} {THEN} 执法人员",
    "调解结果": f"双方未达成一致 {THEN} 执法人员",
    "调解情况": [],
    "处理意见": f"责令退款。 {THEN} 执法人员",
    "处理依据": f"食品安全法第一百四十八条 {THEN} 执法人员",
    "处理结果": f"投诉属实 {THEN} 执法人员",
    "回避人员": [],
    "回避的理由": [],
    "重新办理": [],
    "接受处理意见": f"{THEN} 投诉人",
    "不接受处理意见": [],
    "不接受的理由": [],
    "相关处理": f"已责令退款。 {THEN} 执法人员",
    "执行": f"{THEN} 执法人员",
    "未能执行": [],
    "结案": f"{THEN} 执法人员",
    "结案登记、归入档案": f"{THEN} 档案管理员",
}


def listed(expected: dict[str, Any]) -> dict[str, list[str]]:
    return {label: value if isinstance(value, list) else [value] for label, value in expected.items()}


def test_x8_the_feedback_form_holds_all_that_the_source_lists(workshop: Organisation) -> None:
    page = printed_page.printed(workshop, feedback(workshop), "feedback_form", "management")

    assert page.title == "客户信息反馈处理单"
    assert page.values == listed(FEEDBACK)


def test_x8_the_feedback_form_shows_the_opinion_on_negligence_and_why_a_matter_is_pending(
    workshop: Organisation,
) -> None:
    number = at_workshop.parked(workshop, "parts_delay")
    workshop.act(number, "customer_manager", "resume")
    workshop.act(number, "customer_manager", "accept", **at_workshop.FILLED)
    workshop.act(number, "customer_manager", "find_liability", **at_workshop.FINDING)
    workshop.act(number, "customer_manager", "forward", to="management")
    workshop.act(number, "management", "confirm", **at_workshop.REVIEW)

    values = printed_page.printed(workshop, number, "feedback_form", "management").values

    assert values["未了原因"] == [f"配件延时 {NINE} 主管总经理"]
    assert values["过失处理意见"] == [f"轻微过失。 {NINE} 管理部"]


def test_x8_the_work_order_holds_the_six_items_and_the_handling(company: Organisation) -> None:
    page = printed_page.printed(company, work_order(company), "work_order", "agent")

    assert page.title == "客户投诉处理工单"
    assert page.values == listed(WORK_ORDER)


def test_x8_the_complaint_record_holds_registration_screening_handling_and_archive(bureau: Organisation) -> None:
    page = printed_page.printed(bureau, record(bureau), "complaint_record", "officer")

    assert page.title == "举报投诉记录"
    assert page.values == listed(RECORD)


def test_x8_the_complaint_record_tells_where_it_was_transferred_and_why_it_was_disputed(bureau: Organisation) -> None:
    transferred = at_bureau.filed(bureau)
    bureau.act(transferred, "information_centre", "transfer", body="示例市市场监督管理局")
    disputed = at_bureau.decided(bureau)
    bureau.act(disputed, "complainant", "dispute", reason="退款太少。")

    numbers, form = (transferred, disputed), ("complaint_record", "information_centre")
    first, second = (printed_page.printed(bureau, number, *form).values for number in numbers)

    assert first["转送机构"] == [f"示例市市场监督管理局 {THEN} 信息中心"]
    assert (second["不接受处理意见"], second["不接受的理由"]) == ([f"{THEN} 投诉人"], [f"退款太少。 {THEN} 投诉人"])


def test_x8_the_return_visit_is_not_mixed_with_the_monthly_contact(workshop: Organisation) -> None:
    number = at_workshop.parked(workshop)
    workshop.world.move_to("2026-12-01T09:00:00+08:00")
    [contact] = workshop.complaint(number, "customer_manager")["tasks"]
    workshop.act(number, "customer_manager", "do_task", task=contact["id"], contact="客户下周来店。")

    assert printed_page.printed(workshop, number, "feedback_form", "management").values["回访情况"] == []


FORMS = {
    "auto-repair-forms": ("feedback_form", at_workshop.workshop_in, feedback, "management"),
    "corporate-standard": ("work_order", at_company.company_in, work_order, "agent"),
    "food-drug-administration": ("complaint_record", at_bureau.bureau_in, record, "officer"),
}


@pytest.mark.parametrize("preset", FORMS)
def test_x8_every_line_of_a_form_has_an_english_heading(preset: str) -> None:
    name, found, play, who = FORMS[preset]
    organisation = found(InProcess("2026-09-23T09:00:00+08:00"))
    page = printed_page.printed(organisation, play(organisation), name, who, "en")

    assert page.title.isascii()
    assert [label for label in (*page.sections, *page.values) if not label.isascii()] == []
    assert sum(map(len, page.sections.values())) == len(page.values)


@pytest.mark.parametrize("preset", FORMS)
def test_x5_a_form_prints_the_same_under_other_names(preset: str) -> None:
    name, found, play, who = FORMS[preset]

    def values() -> dict[str, list[str]]:
        organisation = found(InProcess("2026-09-23T09:00:00+08:00"))
        return printed_page.printed(organisation, play(organisation), name, who).values

    with seen_through(Renamed(preset)):
        renamed = values()
    with seen_through(OtherPolicy(preset, _without_examples(preset))):
        assert renamed == values()


def _without_examples(preset: str) -> dict[str, Any]:
    return {key: part for key, part in copy.deepcopy(presets.document(preset)).items() if key != "examples"}
