"""Limit texts."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.policy.worktime import parse_limit
from chalicelib.policy.worktime.explaining.wording import wording
from chalicelib.policy.worktime.limit_text import UNITS

_UNITS = (
    *("second", "minute", "hour", "day", "week", "month", "working minute", "working hour", "working day"),
    *("calendar day", "calendar week", "calendar month", "calendar year"),
)


@pytest.mark.parametrize("unit", _UNITS)
@pytest.mark.parametrize("number", ["1 {}", "2 {}s", "10 {}s"])
def test_a_limits_text_is_given_back(number: str, unit: str) -> None:
    text = number.format(unit)
    assert str(parse_limit(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        *("same working day", "same day", "none", "until 31 January", "until 1 December", "until 29 February"),
        *("later of 24 hours, 1 working day", "earlier of 1 day, 2 days, same day, until 31 May"),
    ],
)
def test_so_are_those_without_a_number(text: str) -> None:
    assert str(parse_limit(text)) == text


@pytest.mark.parametrize(
    "text", ["0 days", "-1 days", "1.5 hours", "1  day", "5 working weeks", "٣ days", "day", "7", ""]
)
def test_other_texts_are_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="a limit is written"):
        parse_limit(text)


@pytest.mark.parametrize("words", ["later of", "earlier of"])
def test_joined_limits_can_be_written_as_a_list(words: str) -> None:
    assert str(parse_limit({words: ["24 hours", "1 working day"]})) == f"{words} 24 hours, 1 working day"


@pytest.mark.parametrize(
    "value",
    [
        *("until 31 April", "until 30 February", "until 0 May", "until 32 May", "until 5 may", "until 05 May"),
        *("until Friday", "until", "until 5 May 2027", "5 calendar hours", "1 calendar second", "same calendar day"),
        *("later of 24 hours", "later of", "earlier of 1 day,2 days", "later of 1 day, 2 days, 3 days, 4 days, 5 days"),
        *({"later of": ["1 day"]}, {"later of": "1 day, 2 days"}, {"later": ["1 day", "2 days"]}, {}),
        *({"later of": ["1 day", {"later of": ["1 day", "2 days"]}]}, {"later of": ["1 day", 2]}),
    ],
)
def test_other_dates_and_joined_limits_are_refused_with_a_sentence(value: Any) -> None:
    with pytest.raises(ValueError, match="a limit is written"):
        parse_limit(value)


@pytest.mark.parametrize("part", ["none", "later of 1 day, 2 days", "earlier of 1 day, 2 days"])
def test_a_joined_limit_has_no_joined_part_and_none_without_an_end(part: str) -> None:
    with pytest.raises(ValueError, match=r"none of them is|a limit is written"):
        parse_limit(f"later of 1 day, {part}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("1 day", False), ("2 days", True), ("48 hours", False), ("1 week", True), ("1 month", True)),
        *(("2 working days", False), ("30 calendar days", False), ("1 calendar month", False)),
        *(("later of 1 hour, 30 days", True), ("earlier of 1 hour, 30 calendar days", False)),
    ],
)
def test_elapsed_days_that_authors_may_have_meant_as_days(text: str, expected: bool) -> None:
    assert parse_limit(text).is_elapsed_days is expected


@pytest.mark.parametrize(
    "text",
    [
        *("3661 days", "121 months", "999999999 seconds", "3661 working days"),
        *("3661 calendar days", "523 calendar weeks", "121 calendar months", "11 calendar years"),
    ],
)
def test_a_limit_is_at_most_ten_years(text: str) -> None:
    with pytest.raises(ValueError, match="at most ten years"):
        parse_limit(text)


@given(st.one_of(st.text(), st.integers(), st.none(), st.lists(st.text())))
def test_any_value_is_a_limit_or_a_value_error(value: Any) -> None:
    with suppress(ValueError):
        assert str(parse_limit(value)) == value


def test_each_unit_has_words_in_both_languages() -> None:
    assert set(wording("en").units) == set(wording("zh").units) == set(UNITS) == set(_UNITS)
