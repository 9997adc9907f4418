"""Numbers of any person that have a form of their own: of phones and of identity papers."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Sequence

from chalicelib.particulars.patterns import Kind

_GAP = r"[^\w\n]{0,4}"
"""Between the digits of a number."""
_NEAR = r"[^\w\n/:]{0,4}"
"""The same without what separates days and hours."""
_FIRST, _LAST = r"(?<!\d)", r"(?![A-Za-z0-9]|\s?[元万亿%])"
"""A letter behind it makes it another number, such as the serial number of a device."""
_COUNTRY = rf"(?:0{_GAP}){{0,2}}8{_GAP}6{_GAP}"
_AREA = r"(?:1\s?0|2\s?\d|[3-9]\s?\d\s?\d)"
_NO_YEAR = r"(?!(?:19|20)\d\d\D)"
_MOBILE = rf"(?:{_COUNTRY})?1{_GAP}[3-9](?:{_GAP}\d){{9}}"
_LANDLINE = rf"(?:(?:{_COUNTRY})?0|\+86){_NEAR}{_AREA}{_NEAR}{_NO_YEAR}[2-9](?:{_NEAR}\d){{6,7}}"
_YEAR = rf"(?:1{_GAP}[89]|2{_GAP}0)(?:{_GAP}\d){{2}}"
_DAY = rf"[01]{_GAP}\d{_GAP}[0-3](?:{_GAP}\d){{4}}"
"""The first digits of a day of birth, so that few numbers are looked at, and the three digits behind it."""
_FEW_GAPS = 3
_SHORT = 2
"""Digits of a group, as in an hour."""
_SEPARATORS = frozenset({"", "-", "."})
_IDENTITY, _FORMER_IDENTITY = 18, 15
_PROVINCES = "1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]"
_CHECK_DIGITS = "10X98765432"


def is_written_as_one(written: str) -> bool:
    """Whether its digits are together, one by one, or in groups as people write them: lists, days and hours are not."""
    groups, gaps = re.findall(r"\d+", written), [gap.strip() for gap in re.findall(r"\D+", written.strip("+"))]
    if all(len(group) == 1 for group in groups):
        return True
    if len(gaps) >= _FEW_GAPS:
        return len({*gaps}) == 1 and gaps[0] in _SEPARATORS
    is_hour = any(":" in gap and len(group) <= _SHORT for gap, group in zip(gaps, groups, strict=False))
    is_fraction = groups[0] == "0" and gaps[0] == "."
    return not is_hour and not is_fraction and sum(map(_is_of_list, gaps)) <= 1


def _is_of_list(gap: str) -> bool:
    return not {*",、;。"}.isdisjoint(gap)


def is_identity(written: str) -> bool:
    """Whether it has a province, a day of birth and, of 18 characters, the check digit of GB 11643.

    The former ones of 15 digits have none, and are written in groups as phones are.
    """
    number = re.sub(r"[^\dX]", "", written.upper())
    born = number[6:14] if len(number) == _IDENTITY else f"19{number[6:12]}"
    if not re.match(_PROVINCES, number) or not _is_day(int(born[:4]), int(born[4:6]), int(born[6:])):
        return False
    weighed = sum(int(digit) * 2 ** (_IDENTITY - 1 - at) for at, digit in enumerate(number[: _IDENTITY - 1]))
    if len(number) == _FORMER_IDENTITY:
        return is_written_as_one(written)
    return number[-1] == _CHECK_DIGITS[weighed % 11]


def _is_day(year: int, month: int, day: int) -> bool:
    return 1800 <= year < 2100 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


NUMBERS: Sequence[tuple[Kind, str, Callable[[str], bool]]] = (
    ("phone", rf"{_FIRST}(?=({_MOBILE}){_LAST})", is_written_as_one),
    ("phone", rf"{_FIRST}(?=({_LANDLINE}){_LAST})", is_written_as_one),
    ("identity", rf"{_FIRST}(?=([1-8](?:{_GAP}\d){{5}}{_GAP}{_YEAR}{_GAP}{_DAY}{_GAP}[\dxX]){_LAST})", is_identity),
    ("identity", rf"{_FIRST}(?=([1-8](?:{_GAP}\d){{7}}{_GAP}{_DAY}){_LAST})", is_identity),
)
"""Searched for in a text with digits for numerals, and also with digits for letters. Their places can overlap.

`_` is a letter for a pattern: the text has `-` in its place.
"""
