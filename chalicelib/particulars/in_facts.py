"""Parts of a case's facts by which people are recognised, found by their form, in the normal form of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chalicelib.particulars.patterns import LOCAL_PART

_INTRODUCED = "昵称|网名|用户名|外号|绰号|又名|化名|笔名|微信号|微信|QQ号|QQ"
_INTRODUCED_IN_ENGLISH = r"nick(?:name)?|a\.?k\.?a\.?|known as|goes by|username"
_OPENING = r"[\"'\u201c\u2018\u300c\u300e\u300a\u3010(]?"
_BEHIND_NAME = r"\s\"'\u201c\u201d\u2018\u2019\u300c-\u300f\u300a\u300b\u3010\u3011(),\u3001\u3002.;!?"
_INTRODUCTION = rf"(?:{_INTRODUCED}|{_INTRODUCED_IN_ENGLISH})\s*+(?:为|是|叫|[:=]|is)?\s*+{_OPENING}\s*+"
_NICKNAME = rf"{_INTRODUCTION}([^{_BEHIND_NAME}]{{1,20}})"
_BEFORE_STREET = "省市区县旗镇乡村在于住到"
_STREETS, _AMBIGUOUS_STREETS = "[路街弄]|小区|大厦|公寓", "[道巷里园苑]"
_NUMBERED = "[号弄栋幢楼室]"
_STREET = (
    rf"[^{_BEFORE_STREET},\u3002\s]{{1,8}}"
    rf"(?:(?:{_STREETS})\s*\d+\s*{_NUMBERED}?|{_AMBIGUOUS_STREETS}\s*\d+\s*{_NUMBERED})"
)
"""`屋里401` and `不知道一直` name no street."""
_LONG_NUMBER = r"\+?\d[\d\s()./-]{5,24}\d"
_WITH_CODES, _SUBSCRIBER = 10, 8
"""Digits of a phone number with a code, and of its end, which tells whose it is."""


def nicknames(text: str) -> Iterator[tuple[int, int]]:
    """The places of names that a text introduces as a nickname."""
    yield from (found.span(1) for found in re.finditer(_NICKNAME, text, re.IGNORECASE))


def streets(text: str) -> Iterator[tuple[int, int]]:
    """The places of streets with their numbers, without the city and the district."""
    yield from (found.span() for found in re.finditer(_STREET, text))


def long_numbers(text: str) -> Iterator[str]:
    """Numbers of at least seven digits, such as of phones, orders and accounts, with their separators."""
    yield from (found[0] for found in re.finditer(_LONG_NUMBER, text))


def local_parts(text: str) -> list[str]:
    """What an e-mail address has before its `@`: people write the rest in words."""
    return re.findall(rf"({LOCAL_PART})\s*+@", text)


def shorter(number: str) -> Iterator[str]:
    """The number, and without the codes of its country and its area."""
    yield number
    if len(number) >= _WITH_CODES:
        yield number[-_SUBSCRIBER:]
    if landline := re.fullmatch(r"0(?:10|2\d|[3-9]\d\d)(\d{7,8})", number):
        yield landline[1]


def national(digits: str) -> str:
    """A phone number without the country's code."""
    found = re.fullmatch(r"(?:0{0,2}86)(1\d{10}|0?\d{9,11})", digits)
    return found[1] if found else digits
