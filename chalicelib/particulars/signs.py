"""A character as it is read: without width, accents, circles and the alphabet that it was taken from."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from chalicelib.particulars.alike import seen

_UNSEEN = "\u115f\u1160\u17b4\u17b5\u3164\uffa0"
"""Letters that are not seen."""
_NOT_READ = ("Mn", "Me", "Cf", "Cc", "Cs", "Co", "Cn")
ROMAN = "[\u2160-\u2188]"
"""Signs of Roman numerals. They are also used as letters."""
_KEYCAP_TEN = "\U0001f51f"
_LETTER_IN_NAME = r"(?:LATIN CAPITAL LETTER|LATIN LETTER SMALL CAPITAL|SYMBOL LETTER) ([A-Z])\Z"
"""Unicode's names of letters in negative circles and squares, small capitals and regional indicators."""


@lru_cache(maxsize=8192)
def plain(raw: str) -> str:
    """What one character is read as: a few characters, or none. Numerals of Chinese stay: they are parts of words."""
    if raw.isspace():
        return "\n" if raw in "\n\r\x0b\x0c\x85\u2028\u2029" else " "
    if raw == _KEYCAP_TEN:
        return "10"
    if (number := _number(raw)) is not None:
        return number
    found = "".join(_letter(sign) for sign in unicodedata.normalize("NFKD", raw) if not _is_unseen(sign))
    return "".join(sign for one in found for sign in (_dash_or(seen(one)) if one > "\x7f" else one))


def value_of(raw: str) -> str:
    """As `plain`, with the value of a Roman numeral."""
    return (
        str(int(unicodedata.numeric(raw)))
        if re.fullmatch(ROMAN, raw) and unicodedata.numeric(raw, None)
        else plain(raw)
    )


def _number(raw: str) -> str | None:
    """The digits of a number in a circle, in brackets or of another script. None for Chinese and Roman numerals."""
    category = unicodedata.category(raw)
    if category not in ("Nd", "No") and not "\u3021" <= raw <= "\u303a":  # numerals of Suzhou are letters
        return None
    value = unicodedata.numeric(raw)
    return str(int(value)) if value.is_integer() and value < 10_000 else None


def _letter(sign: str) -> str:
    if sign.isascii() or unicodedata.category(sign) not in ("So", "Ll"):
        return sign
    found = re.search(_LETTER_IN_NAME, unicodedata.name(sign, ""))
    return found[1] if found else sign


def _dash_or(sign: str) -> str:
    return "-" if len(sign) == 1 and unicodedata.category(sign) == "Pd" else sign


def _is_unseen(sign: str) -> bool:
    return sign in _UNSEEN or unicodedata.category(sign) in _NOT_READ
