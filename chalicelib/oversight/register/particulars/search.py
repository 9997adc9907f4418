"""Searches a text for the particulars of a case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from chalicelib.oversight.register.particulars import patterns
from chalicelib.oversight.register.particulars.patterns import Kind
from chalicelib.oversight.register.particulars.squeezed import Squeezed, squeeze
from chalicelib.oversight.register.particulars.terms import Terms


class Particular(msgspec.Struct, frozen=True, order=True):
    """Where a text names a particular: the indexes of its first character and of the one behind it."""

    start: int
    end: int
    kind: Kind


def find(text: str, terms: Terms) -> list[Particular]:
    """All particulars in the text, in order. Places that overlap are one."""
    squeezed = squeeze(text)
    found = sorted({*_terms_in(squeezed, terms), *_of_any_person(text, squeezed), *_initials(text, terms)})
    joined: list[Particular] = []
    for one in found:
        if joined and one.start < joined[-1].end:
            joined[-1] = replace(joined[-1], end=max(joined[-1].end, one.end))
        else:
            joined.append(one)
    return joined


def _terms_in(squeezed: Squeezed, terms: Terms) -> Iterator[Particular]:
    for term in terms.parts:
        yield from _occurrences(squeezed, squeezed.text, term, "value")
    for term in terms.numbers:
        for within in (squeezed.numbers, squeezed.lookalikes):
            yield from _occurrences(squeezed, within, term, "number")
    for term in terms.words:
        found = _occurrences(squeezed, squeezed.text, term, "name")
        yield from (one for one in found if _is_whole(squeezed.original, one))


def _occurrences(squeezed: Squeezed, within: str, term: str, kind: Kind) -> Iterator[Particular]:
    at = within.find(term)
    while at >= 0:
        yield _place(squeezed, (at, at + len(term)), kind)
        at = within.find(term, at + 1)


def _place(squeezed: Squeezed, span: tuple[int, int], kind: Kind) -> Particular:
    return Particular(squeezed.places[span[0]], squeezed.places[span[1] - 1] + 1, kind)


def _is_whole(text: str, one: Particular) -> bool:
    """Latin letters around it would make it another word."""
    around = text[one.start - 1 : one.start] + text[one.end : one.end + 1]
    return not any(unicodedata.normalize("NFKD", sign)[0].casefold() in _LETTERS for sign in around)


_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")


def _of_any_person(text: str, squeezed: Squeezed) -> Iterator[Particular]:
    """Particulars of any person, by their form."""
    plain = "".join(unicodedata.normalize("NFKC", sign)[:1] or sign for sign in text)  # keeps the indexes
    for kind, pattern in patterns.OF_ANY_PERSON.items():
        yield from (Particular(*found.span(), kind) for found in re.finditer(pattern, plain))
    for kind, pattern in patterns.NUMBERS.items():
        for within in (squeezed.numbers, squeezed.lookalikes):
            yield from (_place(squeezed, found.span(), kind) for found in re.finditer(pattern, within))


def _initials(text: str, terms: Terms) -> Iterator[Particular]:
    plain = "".join(unicodedata.normalize("NFKC", sign)[:1] or sign for sign in text)
    for initials in terms.initials:
        yield from (Particular(*found.span(), "name") for found in re.finditer(initials, plain))
