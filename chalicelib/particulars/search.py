"""Searches a text for the particulars of a case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import msgspec

from chalicelib.particulars import patterns
from chalicelib.particulars.squeezed import Squeezed, squeeze
from chalicelib.particulars.terms import Terms


class Particular(msgspec.Struct, frozen=True, order=True):
    """Where a text names a particular: the indexes of its first character and of the one behind it."""

    start: int
    end: int


def find(text: str, terms: Terms) -> list[Particular]:
    """All particulars in the text, in order. Places that overlap are one."""
    squeezed = squeeze(text)
    found = sorted({*_terms_in(squeezed, terms), *_of_any_person(text, squeezed), *_initials(text, terms)})
    joined: list[Particular] = []
    for one in found:
        if joined and one.start < joined[-1].end:
            joined[-1] = Particular(joined[-1].start, max(joined[-1].end, one.end))
        else:
            joined.append(one)
    return joined


def _terms_in(squeezed: Squeezed, terms: Terms) -> Iterator[Particular]:
    for term in terms.parts:
        yield from _occurrences(squeezed, squeezed.text, term)
    for term in terms.numbers:
        for within in (squeezed.numbers, squeezed.lookalikes):
            yield from _occurrences(squeezed, within, term)
    for term in terms.words:
        yield from (one for one in _occurrences(squeezed, squeezed.text, term) if _is_whole(squeezed.original, one))


def _occurrences(squeezed: Squeezed, within: str, term: str) -> Iterator[Particular]:
    at = within.find(term)
    while at >= 0:
        yield _place(squeezed, at, at + len(term))
        at = within.find(term, at + 1)


def _place(squeezed: Squeezed, start: int, end: int) -> Particular:
    return Particular(squeezed.places[start], squeezed.places[end - 1] + 1)


def _is_whole(text: str, one: Particular) -> bool:
    """Latin letters around it would make it another word."""
    around = text[one.start - 1 : one.start] + text[one.end : one.end + 1]
    return not any(unicodedata.normalize("NFKD", sign)[0].casefold() in _LETTERS for sign in around)


_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")


def _of_any_person(text: str, squeezed: Squeezed) -> Iterator[Particular]:
    """Particulars of any person, by their form."""
    plain = "".join(unicodedata.normalize("NFKC", sign)[:1] or sign for sign in text)  # keeps the indexes
    for pattern in patterns.OF_ANY_PERSON.values():
        yield from (Particular(*found.span()) for found in re.finditer(pattern, plain))
    for pattern in patterns.NUMBERS.values():
        for within in (squeezed.numbers, squeezed.lookalikes):
            yield from (_place(squeezed, *found.span()) for found in re.finditer(pattern, within))


def _initials(text: str, terms: Terms) -> Iterator[Particular]:
    plain = "".join(unicodedata.normalize("NFKC", sign)[:1] or sign for sign in text)
    for initials in terms.initials:
        yield from (Particular(*found.span()) for found in re.finditer(initials, plain))
