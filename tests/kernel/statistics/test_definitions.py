"""Each measure is defined in both languages."""

from __future__ import annotations

import re

from chalicelib.kit import catalogue
from chalicelib.statistics.measures.measure import MeasureTexts
from chalicelib.statistics.measures.table import MEASURES

DEFINITIONS = {name: one.definition.zh for name, one in catalogue.section("measures", dict[str, MeasureTexts]).items()}


def test_each_measure_has_texts_and_no_text_is_left() -> None:
    assert DEFINITIONS.keys() == MEASURES.keys()


def test_a_chinese_definition_has_no_english_word() -> None:
    assert [name for name, text in DEFINITIONS.items() if re.search(r"[A-Za-z]{2,}", text)] == []


def test_a_share_says_of_what_in_both_languages() -> None:
    shares = {name for name, one in MEASURES.items() if one.of is not None}
    assert {name for name, text in DEFINITIONS.items() if "比例" in text} == shares
