"""Words and their bigrams (pure). Texts and questions are normalised alike: NFKC, case-folded, without punctuation.

A word is a run of letters and digits. Chinese has no spaces, so a run of it is a whole clause, and a word of a question
is found anywhere inside a run. Simplified and traditional characters stay different.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

LONGEST_QUESTION = 200
"""Characters of the words that a search asks for."""
MOST_WORDS = 10
"""Words of one search."""
MOST_BIGRAMS = 200
"""Different bigrams of one search: NFKC makes up to 18 characters of one."""
_WORD_CATEGORIES = "LMN"
"""First letters of the Unicode categories of letters, marks and numbers."""


class _Separated(dict[int, str]):
    """By code point: the character, or a space for one that is no part of a word. Filled as characters occur.

    Invisible format characters, such as zero-width spaces that come with pasted texts, are dropped.
    """

    def __missing__(self, code: int) -> str:
        import unicodedata  # as in `normalised`

        sign = chr(code)
        category = unicodedata.category(sign)
        self[code] = sign if category[0] in _WORD_CATEGORIES else "" if category == "Cf" else " "
        return self[code]


_SEPARATED = _Separated()


def normalised(text: str) -> str:
    """The words of the text with a space between them."""
    import unicodedata  # as in `policy.language.values.fact_kinds`

    return " ".join(unicodedata.normalize("NFKC", text).casefold().translate(_SEPARATED).split())


def has_control_characters(text: str) -> bool:
    import unicodedata  # as in `normalised`

    return any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text)


def bigrams(normal: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a normalised text. A word of one character has none."""
    return frozenset(_pairs(normal))


def _pairs(normal: str) -> Iterator[str]:
    for first, second in pairwise(normal):
        if first != " " and second != " ":
            yield first + second


def contains(text: str, word: str) -> bool:
    """Whether the text has the word, which is normalised. Most texts that have one have it as it is asked for, and
    need not be normalised."""
    return word in text or word in normalised(text)
