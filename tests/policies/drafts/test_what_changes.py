"""What a draft changes, as those read it who are asked for comments."""

from __future__ import annotations

import pytest

from chalicelib.features.policies.changes import NOT_RULES, in_words
from chalicelib.kit import catalogue
from chalicelib.kit.decoding import fields_of
from chalicelib.policy.language.model import PolicyDocument

CLOCK = {"name": {"zh": "审核", "en": "Screening"}, "within": "1 day"}
BEFORE = {"name": {"zh": "制度"}, "clocks": {"screening": CLOCK}}


def clocks(**more: object) -> dict[str, object]:
    return {**BEFORE, "clocks": {"screening": CLOCK, **more}}


def test_each_part_of_a_policy_that_holds_rules_has_a_name() -> None:
    parts = {field.encode_name for field in fields_of(PolicyDocument)} - NOT_RULES

    assert {*catalogue.words("policy_parts", "zh")} == parts


def test_nothing_is_said_of_a_draft_that_changes_nothing() -> None:
    assert in_words(BEFORE, {**BEFORE, "examples": [1]}) == {}


@pytest.mark.parametrize(
    ("after", "zh", "en"),
    [
        (clocks(screening={**CLOCK, "within": "2 days"}), "办理期限（审核）", "deadlines (Screening)"),
        (clocks(visit={"name": {"zh": "回访"}}), "办理期限（回访）", "deadlines (回访)"),
        ({"name": BEFORE["name"]}, "办理期限（审核）", "deadlines (Screening)"),
        ({**BEFORE, "name": {"zh": "新制度"}}, "制度名称", "name of the procedure"),
        ({**BEFORE, "wording": {"told": {"zh": "好"}}}, "通知内容", "texts of messages"),
    ],
    ids=["a changed item", "an item that is added", "an item that is left out", "a text", "items without names"],
)
def test_a_change_names_its_part_and_what_differs_in_it(after: dict[str, object], zh: str, en: str) -> None:
    assert in_words(BEFORE, after) == {"zh": zh, "en": en}


def test_of_many_items_some_are_named() -> None:
    added = {f"clock{n}": {"name": {"zh": f"期限{n}", "en": f"Clock {n}"}} for n in range(7)}

    said = in_words(BEFORE, clocks(**added))

    assert said["zh"] == "办理期限（期限0、期限1、期限2、期限3、期限4等）"
    assert said["en"] == "deadlines (Clock 0, Clock 1, Clock 2, Clock 3, Clock 4 and others)"
