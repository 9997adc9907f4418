"""A text without what people vary when they write a name or a number: width, case, accents, spaces and signs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import msgspec

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


def squeeze(text: str) -> Squeezed:
    found = [(sign, place) for place, raw in enumerate(text) for sign in _plain(raw)]
    return Squeezed("".join(sign for sign, _ in found), tuple(place for _, place in found), text)


def _plain(raw: str) -> Iterator[str]:
    for sign in unicodedata.normalize("NFKD", raw).casefold():
        if sign.isdecimal():
            yield str(unicodedata.decimal(sign))
        elif sign.isalnum() and sign not in _UNSEEN:  # not the accent behind its letter
            yield sign
