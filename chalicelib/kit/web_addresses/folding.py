"""A text as a browser reads an address in it: without width, case, unseen signs and kinds of white space."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import msgspec

_UNSEEN_LETTERS = "\u115f\u1160\u17b4\u17b5\u2065\u2800\u3164\uffa0"
_HALF_WIDTH_STOP = "\uff61"
"""A dot of a domain name (UTS 46). NFKC makes `。` of it, but no Chinese sentence ends with this sign."""
_ACCENTS = (("\u0300", "\u036f"), ("\u1ab0", "\u1aff"), ("\u1dc0", "\u1dff"), ("\u20d0", "\u20ff"))
_VARIATIONS = (("\u180b", "\u180f"), ("\ufe00", "\ufe0f"), ("\ufff0", "\ufff8"), ("\U000e0000", "\U000e0fff"))


class Folded(msgspec.Struct, frozen=True):
    """`places`: for each sign of `text`, its index in the original text. White space is a space or a line break.

    `cased`: `text` with the capital letters A to Z as they were written.
    """

    text: str
    cased: str
    places: Sequence[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The indexes in the original of the first sign and of the one behind the last."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> Folded:
    """Linear in the length of the text."""
    plain = list(map(_plain, text))
    folded = "".join(plain)
    one_by_one = len(folded) == len(text) and all(plain)
    places = range(len(text)) if one_by_one else [place for place, signs in enumerate(plain) for _ in signs]
    return Folded(folded, "".join(map(_cased, text)), places)


def is_blank(text: str) -> bool:
    """Whether a reader sees nothing of it."""
    return all(sign.isspace() or _is_unseen(sign) for sign in text)


@lru_cache(maxsize=8192)
def _cased(raw: str) -> str:
    return raw if "A" <= raw <= "Z" else _plain(raw)


@lru_cache(maxsize=8192)
def _plain(raw: str) -> str:
    """NFKC is what UTS 46 applies to a domain name: `．` and `․` are dots, `ｃ`, `ⓒ` and `𝐜` are letters."""
    if raw == _HALF_WIDTH_STOP:
        return "."
    if raw.isspace():
        return "\n" if len(f"a{raw}b".splitlines()) > 1 else " "
    found = unicodedata.normalize("NFKC", raw).casefold()
    return "".join(" " if sign.isspace() else sign for sign in found if not _is_unseen(sign))


def _is_unseen(sign: str) -> bool:
    """Zero width, soft hyphens, controls, and marks above or through the letter before."""
    if sign.isascii():
        return not sign.isprintable()
    return (
        unicodedata.category(sign) in ("Cf", "Cc")
        or sign in _UNSEEN_LETTERS
        or any(first <= sign <= last for first, last in (*_ACCENTS, *_VARIATIONS))
    )
