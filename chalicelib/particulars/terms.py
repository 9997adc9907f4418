"""What identifies the people of a case: the terms that no text for publication may contain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

import msgspec

from chalicelib.particulars import name_forms, patterns, pinyin
from chalicelib.particulars.squeezed import squeeze

SHORTEST_VALUE = 3
"""Characters of a value that is no name. Shorter ones, such as `个人`, would be found in every text."""
SHORTEST_NUMBER = 7
"""Digits."""
SHORTEST_NAME = 2
SHORTEST_LOCAL_PART = 5
"""Letters and digits of an e-mail address before its `@`. A shorter one is an ordinary word."""
_NAME = r"name|nick|salutation|alias"
LONGEST_ADDRESS = 200
"""Characters. A longer value is a text, and each of its hundreds of places would begin a term of its own."""
_PLACE = r"[省市区县旗镇乡村路街道巷弄号栋幢楼室]"
_PLACE_END = r"(?<=[省市区县旗镇乡])"


class Terms(msgspec.Struct, frozen=True):
    """All squeezed. `words`: of Latin letters only, so they count as whole words. `initials`: patterns."""

    parts: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    initials: frozenset[str] = frozenset()

    def __or__(self, other: Terms) -> Terms:
        return Terms(
            self.parts | other.parts,
            self.words | other.words,
            self.numbers | other.numbers,
            self.initials | other.initials,
        )


def of_value(name: str, value: str) -> Terms:
    """The terms of a party's fact, such as a name, a phone or an address. `name`: of the fact."""
    text = unicodedata.normalize("NFKC", value).strip()
    is_name = len(text) <= name_forms.MOST and re.search(_NAME, name) is not None
    shortest = SHORTEST_NAME if is_name else SHORTEST_VALUE
    found = _terms([text, *_tails(text), *(_name_forms(text) if is_name else ())], shortest)
    numbers = frozenset(form for number in _numbers(text) for form in patterns.shorter(number))
    found |= _terms(patterns.local_parts(text), SHORTEST_LOCAL_PART)
    return found | Terms(numbers=numbers, initials=frozenset(_initials(text) if is_name else ()))


def of_free_text(text: str) -> Terms:
    """The terms in a sentence: numbers, addresses, plates and nicknames, which have a form of their own."""
    plain = unicodedata.normalize("NFKC", text)
    found = [match for pattern in patterns.OF_ANY_PERSON.values() for match in re.findall(pattern, plain)]
    own = [*found, *patterns.nicknames(plain), *patterns.addresses(plain)]
    return _terms(own, SHORTEST_NAME) | Terms(numbers=frozenset(_numbers(plain)))


def of_file_name(name: str) -> Terms:
    """The whole name and, if it has a digit, the name without its ending: `照片` alone is an ordinary word."""
    stem = name.rpartition(".")[0]
    return _terms([name, *([stem] if re.search(r"\d", stem) else [])], SHORTEST_VALUE)


def _terms(values: Iterable[str], shortest: int) -> Terms:
    squeezed = {squeeze(value).text for value in values}
    long_enough = {one for one in squeezed if len(one) >= shortest}
    words = {one for one in long_enough if re.fullmatch("[a-z]+", one)}
    return Terms(frozenset(long_enough - words), frozenset(words))


def _name_forms(name: str) -> Iterator[str]:
    yield from name_forms.chinese_forms(re.sub(r"\s", "", name))
    yield from pinyin.spellings(re.sub(r"\s", "", name))
    yield from name_forms.latin_parts(name)
    yield from name_forms.reversed_name(name)


def _initials(name: str) -> Iterator[str]:
    yield from filter(None, [name_forms.initials(name)])
    yield from pinyin.patterns(re.sub(r"\s", "", name))


def _tails(text: str) -> list[str]:
    """An address without the province, the city and so on: people leave them out."""
    if len(text) > LONGEST_ADDRESS or not re.search(_PLACE, text):
        return []
    parts = re.split(_PLACE_END, text)
    return [tail for first in range(1, len(parts)) if re.search(r"\d", tail := "".join(parts[first:]))]


def _numbers(text: str) -> Iterator[str]:
    for number in [*patterns.long_numbers(text), squeeze(text).numbers]:
        digits = re.sub(r"\D", "", number) if not number.isdecimal() else number
        if len(digits) >= SHORTEST_NUMBER and (number.isdecimal() or not re.search(r"[^\W\d]", number)):
            yield patterns.national(digits)
