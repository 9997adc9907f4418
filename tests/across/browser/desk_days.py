"""A working day of each preset at the desk: who does what, from the public filing to the archive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tests.clauses.offices import bureau, company, helpdesk, workshop

COMPLAINANT = "complainant"


class Turn(NamedTuple):
    """`who`: a role, or the complainant on the public page. `@role` in `fields`: the id of that role's person."""

    who: str
    act: str
    fields: Mapping[str, Any] = {}


LATE = Turn("", "")
"""No person acts until a deadline is missed and the complaint has gone up a tier."""
HEARD = Turn("", "wait")
"""The time of a party to object passes."""
Day = Sequence[Turn]
DONE_AT = "2026-11-27T09:00"

DAYS: dict[str, Day] = {
    "platform": [
        Turn("screener", "accept", {"responsible": "@handler"}),
        LATE,
        Turn(
            "handler",
            "demand_evidence",
            {
                "of": "respondent",
                "wanted": "发货单",
                "why": "核实是否发货",
                "asked_how": "电话。",
                "contact": "reached",
            },
        ),
        Turn("handler", "inspect", {"findings": "商品与描述不符。", "done_at": DONE_AT}),
        Turn("handler", "receive_evidence", {"received": "发货单一份。", "told_back": "电话告知。"}),
        HEARD,
        Turn("handler", "decide", {"opinion": "退款。", "outcome": "not_upheld"}),
        Turn("handler", "notify", {"told_how": "挂号信。"}),
        Turn("handler", "close", {"summary": "已办结。"}),
        Turn("archivist", "archive"),
    ],
    "auto-repair": [
        Turn("customer_service", "assign", {"responsible": ["@service_adviser"]}),
        Turn("technical_manager", "inspect", {"findings": "滤芯未更换。", "done_at": DONE_AT}),
        LATE,
        Turn("service_manager", "find_liability", {"finding": "ours"}),
        Turn("general_manager", "offer", {"offer": "周六返修。", "apology": "sincere", "rework": "our_cost"}),
        Turn(COMPLAINANT, "agree", {"rework_at": "2026-12-30T10:00"}),
        Turn("service_manager", "execute", {"apology_made": "done", "rework_done": "done"}),
        Turn("customer_service", "decide", {"outcome": "settled"}),
        Turn("customer_service", "close", {"summary": "客户谅解。"}),
        Turn("customer_service", "archive"),
    ],
    "auto-repair-forms": [
        Turn("staff", "forward", {"to": "customer_manager", **workshop.STAFF_SAY}),
        Turn("customer_manager", "accept", workshop.FILLED),
        LATE,
        Turn("customer_manager", "find_liability", workshop.FINDING),
        Turn("customer_manager", "forward", {"to": "management"}),
        Turn("management", "confirm", workshop.REVIEW),
        Turn("management", "notify"),
        Turn("general_manager", "decide", {"final_opinion": "同意。", "outcome": "resolved"}),
        Turn("management", "execute", workshop.FORM),
        Turn("management", "close", {"note": "已转客服中心。"}),
        Turn("service_centre", "archive"),
    ],
    "government-service-centre": [
        Turn("reception", "accept", {"conditions": ["in_class"]}),
        Turn("director", "assign", {"investigators": ["@investigator"]}),
        LATE,
        Turn("investigator", "inspect", {"findings": "少开一个窗口。", "done_at": DONE_AT}),
        Turn("investigator", "decide", {"plan": "增设窗口。", "outcome": "partly_upheld"}),
        Turn(COMPLAINANT, "rate", {"rating": "fair", "comment": "解释清楚。"}),
        Turn("reception", "do_task", {"task": "follow_up", "feedback": "已电话告知。"}),
        Turn("reception", "close", {"summary": "已评价。"}),
        Turn("reception", "archive"),
    ],
    "telecom-regulator": [
        Turn("complaint_centre", "receive_evidence", {"papers": "账单一份。"}),
        Turn("complaint_centre", "accept"),
        Turn("director", "assign", {"inspectors": ["@inspector"]}),
        LATE,
        Turn("inspector", "inspect", {"findings": "计费系统无误。", "done_at": DONE_AT}),
        Turn("inspector", "find_liability", {"finding": "no_violation"}),
        Turn(
            "inspector",
            "decide",
            {"opinion": "不存在违规行为。", "outcome": "not_upheld", "legal_basis": "电信条例第四十条"},
        ),
        Turn("complaint_centre", "close", {"summary": "已告知。"}),
        Turn("complaint_centre", "archive"),
    ],
    "corporate-standard": [
        Turn("agent", "accept", company.WORK_ORDER),
        Turn("team_lead", "confirm"),
        Turn("team_lead", "forward", {"to": "service_department"}),
        LATE,
        Turn("service_department", "assign", {"responsible": "@service_department"}),
        Turn("service_department", "inspect", {"findings": "送货晚到三天。", "truthful": True}),
        Turn("service_department", "decide", {"solution": "退还运费并致歉。", "outcome": "resolved"}),
        Turn(COMPLAINANT, "agree"),
        Turn("agent", "close", {"summary": "已退款。"}),
        Turn("agent", "archive"),
    ],
    "property-management": [
        Turn("service_centre", "forward", {"to": "service_supervisor", "person": "@service_supervisor"}),
        Turn("service_supervisor", "assign", {"responsible": "@management_office"}),
        LATE,
        Turn("management_office", "reply", {"text": "灯已换好。"}),
        Turn("service_centre", "approve"),
        Turn("service_centre", "decide", {"opinion": "已修复并回访。", "outcome": "invalid"}),
        Turn(COMPLAINANT, "agree"),
        Turn("service_centre", "close", {"summary": "已修复。"}),
        Turn("service_centre", "archive"),
    ],
    "customer-service": [
        Turn("agent", "assign", {"kind": "after_sales", "responsible": ["@after_sales"]}),
        LATE,
        Turn("after_sales", "inspect", {**helpdesk.FOUND, "done_at": DONE_AT}),
        Turn("after_sales", "offer", {"remedies": ["refund"], "offer": "全额退款。", "amount": "128.5"}),
        Turn(COMPLAINANT, "agree"),
        Turn("after_sales", "execute"),
        Turn(COMPLAINANT, "rate", {"rating": "satisfied", "comment": "速度快。"}),
        Turn("agent", "close", {"summary": "已退款。"}),
        Turn("agent", "archive"),
    ],
    "food-drug-administration": [
        Turn("information_centre", "accept", {"conditions": [*bureau.CONDITIONS, "in_time"]}),
        Turn("leader", "assign", {"officers": ["@officer"]}),
        LATE,
        Turn("officer", "inspect", {"findings": "食品已过保质期。", "done_at": DONE_AT}),
        Turn("officer", "mediate", {"participants": "双方", "mediated_at": DONE_AT, "agreement": "not_agreed"}),
        Turn("officer", "decide", bureau.DECISION),
        Turn(COMPLAINANT, "agree"),
        Turn("officer", "execute"),
        Turn("officer", "close", {"handling_record": "已退款并处罚。"}),
        Turn("archivist", "archive"),
    ],
}
