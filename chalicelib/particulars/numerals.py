"""Numerals of Chinese: their digits, and the numbers that they write, such as `三百零一`."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_CHINESE = (
    "〇零㐅㒃㠪㭍一二三四五六七八九十百千仟佰拾阡亖仨伍兩两俩六卄卅卌廾廿叁参參叄壱壹幺弌弍弎弐捌柒玖肆貮貳贰陆陸"
)
"""Those with a value of Unicode below ten thousand, without two that are frequent words; and the three for two."""
_TWO = "两兩俩"
RUN = f"[0-9{_CHINESE}]+"
_UNITS = (10, 100, 1000)
_SIGNS = 9
"""Signs of a number below ten thousand, as in `九千零九十九`, and some more."""


@lru_cache(maxsize=256)
def value(sign: str) -> int:
    """`sign`: of a `RUN`."""
    return 2 if sign in _TWO else int(unicodedata.numeric(sign))


def number(run: str) -> str | None:
    """The number that the run writes with tens, hundreds and thousands; None if it is digits one by one."""
    values = [value(sign) for sign in run[: _SIGNS + 1]]
    if len(run) > _SIGNS or {*_UNITS}.isdisjoint(values):
        return None
    total, digit, above = 0, 0, _UNITS[-1] * 10
    for one in values:
        if one in _UNITS:
            if one >= above:
                return None
            total, digit, above = total + (digit or 1) * one, 0, one
        elif digit or one > 9:
            return None
        else:
            digit = one
    return str(total + digit)
