"""Finds the members whom a text names, in full- or half-width letters and with or without spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import filterfalse
from typing import NamedTuple

from chalicelib.particulars import name_forms, pinyin, surnames
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

    `latin`: its words in Latin letters, also joined with the next ones, as people write `Li Jian Du`. `before_title`:
    characters, of which one may be a surname. `behind_title`: words in Latin letters.
    """

    squeezed: str
    words: frozenset[str]
    latin: frozenset[str]
    before_title: frozenset[str]
    behind_title: frozenset[str]


def named_in(texts: Sequence[str], people: Iterable[Membership], titles: Collection[str] = ()) -> set[str]:
    """The `sub` of each member whose name or e-mail address occurs in one of the texts, or the surname with a title of
    an office. `titles`: those of roles of the policy."""
    read = [_read(text, titles) for text in texts]
    return {person.sub for person in people if _is_named(read, person)}


def _is_named(texts: Sequence[_Read], person: Membership) -> bool:
    """A name in Latin letters in any order of its words, without accents and hyphens. Of a Chinese name also the given
    name, and the name or given name in Pinyin."""
    name, address = normal(person.name).words.text, normal(person.email).words.text
    if any(address in text.squeezed for text in texts):
        return True
    if len(name) < SHORTEST:
        return False
    if re.search(f"[{_WIDE}]", name):
        return any(_has_chinese(text, name) or _has_pinyin(text, person.name) for text in texts)
    words = _words(_bare(person.name))
    return any(words <= text.words or not words.isdisjoint(text.behind_title) for text in texts)


def _has_chinese(text: _Read, name: str) -> bool:
    surname = (name_forms.chinese_name(name) or ("",))[0]
    forms = [name, *name_forms.chinese_forms(name, ())]
    return surname in text.before_title or any(form in text.squeezed for form in forms)


def _has_pinyin(text: _Read, name: str) -> bool:
    if text.latin and not text.latin.isdisjoint(pinyin.names(name)):
        return True
    return bool(text.behind_title) and not text.behind_title.isdisjoint(pinyin.surnames(name))


def _read(text: str, titles: Collection[str]) -> _Read:
    bare, form = _bare(text), normal(text)
    before = surnames.addressed(form, [one for one in titles if not one.isascii()])
    behind = re.findall(named_behind(titles), form.read.text)
    return _Read(form.words.text, _words(bare), _latin(bare), frozenset(before) - {""}, frozenset(map(_bare, behind)))


def named_behind(titles: Collection[str]) -> str:
    """A pattern of the names in `Supervisor Wang`. In small letters, `he` is no surname."""
    latin = "|".join(re.escape(one) for one in titles if one.isascii())
    return rf"(?<![A-Za-z])(?i:{latin or '(?!)'})\s++([A-Z]\w++)"


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
