"""How changes are said, in both languages, and which lines of the text they change."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.features.studio.forms import filling, rows, sentences
from chalicelib.features.studio.forms.filling import SHOWN
from chalicelib.policy import presets
from chalicelib.policy.editing import differences
from chalicelib.policy.editing.edit_text import edit_text
from chalicelib.policy.editing.edits import AddMember, Edit, MoveMember, RemoveMember, SetValue
from chalicelib.policy.reading import source
from chalicelib.web.pages.reader import Reader

TEXT = presets.text("food-drug-administration")
DOCUMENT = source.read(TEXT)


def said(*edits: Edit) -> tuple[list[str], list[str]]:
    after = source.read(edit_text(TEXT, edits))
    zh, en = (sentences.between(DOCUMENT, after, Reader(one, chosen=True)) for one in ("zh", "en"))
    return zh, en


DECISION = ("clocks", "decision")
CHANGES: list[tuple[Edit, str, str]] = [
    (
        SetValue((*DECISION, "within", 0, "limit"), "3 working days"),
        "处理决定时限：5个工作日 → 3个工作日（渠道：口头）",
        "Decision: 5 working days → 3 working days (Channel: Oral)",
    ),
    (
        SetValue((*DECISION, "within"), "later of 24 hours, 1 working day"),
        "处理决定时限：5个工作日（渠道：口头）；10个工作日（渠道：书面、信访） → 24小时、1个工作日中较晚者",
        "Decision: 5 working days (Channel: Oral); 10 working days (Channel: Written, Petition) → "
        "the later of 24 hours and 1 working day",
    ),
    (
        AddMember((*DECISION, "warn", 0), "4 working hours before"),
        "处理决定时限：提醒：提前1个工作日 → 提前1个工作日、提前4个工作小时",
        "Decision: Warnings: 1 working day before → 1 working day before, 4 working hours before",
    ),
    (
        SetValue((*DECISION, "missed"), "record"),
        "处理决定时限：逾期时：逐级上报 → 仅作记录",
        "Decision: When missed: goes up the tiers → only on record",
    ),
    (
        SetValue(("calendar", "hours", "mon-fri"), ["09:00-17:00"]),
        "工作日历：工作时间：mon-fri 09:00-12:00, 13:30-18:00 → mon-fri 09:00-17:00",
        "Calendar: Working hours: mon-fri 09:00-12:00, 13:30-18:00 → mon-fri 09:00-17:00",
    ),
    (SetValue(("people", "leader", "zh"), "局长"), "局长：“局领导” → “局长”", ""),
    (
        SetValue(("tiers", 2, "within"), "2 working days"),
        "层级 3：上升到下一级前的时间：1个工作日 → 2个工作日",
        "Tier 3: Time before the next tier: 1 working day → 2 working days",
    ),
    (
        AddMember(("intake", "refusals", "anonymous"), {"zh": "匿名投诉", "en": "Anonymous"}),
        "新增：匿名投诉",
        "Added: Anonymous",
    ),
    (RemoveMember(("intake", "refusals", "settled")), "删除：纠纷双方曾达成协议并已经执行，无新的投诉理由", ""),
    (MoveMember(("intake", "channels", "petition"), 0), "调整顺序：投诉渠道", "New order: Channels"),
    (RemoveMember(("tiers", 0)), "", ""),
    (
        SetValue(("retention", "closed"), "5 calendar years"),
        "结案后保存：10个自然年 → 5个自然年",
        "Kept after the end: 10 calendar years → 5 calendar years",
    ),
]


@pytest.mark.parametrize(("edit", "zh", "en"), CHANGES)
def test_a_change_is_one_sentence(edit: Edit, zh: str, en: str) -> None:
    found_zh, found_en = said(edit)

    assert found_zh
    assert len(found_zh) == len(found_en)
    if zh:
        assert found_zh == [zh]
    if en:
        assert found_en == [en]


def test_a_new_limit_with_a_condition_stands_before_the_one_that_always_holds() -> None:
    row = rows.rows("deadlines")[0]
    item: dict[str, Any] = {"within": "5 working days"}
    given = {SHOWN: ["within"], "within.new.number": ["1"], "within.new.unit": ["working day"]}

    with_channel = filling.filled(
        row,
        item,
        {**given, "within.0.number": ["5"], "within.0.unit": ["working day"]}
        | {"within.new.when": ['{"channel":"oral"}']},
    )

    assert with_channel == {"within": [{"when": {"channel": "oral"}, "limit": "1 working day"}, "5 working days"]}
    after = edit_text("clock:\n  within: 5 working days # P1\n", differences.between(item, with_channel, ("clock",)))
    assert after == "clock:\n  within: [{when: {channel: oral}, limit: 1 working day}, 5 working days] # P1\n"


def test_a_removed_limit_leaves_the_others_as_they_are_written() -> None:
    row = rows.rows("deadlines")[0]
    item = DOCUMENT["clocks"]["decision"]
    shown = filling.inputs(row.fields[3], item)
    given = {SHOWN: ["within"], **{f"within.{name}": values for name, values in shown.items()}}

    assert filling.filled(row, item, {**given, "within.0.remove": ["yes"]})["within"] == item["within"][1:]


def test_figures() -> None:
    (row,) = [one for one in rows.rows("publicity") if one.name == "figures"]
    item = {"every": "month", "shows": ["received", {"x": "y"}]}

    changed = filling.filled(row, item, {SHOWN: ["period", "figures"], "period": ["year"], "figures": ["met"]})

    assert changed == {"every": "year", "shows": [{"x": "y"}, "met"]}


@pytest.mark.parametrize(
    ("item", "given", "expected"),
    [
        ("required", {"most": ["50"]}, {"required": True, "most": 50}),
        ("required", {"label.zh": ["内容"]}, {"zh": "内容", "required": True}),
        ("内容", {"most": ["50"]}, {"zh": "内容", "most": 50}),
        ({"zh": "内容", "required": True}, {"required": ["false"]}, {"zh": "内容", "required": False}),
        ({"zh": "内容", "required": ["phone"]}, {"required": ['["phone"]']}, {"zh": "内容", "required": ["phone"]}),
        ({"name": {"zh": "内容"}}, {"label.zh": ["甲"], "label.en": ["A"]}, {"name": {"en": "A", "zh": "甲"}}),
    ],
)
def test_short_forms_of_facts(item: Any, given: dict[str, list[str]], expected: Any) -> None:
    (row,) = [one for one in rows.rows("categories") if one.name == "fact"]
    shown = [field.key for field in row.fields if any(name.split(".")[0] == field.key for name in given)]

    assert filling.filled(row, item, {**given, SHOWN: shown}) == expected
