"""A text without what people vary when they write a name or a number: width, case, accents, spaces, signs, scripts."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import msgspec

from chalicelib.particulars.alike import LOOK_LIKE_DIGITS, alike

_NUMERALS = {numeral: str(digit) for digit, numeral in enumerate("零一二三四五六七八九")} | {"〇": "0", "幺": "1"}
_NUMERALS |= {numeral: str(digit) for digit, numeral in enumerate("壹贰叁肆伍陆柒捌玖", 1)}
_NUMERALS |= {"貳": "2", "參": "3", "陸": "6"}
_UNSEEN = "\u115f\u1160\u3164\uffa0"
"""Letters of Hangul that are not seen."""


class Squeezed(msgspec.Struct, frozen=True):
    """Letters and digits only. `places`: for each of them, its index in the original text."""

    text: str
    places: tuple[int, ...]
    original: str

    @property
    def numbers(self) -> str:
        """The same with Chinese numerals as digits."""
        return "".join(_NUMERALS.get(sign, sign) for sign in self.text)

    @property
    def lookalikes(self) -> str:
        """The numbers, with letters that look like digits as digits too."""
        return self.numbers.translate(LOOK_LIKE_DIGITS)


def squeeze(text: str) -> Squeezed:
    found = [(sign, place) for place, raw in enumerate(text) for sign in _plain(raw)]
    return Squeezed("".join(sign for sign, _ in found), tuple(place for _, place in found), text)


@lru_cache(maxsize=8192)
def _plain(raw: str) -> tuple[str, ...]:
    """Without the accent behind its letter."""
    found = "".join(map(alike, unicodedata.normalize("NFKD", raw)))
    return tuple(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
        for sign in found
        if sign.isalnum() and sign not in _UNSEEN
    )
