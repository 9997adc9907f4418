"""Codes that people copy and type: Crockford's base 32 with his check symbol, in groups of four.

https://www.crockford.com/base32.html. Case, blanks and hyphens do not count. `O` is read as `0`, and `I` and `L` as
`1`.
"""

from __future__ import annotations

from typing import Literal

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECKED_BY = 37
_GROUP = 4
_BITS = 5
_ALIKE = str.maketrans("OIL", "011", " -–—‐\t")

Slip = Literal["length", "symbol", "check"]


def spelled(number: int, length: int) -> str | None:
    """The number as a code of `length` symbols, the last one its check symbol, without hyphens.

    None if the check symbol is one of the five that are no letters or digits of the alphabet: 32 of 37 are.
    """
    check = _check(number)
    if check is None:
        return None
    return "".join(ALPHABET[number >> shift & 31] for shift in range(_BITS * (length - 2), -1, -_BITS)) + check


def grouped(code: str) -> str:
    return "-".join(code[first : first + _GROUP] for first in range(0, len(code), _GROUP))


def read(text: str) -> str:
    """As it was spelled. NFKC: keyboards for Chinese type full-width letters and digits."""
    if not text.isascii():
        import unicodedata  # cold starts do without it

        text = unicodedata.normalize("NFKC", text)
    return text.upper().translate(_ALIKE)


def slip(code: str, length: int) -> Slip | None:
    """What was mistyped in a code as `read` gives it, so that no code has this form. None if it can be one."""
    if not set(code) <= {*ALPHABET}:
        return "symbol"
    if len(code) != length:
        return "length"
    return None if _check(_number(code[:-1])) == code[-1] else "check"


def _check(number: int) -> str | None:
    at = number % _CHECKED_BY
    return ALPHABET[at] if at < len(ALPHABET) else None


def _number(symbols: str) -> int:
    found = 0
    for one in symbols:
        found = found << _BITS | ALPHABET.index(one)
    return found
