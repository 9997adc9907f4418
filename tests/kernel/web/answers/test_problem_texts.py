"""Every text of a problem exists in Chinese."""

from __future__ import annotations

import re
from functools import cache
from string import Formatter
from typing import Annotated, Any, Literal

import msgspec
import pytest

from chalicelib.kit.instants import from_text
from chalicelib.kit.problem import InBoth, Text
from chalicelib.policy.worktime import parse_limit
from chalicelib.web import chinese
from chalicelib.web.chinese import translate
from chalicelib.web.problems import PROBLEM_TYPES
from tests.kernel.web.answers import problem_texts

found = cache(problem_texts.find)
TEXTS = chinese.texts()
FROM_ELSEWHERE = {
    "chalicelib/features/policies/previews.py: str(error)",
    "chalicelib/features/policies/publish.py: str(error)",
    "chalicelib/features/policies/draft_commands.py: str(error)",
    "chalicelib/features/policies/draft.py: str(error)",
    "chalicelib/web/strict_json.py: str(error)",
    "chalicelib/kit/decoding.py: message",
    "chalicelib/kit/decoding.py: message.rpartition(_PATH)[0]",
}
"""Texts of libraries and parsers: the catalogue has patterns for them."""
OWN = {
    "chalicelib/features/policies/previews.py: message",
    "chalicelib/complaints/fields.py: wrong.sentence",
    "chalicelib/complaints/acting/closed.py: problem.text",
    "chalicelib/complaints/acting/open_acts.py: problem.text",
    "chalicelib/complaints/acting/closed.py: refusal(policy, act, complaint, recorded=recorded).text",
    "chalicelib/complaints/acting/unmet.py: place.text",
    "chalicelib/complaints/acting/unmet.py: problem.text",
    "chalicelib/complaints/acting/unmet.py: Text(place.text.template, **said)",
    "chalicelib/kit/problem.py: place.text",
    "chalicelib/kit/problem.py: self.text",
    "chalicelib/complaints/trial/examples.py: Text(reason.replace('{', '{{').replace('}', '}}'))",
    "chalicelib/complaints/trial/preview.py: wrong.sentence",
    "chalicelib/policy/checks/deadlines/calendars.py: Text(message)",
    "chalicelib/web/request_parts.py: fault.message",
    "chalicelib/features/analysis/queries.py: one.problem",
    "chalicelib/limits/budgets.py: budget.detail",
    "chalicelib/features/improvements/commands.py: one.detail",
    "chalicelib/features/register/input.py: wrong.sentence",
}
"""Texts of `InvalidFieldValue`, `InvalidValue`, `FaultCollector` and other places, found where these are made."""
OPERATORS = {
    "chalicelib/web/dispatch.py: cached[1].reason",
    "chalicelib/features/leaving/leave.py: found.listing.reason",
}
"""The words of an operator, shown as they are."""
FAULTS = {
    "chalicelib/web/responses.py: fault.message",
    "chalicelib/policy/reading/faults.py: Text(template, **values)",
    "chalicelib/tenants/publication/policy_language.py: fault.message",
}
"""Texts of a policy's faults, which the section `faults` has in both languages."""


@pytest.mark.slow
def test_each_text_has_a_chinese_text() -> None:
    """Those that the catalogue's section `problems` lacks, each with its place."""
    assert {english: place for english, place in found().texts.items() if english not in TEXTS} == {}


@pytest.mark.slow
def test_each_chinese_text_is_used() -> None:
    assert sorted(TEXTS.keys() - found().texts.keys()) == [], "no problem has these texts any more"


def test_every_argument_is_a_text_or_a_known_source_of_texts() -> None:
    assert set(found().unreadable) == FROM_ELSEWHERE | OWN | OPERATORS | FAULTS, found().unreadable


def test_a_chinese_text_shows_the_values_of_the_english_one() -> None:
    other = [english for english, chinese in TEXTS.items() if _placeholders(chinese) != _placeholders(english)]
    assert other == []


def _placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_a_chinese_text_is_written_in_chinese() -> None:
    """With Chinese punctuation. A sentence ends with 。, a part of one does not."""
    assert [text for text in TEXTS.values() if not re.search("[\u4e00-\u9fff]", text)] == []
    assert [text for text in TEXTS.values() if re.search("[,;?!]", re.sub(r"`[^`]*`|\"[^\"]*\"", "", text))] == []
    ends = {english: chinese.endswith("。") for english, chinese in TEXTS.items()}
    assert ends == {english: english.endswith(".") for english in TEXTS}


@pytest.mark.parametrize("kind", sorted(PROBLEM_TYPES))
def test_a_kind_has_a_chinese_title(kind: str) -> None:
    assert re.search("[\u4e00-\u9fff]", PROBLEM_TYPES[kind].title.zh)


def test_words_of_ours_among_the_values_are_translated() -> None:
    text = Text("The organisation's plan allows {most} {limit}.", most=3, limit="units")
    assert translate(text) == "机构的套餐最多允许 3 个单位。"


def test_a_text_within_a_text_is_translated() -> None:
    field = InBoth("Sanctions", "处罚")
    text = Text("{field} of the proposal: {problem}", field=field, problem="is not possible in this case")
    assert translate(text) == "所提议内容中的“处罚”：在此情形下不能填写"


def test_a_value_of_the_callers_is_not_translated() -> None:
    assert (
        translate(Text("must be one of: {known}", known="is required, active")) == "须为以下之一：is required, active"
    )


def test_a_value_with_braces_is_shown_as_it_is() -> None:
    text = Text("must be one of: {known}", known="{known}, {0}")
    assert (text, translate(text)) == ("must be one of: {known}, {0}", "须为以下之一：{known}, {0}")


def test_the_words_of_an_operator_stay_as_they_are() -> None:
    assert translate("Unpaid bills.") == "Unpaid bills."


INVALID: list[tuple[Any, Any]] = [
    (1, str),
    (1, str | None),
    ("x", Annotated[str, msgspec.Meta(min_length=3)]),
    ("xxx", Annotated[str, msgspec.Meta(max_length=1)]),
    ("x", Annotated[str, msgspec.Meta(pattern="^y$")]),
    (1, Annotated[int, msgspec.Meta(ge=3)]),
    (5, Annotated[int, msgspec.Meta(le=3)]),
    ("q", Literal["a", "b"]),
    ([1], Annotated[list[int], msgspec.Meta(max_length=0)]),
    ([1], tuple[int, int]),
    (1.5, int),
]


@pytest.mark.parametrize(("value", "expected"), INVALID)
def test_what_msgspec_says_about_a_value_is_translated(value: Any, expected: Any) -> None:
    with pytest.raises(msgspec.ValidationError) as raised:
        msgspec.convert(value, expected)
    assert re.search("[\u4e00-\u9fff]", translate(str(raised.value)))


MALFORMED = [b"{a}", b"1x", b'"\x01"', b"[1,]", b'{"a":1,}', b'{"a" 1}', b"NaN", b"01", b'"\\x"', b"[1 2]", b"1e999"]


@pytest.mark.parametrize("raw", MALFORMED)
def test_what_msgspec_says_about_json_is_translated(raw: bytes) -> None:
    with pytest.raises(msgspec.MsgspecError) as raised:
        msgspec.json.decode(raw)
    assert re.search("[\u4e00-\u9fff]", translate(str(raised.value)))


@pytest.mark.parametrize("text", ["x", "2026-13-01T00:00:00Z", "2026-02-30", "2026-01-01", "1999-01-01T00:00:00Z"])
def test_the_reason_why_a_time_is_invalid_is_translated(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as raised:
        from_text(text)
    assert re.search("：.*[\u4e00-\u9fff]", translate(Text("is no time: {error}", error=raised.value)))


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("soon", "时限写作 .*"),
        ("99999999 hours", "时限最长十年，即 87840 hours"),
        ("until 31 June", "没有 31 June 这个日期；时限写作 .*"),
        ("1 day then none", '"then" 连接 2 至 4 个时限，其中不能有 .*'),
        ("6 calendar years then 5 calendar years", "先后相接的时限合计最长十年"),
        ("5 days including the first day", '"including the first day" 只用于工作日.*；时限写作 .*'),
        ("later of none, 1 day", '"later of" 和 "earlier of" 用 ", " 连接 2 至 4 个时限，其中不能有 .*'),
        ("later of 1 day", '"later of" 和 "earlier of" .*；时限写作 "24 hours",.* 或 "none"'),
    ],
)
def test_the_reason_why_a_limit_is_invalid_is_translated(text: str, chinese: str) -> None:
    with pytest.raises(ValueError, match=r"a limit is|joins? two|ten years together") as raised:
        parse_limit(text)
    assert re.fullmatch(chinese, translate(str(raised.value)))
