"""Deadlines as sentences."""

from __future__ import annotations

import pytest

from chalicelib.features.studio.telling import deadlines, ladder
from chalicelib.features.studio.telling.deadlines import Deadline
from chalicelib.features.studio.telling.words import ProcedureWords
from chalicelib.policy.language.vocabulary import EVENTS
from chalicelib.web.pages.reader import Reader
from tests.policies.studio.documents import compiled, words

SHOP = """
language: 1
name: {zh: 商店, en: A shop}
calendar: {timezone: Europe/London, holidays: null, hours: {mon-fri: ["09:00-17:00"]}}
people: {agent: {zh: 客服, en: Agent}, head: {zh: 部门负责人, en: Head of the department}}
tiers: [{roles: agent}, {roles: head, within: 1 working day, again: 2 working days}]
intake:
  channels: {shop: {zh: 到店, en: In the shop}, email: {zh: 邮件, en: E-mail}}
  facts: {content: {zh: 内容, en: What happened, required: true}}
fields: {answer: {zh: 答复, en: Answer}, until: {zh: 承诺的时间, en: Promised time, kind: time}}
stages:
  registered:
    name: {zh: 已登记, en: Registered}
    accept: {by: agent, to: handled}
  handled:
    name: {zh: 处理中, en: Being handled}
    reply: {by: agent, to: closed, needs: answer, tells: complainant}
    promise: {by: agent, needs: until}
  closed: {name: {zh: 已结案, en: Closed}}
clocks:
"""


def told(clock: str, language: str = "en") -> Deadline:
    text = f"{SHOP}  reply: {{name: {{zh: 答复, en: Reply}}, {clock}}}\n"
    [found] = deadlines.deadlines(ProcedureWords(compiled(text), Reader(language, chosen=False)))
    return found


def test_a_deadline_is_one_sentence() -> None:
    found = told("from: accepted, until: replied, within: 5 working days, warn: 1 working day before")
    assert f"{found.name}: {found.sentence}" == (
        "Reply: 5 working days from acceptance; warned 1 working day before; then the head of the department."
    )


def test_a_deadline_is_one_chinese_sentence() -> None:
    found = told("from: accepted, until: replied, within: 5 working days, warn: 1 working day before", "zh")
    assert f"{found.name}：{found.sentence}" == "答复：受理后，5个工作日；提前1个工作日预警；逾期报部门负责人。"


@pytest.mark.parametrize(
    ("clock", "sentence"),
    [
        (
            "from: registered, until: replied, "
            "within: [{when: {channel: shop}, limit: 1 day}, {when: {channel: email}, limit: 2 days}]",
            "1 day (In the shop), 2 days (E-mail) from registration; then the head of the department.",
        ),
        (
            "from: accepted, until: replied, within: 4 hours, warn: [80 %], missed: record",
            "4 hours from acceptance; warned after 80 % of the time; a miss is only recorded.",
        ),
        (
            "from: promised, until: replied, stated: until",
            "The time given as “Promised time” at a promise; then the head of the department.",
        ),
        (
            "from: registered, until: replied, within: same day, when: {channel: shop}",
            "The end of the same day from registration, if In the shop; then the head of the department.",
        ),
    ],
)
def test_limits_by_case_warnings_and_misses_are_said(clock: str, sentence: str) -> None:
    assert told(clock).sentence == sentence


def test_what_ends_it_and_where_it_stands_still_is_said_behind_it() -> None:
    found = told(
        "from: registered, until: [replied, promised], within: 1 day, paused_in: handled, tells_missed: complainant, "
        "starts: next working day"
    )
    assert found.more == [
        "It ends with: the reply or a promise.",
        "A start outside working hours counts from the next working day’s opening.",
        "It does not run in: Being handled.",
        "The complainant is told of a miss.",
    ]


@pytest.mark.parametrize(
    ("preset", "key", "language", "sentence"),
    [
        (
            "food-drug-administration",
            "decision",
            "zh",
            "受理或恢复处理后，5个工作日（口头）、10个工作日（书面或信访）；提前1个工作日预警；逾期报信息中心，以及能够办理的人员。",
        ),
        ("food-drug-administration", "silence", "zh", "作出处理决定或重新处理后，15个自然日；期满由系统自动“结案”。"),
        (
            "platform",
            "screening",
            "en",
            "24 hours from registration; warned 4 hours before; then the director, and those who can act.",
        ),
        (
            "platform",
            "objection",
            "en",
            "2 working days from receipt of the evidence (recorded by the office); at its end the service itself "
            "records “Confirmed”.",
        ),
        ("uk-lender-time-bars", "summary", "en", "3 working days from registration; a miss is only recorded."),
    ],
)
def test_deadlines_of_real_procedures(preset: str, key: str, language: str, sentence: str) -> None:
    found = {one.key: one.sentence for one in deadlines.deadlines(words(preset, language))}
    assert found[key] == sentence


def test_the_ladder_says_who_is_told_and_when() -> None:
    found = [(one.at, one.who, one.more) for one in ladder.ladder(words("food-drug-administration", "en"))]
    assert found == [
        ("Before a miss", "those who can act", []),
        ("At the miss", "the information centre, and those who can act", []),
        (
            "After 1 working day more",
            "the leader of the bureau, and those who can act",
            ["And again every 5 working days, until something happens."],
        ),
    ]


def test_a_single_tier_is_told_of_the_miss_too() -> None:
    text = SHOP.replace(
        "tiers: [{roles: agent}, {roles: head, within: 1 working day, again: 2 working days}]", "tiers: [{roles: head}]"
    )
    text += "  reply: {name: {en: Reply}, from: accepted, until: replied, within: 1 day}\n"
    own = ProcedureWords(compiled(text), Reader("en", chosen=False))
    assert [(one.at, one.who) for one in ladder.ladder(own)] == [
        ("Before a miss, and at it", "the head of the department")
    ]
    assert deadlines.deadlines(own)[0].sentence.endswith("then the head of the department.")


def test_each_event_that_a_policy_can_name_has_a_noun() -> None:
    own = words("platform", "en")
    assert [event for event in sorted(EVENTS) if own.happening(event) == own.event(event)] == []
