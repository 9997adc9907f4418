"""Particulars that have a form of their own: e-mail addresses, phone numbers, identity numbers, plates, nicknames."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_LOCAL_PART = r"[A-Za-z0-9_.+-]{1,64}+"
"""As long as RFC 5321 §4.5.3.1.1 permits. An open end would cost quadratic time for a long word without `@`."""
OF_ANY_PERSON: Mapping[str, str] = {
    "email": rf"{_LOCAL_PART}\s*+[@\uff20]\s*+[A-Za-z0-9-]{{1,63}}+(?:\s*+[.\uff0e\u3002]\s*+[A-Za-z0-9-]{{1,63}}+)++",
    "plate": rf"[{_PROVINCES}][A-Za-z][\s·•・.-]?[A-Za-z0-9]{{5,6}}(?![A-Za-z0-9])",
    "web": r"(?:https?://|www\.)\S+",
}
"""Refused in a text for publication in every case. After NFKC (`plain`)."""
NUMBERS: Mapping[str, str] = {
    "phone": r"(?<!\d)(?:0{0,2}86)?1[3-9]\d{9}(?!\d)",
    "identity": r"(?<!\d)\d{17}[\dx](?!\d)",
}
"""The same, in the squeezed text with Chinese numerals as digits."""
_INTRODUCED = "昵称|网名|用户名|外号|绰号|又名|化名|笔名|微信号|微信|QQ号|QQ"
_INTRODUCED_IN_ENGLISH = r"nick(?:name)?|a\.?k\.?a\.?|known as|goes by|username"
_OPENING = r"[\"'\u201c\u2018\u300c\u300e\u300a\u3010(\uff08]?"
_BEHIND_NAME = (
    r"\s\"'\u201c\u201d\u2018\u2019\u300c-\u300f\u300a\u300b\u3010\u3011()\uff08\uff09"
    r",\uff0c\u3002.\uff1b;\uff01!\uff1f?"
)
_IS = "为|是|叫"
_INTRODUCTION = rf"(?:{_INTRODUCED}|{_INTRODUCED_IN_ENGLISH})\s*+(?:{_IS}|[:\uff1a=]|is)?\s*+{_OPENING}\s*+"
_NICKNAME = rf"{_INTRODUCTION}([^{_BEHIND_NAME}]{{1,20}})"
_BEFORE_STREET = "省市区县旗镇乡村在于住到"
_STREETS = "[路街道巷弄里园苑]|小区|大厦|公寓"
_NUMBERED = "号弄栋幢楼室"
_ADDRESS = rf"[^{_BEFORE_STREET},\uff0c\u3002\s]{{1,8}}(?:{_STREETS})\s*\d+\s*[{_NUMBERED}]?"
_WITH_CODES, _SUBSCRIBER = 10, 8
"""Digits of a phone number with a code, and of its end, which tells whose it is."""
_LONG_NUMBER = r"\+?\d[\d\s()（）./-]{5,24}\d"


def nicknames(text: str) -> Iterator[str]:
    """The names that a text introduces as a nickname."""
    yield from (found[1] for found in re.finditer(_NICKNAME, text, re.IGNORECASE))


def addresses(text: str) -> Iterator[str]:
    """Streets with their numbers, without the city and the district."""
    yield from (found[0] for found in re.finditer(_ADDRESS, text))


def long_numbers(text: str) -> Iterator[str]:
    """Numbers of at least seven digits, such as of phones, orders and accounts, with their separators."""
    yield from (found[0] for found in re.finditer(_LONG_NUMBER, text))


def local_parts(text: str) -> list[str]:
    """What an e-mail address has before its `@`: people write the rest in words."""
    return re.findall(rf"({_LOCAL_PART})\s*+[@\uff20]", text)


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
