"""A clock of the respondent begins when the masks in what they read are decided."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation, hire, sign_up_with
from tests.clauses.world import InProcess

POLICY = """
language: 1
name: {zh: 小店, en: A shop}
calendar: {timezone: Asia/Shanghai, hours: {mon-fri: ["09:00-17:00"]}, day_ends: close}
people: {agent: {zh: 坐席, en: Agent}}
intake:
  channels: {desk: {zh: 柜台, en: Desk}}
  facts:
    complainant.name: {zh: 姓名, en: Name}
    content: {zh: 内容, en: Content, required: true}
  unit: optional
  tells: agent
fields:
  answer: {zh: 答复, en: Answer}
  question: {zh: 问题, en: Question}
  until: {zh: 答复期限, en: To be answered by, kind: time, tense: future}
stages:
  registered:
    name: {zh: 已登记, en: Registered}
    inspect: {by: agent, needs: [question]}
    forward: {by: agent, takes: [question, until], tells: respondent}
    reply: {by: respondent, needs: [answer], tells: agent}
    close: {by: agent, to: closed}
  closed: {name: {zh: 已结案, en: Closed}}
clocks:
  answering: {name: {zh: 答复, en: Answering}, from: forwarded, until: replied, within: 2 working days, missed: record}
  stated: {name: {zh: 约定期限, en: As stated}, from: forwarded, until: replied, stated: until, missed: record}
  handling: {name: {zh: 办理期限, en: Handling}, from: forwarded, until: closed, within: 5 working days, missed: record}
sample: {channel: desk, facts: {complainant.name: 欧阳小明, content: 壶漏水。}}
"""
NAMED = "顾客欧阳小明说壶漏水，属实吗？"
DECIDED = "2026-12-01T10:00:00+08:00"


@pytest.fixture
def shop() -> Organisation:
    """On a Monday."""
    made = sign_up_with(InProcess("2026-11-30T09:00:00+08:00"), POLICY)
    made.world.call("POST", f"{made.path}/units", {"id": "hall", "name": "大厅"}, auth=made.auth("owner"))
    hire(made, "respondent", name="hall", unit="hall")
    return made


def due(shop: Organisation, number: str, clock: str = "answering") -> tuple[str, str | None]:
    found = shop.deadline(number, clock)
    return found["state"], None if found["due"] is None else shop.local(found["due"])


def decide(shop: Organisation, number: str) -> None:
    shop.world.move_to(DECIDED)
    pending = [one["mask"] for one in shop.get(f"/complaints/{number}/record", "agent")["masks"]]
    shop.act(number, "agent", "confirm_mask", masks=pending)


def test_without_masks_it_runs_at_once(shop: Organisation) -> None:
    number = shop.file(unit="hall")
    shop.act(number, "agent", "forward", question="属实吗？")

    assert due(shop, number) == ("running", "2026-12-02T17:00:00+08:00")


def test_masks_in_the_text_of_the_act_make_it_wait(shop: Organisation) -> None:
    number = shop.file(unit="hall")
    shop.act(number, "agent", "forward", question=NAMED)
    assert due(shop, number) == ("paused", None)

    decide(shop, number)

    assert due(shop, number) == ("running", "2026-12-03T17:00:00+08:00")


def test_other_clocks_do_not_wait(shop: Organisation) -> None:
    number = shop.file(unit="hall")
    shop.act(number, "agent", "forward", question=NAMED)

    assert due(shop, number, "handling") == ("running", "2026-12-07T17:00:00+08:00")


def test_a_stated_time_moves_by_the_time_that_it_waited(shop: Organisation) -> None:
    number = shop.file(unit="hall")
    shop.act(number, "agent", "forward", question=NAMED, until="2026-12-02T12:00:00+08:00")
    assert due(shop, number, "stated") == ("paused", None)

    decide(shop, number)

    assert due(shop, number, "stated") == ("running", "2026-12-03T13:00:00+08:00")


def test_later_acts_do_not_let_it_run(shop: Organisation) -> None:
    number = shop.file(unit="hall")
    shop.act(number, "agent", "forward", question=NAMED)
    shop.act(number, "agent", "inspect", question="壶在何处？")

    assert due(shop, number) == ("paused", None)


def test_a_text_that_comes_later_does_not_stop_it(shop: Organisation) -> None:
    number = shop.file(unit="hall")
    shop.act(number, "agent", "forward", question="属实吗？")
    shop.act(number, "agent", "inspect", question=NAMED)

    assert due(shop, number) == ("running", "2026-12-02T17:00:00+08:00")


def test_it_runs_at_once_where_no_respondent_reads_the_texts(shop: Organisation) -> None:
    """A mask that only staff could see keeps no time waiting."""
    policy = f"{POLICY}confidentiality: {{content: agent}}\n"
    sent = shop.world.call("POST", f"{shop.path}/policy/publish", {"policy": policy}, auth=shop.auth("owner"))
    assert sent.status == 201, sent.text
    number = shop.file(unit="hall")

    shop.act(number, "agent", "forward", question=NAMED)

    assert due(shop, number) == ("running", "2026-12-02T17:00:00+08:00")
    assert shop.get(f"/complaints/{number}/record", "agent")["masks"] == []


def test_an_answer_meets_it_while_it_waits(shop: Organisation) -> None:
    number = shop.file(unit="hall")
    shop.act(number, "agent", "forward", question=NAMED)
    shop.act(number, "hall", "reply", answer="属实。")

    assert due(shop, number)[0] == "met"


def test_staff_are_told_that_it_waits(shop: Organisation) -> None:
    number = shop.file(unit="hall")
    shop.act(number, "agent", "forward", question=NAMED)

    told = shop.told("owner", number)
    assert told[0].startswith(f"投诉 {number} 向被投诉方显示的文字中有遮盖内容待核实")


# ---- a switch of the policy version ----------------------------------------------------------------------------------

STAFF_TOO = "    reply: {by: [respondent, agent], needs: [answer], tells: agent}"
VERSIONS = {
    "the same clock": ("", "", "2026-12-03T17:00:00+08:00"),
    "a longer limit": ("within: 2 working days", "within: 4 working days", "2026-12-07T17:00:00+08:00"),
    "a clock that staff can meet, too": (
        "    reply: {by: respondent, needs: [answer], tells: agent}",
        STAFF_TOO,
        "2026-12-03T17:00:00+08:00",
    ),
}


def switch(shop: Organisation, number: str, old: str, new: str) -> dict[str, Any]:
    """The complaint's move to the policy with this change: its dry run, which the switch equals."""
    body = {"policy": POLICY.replace(old, new)}
    assert shop.world.call("POST", f"{shop.path}/policy/publish", body, auth=shop.auth("owner")).status == 201
    tried, made = (
        shop.try_act(number, "owner", "switch", start_new_clocks=True, **keys).json for keys in ({"dry_run": True}, {})
    )
    assert tried == made
    return tried


@pytest.mark.parametrize("version", VERSIONS)
def test_a_switch_of_the_version_does_not_let_it_run(shop: Organisation, version: str) -> None:
    old, new, until = VERSIONS[version]
    number = shop.file(unit="hall")
    shop.act(number, "agent", "forward", question=NAMED, until="2026-12-02T12:00:00+08:00")

    assert switch(shop, number, old, new)["switched"]
    assert (due(shop, number), due(shop, number, "stated")) == (("paused", None), ("paused", None))
    decide(shop, number)

    assert due(shop, number) == ("running", until)
    assert due(shop, number, "stated") == ("running", "2026-12-03T13:00:00+08:00")


def test_its_reasons_after_a_switch_begin_with_the_decision(shop: Organisation) -> None:
    number = shop.file(unit="hall")
    shop.act(number, "agent", "forward", question=NAMED)
    switch(shop, number, "", "")
    decide(shop, number)

    shown = shop.deadline(number, "answering")

    assert (shop.local(shown["started"]), shown["because"]["pauses"]) == (DECIDED, [])


def test_the_respondent_is_told_when_it_begins(shop: Organisation) -> None:
    number = shop.file(unit="hall")
    shop.act(number, "agent", "forward", question=NAMED)
    decide(shop, number)

    assert shop.told("hall", number)[0] == (
        f"针对您的投诉 {number} 的答复时间自现在起计算，请您于2026年12月3日（周四）17:00前（北京时间）答复。"
    )
