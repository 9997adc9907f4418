"""Words and bigrams: what a text has, and what a question looks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.features.search.index import words
from tests.helpers.searches import searching

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
TEXTS = st.text(st.one_of(HAN, st.characters(exclude_categories=["Cs"])), max_size=60)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("空调漏水，三天未修！", "空调漏水 三天未修"),
        ("Ａ１ Wi-Fi ROUTER", "a1 wi fi router"),
        ("退款\n\t(部分)", "退款 部分"),
        ("100%*?", "100"),
        ("ﬁne", "fine"),
        ("漏\u200b水\u00ad了", "漏水了"),
        ("……", ""),
    ],
)
def test_texts_lose_width_case_punctuation_and_invisible_characters(text: str, normal: str) -> None:
    assert words.normalised(text) == normal


@pytest.mark.parametrize(
    ("text", "found"), [("漏水\x00", True), ("a\nb", True), ("\ud800", True), ("漏水 a\u200b", False), ("", False)]
)
def test_control_characters_and_halves_of_characters_are_found(text: str, found: bool) -> None:
    assert words.has_control_characters(text) is found


def test_bigrams_do_not_reach_over_a_space() -> None:
    assert words.bigrams("漏水 a 三天未") == {"漏水", "三天", "天未"}


@given(TEXTS)
@searching(400)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = words.normalised(text)
    assert words.normalised(once) == once


@given(st.text(HAN, min_size=2, max_size=8), TEXTS, TEXTS)
@searching(400)
def test_a_text_has_every_bigram_of_a_word_in_it(word: str, before: str, after: str) -> None:
    text = words.normalised(f"{before}{word}{after}")

    assert words.normalised(word) in text
    assert words.bigrams(words.normalised(word)) <= words.bigrams(text)
