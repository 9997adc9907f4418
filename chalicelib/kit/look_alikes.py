"""Letters of other alphabets that look like Latin ones (Unicode Technical Standard 39)."""

from __future__ import annotations

import unicodedata

_PALOCHKA = "\u04c0\u04cf"
"""Listed with `i`, which it resembles less."""
_SMALL_CAPITAL = "LATIN LETTER SMALL CAPITAL "
"""Begins the Unicode names of ᴀ, ʙ and so on, most of which are not listed."""


def is_foreign(sign: str) -> bool:
    """A letter that is neither ASCII nor Chinese, Japanese or Korean, of which there are many and none looks Latin."""
    return (
        sign > "\x7f"
        and sign.isalpha()
        and not "\u3040" <= sign <= "\u9fff"
        and not "\uac00" <= sign <= "\ud7a3"
        and sign < "\U00020000"
    )


def latin(sign: str) -> str:
    """The Latin letter of the same case that it looks like, or its other case does. The sign itself if there is none.

    The small `в` looks like no small letter, but like a capital; the capital `І` is listed with `l` only.
    """
    from confusable_homoglyphs.confusables import is_confusable  # late: a table of 9,600 signs, for few texts

    if sign in _PALOCHKA:
        return "l"
    small = unicodedata.name(sign, "").removeprefix(_SMALL_CAPITAL)
    if len(small) == 1:
        return small.lower()
    for written in (sign, sign.swapcase()):
        found: list[str] = [
            one["c"] for each in is_confusable(written, greedy=True) or () for one in each["homoglyphs"]
        ]
        letters = [one for one in found if len(one) == 1 and one.isascii() and one.isalpha()]
        same = [one for one in letters if one.isupper() == written.isupper()]
        if same:
            return min(same)
    return sign


def han(radical: str) -> str:
    """The Chinese character that a radical (U+2E80 to U+2EFF) looks like. The radical itself if there is none."""
    from confusable_homoglyphs.confusables import is_confusable  # late: as above

    found = [one["c"] for each in is_confusable(radical, greedy=True) or () for one in each["homoglyphs"]]
    return next((one for one in found if "\u4e00" <= one <= "\u9fff"), radical)
