"""P6.3 and X.8 `corporate-standard`: the work order keeps who was responsible, and each reason at its own line."""

from __future__ import annotations

from tests.clauses import printed_page
from tests.clauses.offices.company import decided, forwarded, handled
from tests.clauses.organisation import Organisation

NINE = "2026年11月27日 09:00"


def printed(company: Organisation, number: str) -> dict[str, list[str]]:
    return printed_page.printed(company, number, "work_order", "agent").values


def test_p6_3_the_work_order_of_each_case_can_be_printed(company: Organisation) -> None:
    assert printed_page.ask(company, company.file(), "work_order", "agent").status == 200


def test_p6_3_the_work_order_keeps_who_was_responsible_and_why_it_was_handed_on(company: Organisation) -> None:
    number = handled(company)
    company.world.move_to("2026-11-27T10:00:00+08:00")
    company.act(number, "business_unit", "forward", pass_to="sales_unit", reason="属销售单位。")
    company.world.move_to("2026-11-27T11:00:00+08:00")
    company.act(number, "sales_unit", "assign", responsible=company.subs["sales_unit"])

    values = printed(company, number)

    assert values["责任人"] == [
        f"business_unit {NINE} 业务部门 （此后已被替代）",
        "sales_unit 2026年11月27日 11:00 销售单位",
    ]
    assert values["转交部门"] == ["销售单位 2026年11月27日 10:00 业务部门"]
    assert values["转交理由"] == ["属销售单位。 2026年11月27日 10:00 业务部门"]


def test_p6_3_the_work_order_names_no_person_before_the_assignment(company: Organisation) -> None:
    assert printed(company, forwarded(company))["责任人"] == []


def test_p6_3_the_work_order_lists_each_sample_test_with_who_made_it(company: Organisation) -> None:
    number = handled(company)
    company.act(number, "business_unit", "notify", asked="quality_control", request="请检测。")
    company.act(number, "quality_control", "execute", sample_test="抽检合格。")
    company.act(number, "business_unit", "inspect", findings="属实", truthful=True, sample_test="复检合格。")

    assert printed(company, number)["样本检测分析"] == [
        f"抽检合格。 {NINE} 生产单位品控部",
        f"复检合格。 {NINE} 业务部门",
    ]


def test_p6_5_the_work_order_keeps_each_reason_after_the_decision(company: Organisation) -> None:
    number = handled(company)
    for reason in ("金额不对。", "仍不对。"):
        company.act(number, "business_unit", "inspect", findings="属实", truthful=True)
        company.act(number, "business_unit", "decide", solution="退款", outcome="resolved")
        company.act(number, "complainant", "dispute", reason=reason)
        if reason == "金额不对。":
            company.act(number, "team_lead", "reopen", reason="重新核算。")
    company.act(number, "team_lead", "close", summary="已解释。", reason="已按合同赔偿。")

    values = printed(company, number)

    assert values["客户不接受的理由"] == [f"金额不对。 {NINE} 投诉人 （重新处理前）", f"仍不对。 {NINE} 投诉人"]
    assert values["重新处理的理由"] == [f"重新核算。 {NINE} 班长坐席"]
    assert values["异议后结案的理由"] == [f"已按合同赔偿。 {NINE} 班长坐席"]
    assert values["转交理由"] == values["退回理由"] == []


def test_p6_3_the_reason_for_returning_a_work_order_is_not_that_of_a_dispute(company: Organisation) -> None:
    number = decided(company)
    company.act(number, "complainant", "dispute", reason="金额不对。")

    assert printed(company, number)["退回理由"] == []


def test_p6_3_the_work_order_marks_what_was_verified_before_another_person_or_unit_has_it(
    company: Organisation,
) -> None:
    number = handled(company)
    company.act(number, "business_unit", "inspect", findings="属实。", truthful=True)
    company.act(number, "team_lead", "assign", responsible=company.subs["business_unit"])
    company.act(number, "business_unit", "inspect", findings="仍属实。", truthful=True)
    before = printed(company, number)["查证情况"]

    company.act(number, "business_unit", "forward", pass_to="sales_unit", reason="属销售单位。")

    first, second = f"属实。 {NINE} 业务部门 （此后不再有效）", f"仍属实。 {NINE} 业务部门"
    assert before == [first, second]
    assert printed(company, number)["查证情况"] == [first, f"{second} （此后不再有效）"]


def test_p6_5_the_work_order_marks_what_was_decided_before_it_was_taken_up_again(company: Organisation) -> None:
    number = decided(company)
    company.act(number, "complainant", "agree")
    company.act(number, "team_lead", "reopen", reason="重新核算。")

    values = printed(company, number)

    assert values["结论"] == [f"已解决 {NINE} 业务部门 （重新处理前）"]
    assert values["客户接受处理结果"] == [f"{NINE} 投诉人 （重新处理前）"]
    assert values["查证情况"][0].endswith("（此后不再有效）")
    assert values["重新处理"] == [f"{NINE} 班长坐席"]
