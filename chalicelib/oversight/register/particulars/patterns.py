"""Particulars that have a form of their own: e-mail addresses, phone numbers, identity numbers, plates, nicknames."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
ANYBODYS: Mapping[str, str] = {
    "email": r"[\w.+-]+\s*[@＠]\s*[\w-]+(?:\s*[.．。]\s*[\w-]+)+",
    "plate": rf"[{_PROVINCES}][A-Za-z][\s·•・.-]?[A-Za-z0-9]{{5,6}}(?![A-Za-z0-9])",
    "web": r"(?:https?://|www\.)\S+",
}
"""Refused in a text for publication whatever the case has. After NFKC (`plain`)."""
NUMBERS: Mapping[str, str] = {
    "phone": r"(?<!\d)(?:0{0,2}86)?1[3-9]\d{9}(?!\d)",
    "identity": r"(?<!\d)\d{17}[\dx](?!\d)",
}
"""The same, in the squeezed text with Chinese numerals as digits."""
_NICKNAME = (
    r"(?:昵称|网名|用户名|外号|绰号|又名|化名|笔名|微信号?|QQ号?|nick(?:name)?|a\.?k\.?a\.?|known as|goes by|username)"
    r"\s*(?:为|是|叫|[:：=]|is)?\s*[\"'“”‘’「『《【(（]?\s*"
    r"([^\s\"'“”‘’「」『』《》【】()（），,。.；;！!？?]{1,20})"
)
_LONG_NUMBER = r"\+?\d[\d\s()（）./-]{5,24}\d"


def nicknames(text: str) -> Iterator[str]:
    """The names that a text introduces as somebody's nickname."""
    yield from (found[1] for found in re.finditer(_NICKNAME, text, re.IGNORECASE))


def long_numbers(text: str) -> Iterator[str]:
    """Numbers of at least seven digits, such as of phones, orders and accounts, with their separators."""
    yield from (found[0] for found in re.finditer(_LONG_NUMBER, text))


def national(digits: str) -> str:
    """A phone number without the country's code."""
    found = re.fullmatch(r"(?:0{0,2}86)(1\d{10}|0?\d{9,11})", digits)
    return found[1] if found else digits
