"""Tiers with `acting: true`: the people who can end the delay are told of warnings and misses, besides the tier."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.clauses.organisation import Organisation, hire, sign_up_with
from tests.clauses.world import InProcess

OVERDUE = "投诉 {} 已逾期，请尽快处理。"
WARNED = "投诉 {} 即将到期"
VACANT = "“{}”有事项等待“{}”处理，但没有人担任该角色。请尽快指定人员。"
POLICY: dict[str, Any] = {
    "language": 1,
    "name": {"zh": "示例", "en": "Example"},
    "calendar": {"timezone": "Asia/Shanghai", "hours": {"mon-fri": ["09:00-18:00"]}, "holidays": None},
    "people": {who: {"zh": who} for who in ("desk", "handler", "maker", "boss", "second")},
    "tiers": [{"acting": True}, {"roles": "boss", "acting": True, "again": "5 hours"}],
    "intake": {
        "channels": {"phone": {"zh": "电话"}},
        "facts": {"complainant.name": {"zh": "姓名", "required": True}},
    },
    "fields": {"officer": {"zh": "承办人"}, "text": {"zh": "内容"}},
    "stages": {
        "registered": {
            "name": {"zh": "已登记"},
            "classify": {"by": "maker", "needs": "severity"},
            "assign": {"by": "desk", "to": "handling", "needs": "officer", "assigns": {"handler": "officer"}},
        },
        "handling": {
            "name": {"zh": "处理"},
            "offer": {"by": {"role": "handler", "of": "assigned"}, "to": "signing", "needs": "text"},
            "close": {"by": "desk", "to": "done", "approval": "second"},
            "agree": {"by": "complainant", "to": "done"},
        },
        "signing": {
            "name": {"zh": "签署"},
            "sign": {"by": ["maker", "handler"], "all": True, "to": "done", "needs": "text"},
        },
        "done": {"name": {"zh": "完成"}},
    },
    "severity": {"classes": {"general": {"zh": "一般"}, "major": {"zh": "重大"}}},
    "clocks": {
        "answer": {
            "name": {"zh": "答复"},
            "from": "registered",
            "until": ["signed", "closed"],
            "within": "5 hours",
            "warn": "1 hour before",
        },
    },
    "tasks": {"call": {"zh": "致电", "on": "registered", "for": "second", "within": "5 hours"}},
    "sample": {"channel": "phone", "severity": "general", "facts": {"complainant.name": "示例"}},
}
WITHOUT_TASKS = {**POLICY, "tasks": {}}


def office_with(policy: dict[str, Any]) -> Organisation:
    return sign_up_with(InProcess("2026-11-27T09:00:00+08:00"), json.dumps(policy))


@pytest.fixture
def office() -> Organisation:
    return office_with(WITHOUT_TASKS)


def handled(office: Organisation) -> str:
    number = office.file()
    office.act(number, "desk", "assign", officer=[office.subs["handler"]])
    return number


def to_be_signed(office: Organisation) -> str:
    number = handled(office)
    office.act(number, "handler", "offer", text="退款。")
    return number


def alarmed(office: Organisation, number: str, text: str) -> set[str]:
    """The members who are told so."""
    start = text.format(number)
    return {who for who in office.tokens if any(one.startswith(start) for one in office.told(who, number))}


def test_a_warning_reaches_those_whose_act_leads_on(office: Organisation) -> None:
    number = office.file()

    office.world.move_to("2026-11-27T13:00:00+08:00")

    assert alarmed(office, number, WARNED) == {"desk"}


def test_a_miss_reaches_the_tier_and_those_whose_act_leads_on(office: Organisation) -> None:
    number = office.file()

    office.world.move_to("2026-11-27T14:00:00+08:00")

    assert alarmed(office, number, OVERDUE) == {"desk"}
    assert alarmed(office, number, "投诉 {} 已逾期，现升级至本层级") == {"boss"}


def test_a_repeated_alarm_reaches_them_again(office: Organisation) -> None:
    number = office.file()

    office.world.move_to("2026-11-28T01:00:00+08:00")

    assert office.told("desk", number) == [OVERDUE.format(number)] * 3 + office.told("desk", number)[3:]
    assert len([one for one in office.told("boss", number) if "逐级升级后仍未完成" in one]) == 2


def test_the_assigned_people_of_the_present_stage_are_reached(office: Organisation) -> None:
    hire(office, "handler", name="colleague")
    number = handled(office)

    office.world.move_to("2026-11-27T14:00:00+08:00")

    assert alarmed(office, number, OVERDUE) == {"handler", "desk"}


def test_those_are_reached_for_whose_act_a_leading_one_waits() -> None:
    handling = {**POLICY["stages"]["handling"], "inspect": {"by": "maker", "needs": "text"}}
    handling["offer"] = {**handling["offer"], "after": "inspected"}
    stages = {**POLICY["stages"], "handling": handling}
    office = office_with({**WITHOUT_TASKS, "stages": stages})
    waiting, inspected = handled(office), handled(office)
    office.act(inspected, "maker", "inspect", text="属实。")

    office.world.move_to("2026-11-27T14:00:00+08:00")

    assert alarmed(office, waiting, OVERDUE) == {"maker", "desk"}
    assert alarmed(office, inspected, OVERDUE) == {"handler", "desk"}


def test_those_who_can_approve_are_reached(office: Organisation) -> None:
    number = handled(office)
    office.act(number, "desk", "close")

    office.world.move_to("2026-11-27T14:00:00+08:00")

    assert "second" in alarmed(office, number, OVERDUE)


def test_of_an_act_of_several_roles_those_are_reached_that_have_not_done_it(office: Organisation) -> None:
    number = to_be_signed(office)
    office.act(number, "maker", "sign", text="同意。")

    office.world.move_to("2026-11-27T14:00:00+08:00")

    assert alarmed(office, number, OVERDUE) == {"handler"}


def test_the_owners_are_told_of_a_role_without_members_on_which_the_case_depends(office: Organisation) -> None:
    number = to_be_signed(office)
    answer = office.world.call("DELETE", f"{office.path}/people/{office.subs['maker']}", auth=office.auth("owner"))
    assert answer.status == 204, answer.text

    office.world.move_to("2026-11-27T14:00:00+08:00")

    assert office.told("owner", number) == [VACANT.format(number, "maker")]


def test_an_overdue_task_reaches_the_role_that_owes_it() -> None:
    office = office_with(POLICY)
    number = handled(office)
    office.act(number, "handler", "offer", text="退款。")

    office.world.move_to("2026-11-27T14:00:00+08:00")

    assert "second" in alarmed(office, number, OVERDUE)


def test_without_the_key_only_the_tier_is_told() -> None:
    office = office_with({**WITHOUT_TASKS, "tiers": [{"roles": "boss"}, {"roles": "second"}]})
    number = office.file()

    office.world.move_to("2026-11-27T14:00:00+08:00")

    assert alarmed(office, number, OVERDUE) == set()
    assert alarmed(office, number, WARNED) == {"boss"}
