"""Web addresses are found in every form in which programs or people still follow them, and sentences stay whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kit.web_addresses.search import find, has_any, without
from chalicelib.policy import presets
from chalicelib.policy.language.wording.default_wording import default_wording
from chalicelib.policy.reading import yaml_text
from tests.across.isolation import addresses
from tests.across.patterns.growth import grows
from tests.helpers.nonempty import nonempty
from tests.helpers.searches import searching

ROOT = Path(__file__).resolve().parents[3]
INSTEAD = "（略）"
AROUND = (
    "{}",
    "请登录{}",
    "请登录 {} 领取",
    "您好，{}，谢谢。",
    "({})",
    "“{}”",
    "a\n{}\nb",
    "<a href={}>",
    "{}.",
    "{}: x",
    "网址:{}",
    "{}：无",
    "见{}。",
)
OF_AN_OMBUDSMAN = re.compile(r"www\.(?:financial|housing)-ombudsman\.org\.uk")
"""Two policies among the examples name the web address of an ombudsman."""


@pytest.mark.parametrize("address", addresses.ADDRESSES)
def test_an_address_is_left_out(address: str) -> None:
    assert addresses.is_in(address)
    left = [without(around.format(address), INSTEAD) for around in AROUND]
    assert [text for text in left if addresses.is_in(text)] == []


def test_what_stands_around_an_address_stays() -> None:
    assert (
        without("请于明天前登录 https://evil.com/x?y=1，否则不再受理。", INSTEAD)
        == f"请于明天前登录 {INSTEAD}，否则不再受理。"
    )
    assert without("See evil.com, or (www.evil.cn/a). Thanks.", INSTEAD) == f"See {INSTEAD}, or ({INSTEAD}). Thanks."


@pytest.mark.parametrize(("text", "left"), [("t。me", ""), ("请登录 t。me 领取", "请登录  领取"), ("b23。tv/x", "")])
def test_a_short_address_with_a_full_stop_is_left_out(text: str, left: str) -> None:
    assert without(text, "") == left


@pytest.mark.parametrize("text", addresses.HARMLESS)
def test_a_sentence_that_looks_like_one_stays(text: str) -> None:
    assert without(text, INSTEAD) == text


def texts(part: Any) -> Iterator[str]:
    """The values in a policy document. Its keys and references have dots, and are in no mail."""
    if isinstance(part, dict):
        for value in part.values():
            yield from texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from texts(value)
    elif isinstance(part, str) and not re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", part):
        yield part


def documents() -> Iterator[Any]:
    yield from map(presets.document, presets.names())
    for path in nonempty(sorted((ROOT / "docs/examples").glob("*.yaml"))):
        yield yaml_text.load(path.read_text("utf-8"))[0]


def test_no_text_of_a_preset_or_an_example_is_touched() -> None:
    found = {text for document in documents() for text in texts(document)}
    touched = {text for text in nonempty(found) if without(text, INSTEAD) != text}

    named = {text for text in found if OF_AN_OMBUDSMAN.search(text)}
    addresses_of_bodies = {text for text in found if text.startswith("https://")}
    assert {text for text in touched - named - addresses_of_bodies if "@" not in text} == set()
    assert all(without(text, INSTEAD) == OF_AN_OMBUDSMAN.sub(INSTEAD, text) for text in nonempty(named))


def test_no_default_text_is_touched() -> None:
    labels = [
        text.of(reader) for text in default_wording().values() for reader in ("complainant", "respondent", "staff")
    ]
    assert all(not list(find(text)) for label in nonempty(labels) for text in (label.zh, label.en))


@pytest.mark.parametrize("name", [*addresses.ADDRESSES, *addresses.IN_NAMES_ONLY])
def test_a_name_with_an_address_is_recognised(name: str) -> None:
    assert has_any(name)
    assert has_any(f"示例机构 {name}")


@pytest.mark.parametrize("name", addresses.OTHER_NAMES)
def test_other_names_are_none(name: str) -> None:
    assert not has_any(name)


PIECES = [
    *addresses.ADDRESSES,
    *"aé领中.。．:/\\@-_[](){}'\"<> \n\u200b\u0336",
    "com",
    "中国",
    "公司",
    "www",
    "0x",
    "http",
    "1.",
]


@searching(800)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_nothing_is_left_to_find(text: str) -> None:
    for instead in (INSTEAD, "(see)", "…"):
        assert list(find(without(text, instead))) == []


ADVERSARIAL = [
    *("evil。top", "no.My a ", "co.ltd ", ".A.Us ", "第1.2.3.4条", "a。A"),
    *("a.", "a.com", "a.com/", "http://", "www.", "a. ", "a ", " ", "a 。 ", "。中国", "领奖。中国 ", "领", "领."),
    *(
        "1.",
        "1.2.3.4,",
        "::",
        "f:",
        "0x",
        "a(.",
        "a@",
        "a-",
        "[a",
        "соm.",
        "\u200b",
        "\u0336",
        "a.com,",
        "…",
        "://",
        "\\\\a",
    ),
]


@pytest.mark.parametrize("piece", ADVERSARIAL)
def test_the_time_grows_with_the_length_and_no_faster(piece: str) -> None:
    assert not grows(lambda text: without(text, INSTEAD), lambda length: (piece * length)[:length] + ".com")
