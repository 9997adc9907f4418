"""Limit texts."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.policy.worktime import limit, parse_limit
from chalicelib.policy.worktime.explanation_wording import CHINESE, ENGLISH

_UNITS = ("second", "minute", "hour", "day", "week", "month", "working minute", "working hour", "working day")


@pytest.mark.parametrize("unit", _UNITS)
@pytest.mark.parametrize("number", ["1 {}", "2 {}s", "120 {}s"])
def test_a_limits_text_is_given_back(number: str, unit: str) -> None:
    text = number.format(unit)
    assert str(parse_limit(text)) == text


@pytest.mark.parametrize("text", ["same working day", "none"])
def test_so_are_those_without_a_number(text: str) -> None:
    assert str(parse_limit(text)) == text


@pytest.mark.parametrize("text", ["0 days", "-1 days", "1.5 hours", "1  day", "5 working weeks", "٣ days", "day", ""])
def test_other_texts_are_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="a limit is written"):
        parse_limit(text)


@pytest.mark.parametrize("text", ["3661 days", "121 months", "999999999 seconds", "3661 working days"])
def test_a_limit_is_at_most_ten_years(text: str) -> None:
    with pytest.raises(ValueError, match="at most ten years"):
        parse_limit(text)


@given(st.one_of(st.text(), st.integers(), st.none(), st.lists(st.text())))
def test_any_value_is_a_limit_or_a_value_error(value: Any) -> None:
    with suppress(ValueError):
        assert str(parse_limit(value)) == value


def test_each_unit_has_words_in_both_languages() -> None:
    assert set(ENGLISH.units) == set(CHINESE.units) == set(limit._UNITS) == set(_UNITS)
