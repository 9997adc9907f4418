"""Finds the members whom a text names, in full- or half-width letters and with or without spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import filterfalse
from typing import NamedTuple

from chalicelib.particulars import name_forms, pinyin
from chalicelib.particulars.alike import alike
from chalicelib.particulars.normal import normal
from chalicelib.tenants.people.membership import Membership

SHORTEST = 2
"""Characters of a name that is searched for. A single character would occur in most texts."""
_SYLLABLES = 4
"""Words of a name in Pinyin: no more than its characters."""
_WIDE = "\u2e80-\U0010ffff"
"""Characters of scripts that put no spaces between words."""


class _Read(NamedTuple):
    """A text as it is searched. It is read once: an organisation can have thousands of people.

    `latin`: its words in Latin letters, also joined with the next ones, as people write `Li Jian Du`.
    """

    squeezed: str
    words: frozenset[str]
    latin: frozenset[str]


def named_in(texts: Sequence[str], people: Iterable[Membership]) -> set[str]:
    """The `sub` of each member whose name or e-mail address occurs in one of the texts."""
    read = [_read(text) for text in texts]
    return {person.sub for person in people if _is_named(read, person)}


def _is_named(texts: Sequence[_Read], person: Membership) -> bool:
    """A name in Latin letters in any order of its words, without accents and hyphens. Of a Chinese name also the given
    name, the surname with a title of an office, and the name or given name in Pinyin."""
    name, address = normal(person.name).words.text, normal(person.email).words.text
    if any(address in text.squeezed for text in texts):
        return True
    if len(name) < SHORTEST:
        return False
    if re.search(f"[{_WIDE}]", name):
        forms = [name, *name_forms.chinese_forms(name, name_forms.OFFICIAL)]
        if any(form in text.squeezed for form in forms for text in texts):
            return True
        return any(text.latin and not text.latin.isdisjoint(pinyin.names(person.name)) for text in texts)
    words = _words(_bare(person.name))
    return any(words <= text.words for text in texts)


def _read(text: str) -> _Read:
    bare = _bare(text)
    return _Read(normal(text).words.text, _words(bare), _latin(bare))


def latin_words(text: str) -> frozenset[str]:
    """The words in Latin letters, without case and accents, also joined with the next ones."""
    return _latin(_bare(text))


def separate_words(text: str) -> list[str]:
    """As `latin_words`, none of them joined."""
    return re.findall("[a-z]+", _bare(text))


def _latin(bare: str) -> frozenset[str]:
    return frozenset(_joined(re.findall("[a-z]+", bare)))


def _words(bare: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", bare))


def _joined(words: Sequence[str]) -> Iterator[str]:
    for first in range(len(words)):
        yield from ("".join(words[first : first + many]) for many in range(1, _SYLLABLES + 1))


def _bare(text: str) -> str:
    """The text without case, accents and what is not seen."""
    return "".join(map(alike, filterfalse(_is_silent, unicodedata.normalize("NFKD", text))))


def _is_silent(sign: str) -> bool:
    """An accent, or a sign that is not seen."""
    return unicodedata.category(sign) in ("Mn", "Cf")
