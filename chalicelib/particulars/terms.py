"""What identifies the people of a case: the terms that no text for publication may contain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from chalicelib.particulars import english, in_facts, name_forms, patterns, pinyin, surnames
from chalicelib.particulars.normal import Form, Normal, normal

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
    """What is searched for in the normal form of a text. Each is in that form itself."""

    parts: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    """Of Latin letters only: they count as whole words."""
    numbers: frozenset[str] = frozenset()
    """With digits for numerals: numbers, and what contains one, such as an address."""
    sounds: frozenset[str] = frozenset()
    """Chinese names, which are also written with other characters of the same sound."""
    named: frozenset[str] = frozenset()
    """Patterns of a name: its initials, and its surname with a title."""
    doubtful: frozenset[str] = frozenset()
    """Patterns of what may be the name and may be an ordinary word."""

    def __or__(self, other: Terms) -> Terms:
        mine, others = msgspec.structs.astuple(self), msgspec.structs.astuple(other)
        return Terms(*(one | two for one, two in zip(mine, others, strict=True)))


def of_value(name: str, value: str) -> Terms:
    """The terms of a party's fact, such as a name, a phone or an address. `name`: of the fact."""
    text = value.strip()
    is_name = len(text) <= name_forms.MOST and re.search(_NAME, name) is not None
    found = _terms([*([] if is_name else [text]), *_tails(text)], SHORTEST_VALUE)
    read = normal(text)
    numbers = frozenset(form for number in _numbers(read) for form in in_facts.shorter(number))
    found |= _terms(in_facts.local_parts(read.read.text), SHORTEST_LOCAL_PART)
    return found | Terms(numbers=numbers) | (_of_name(read.read.text) if is_name else Terms())


def of_free_text(text: str) -> Terms:
    """The terms in a sentence: numbers, addresses, plates and nicknames, which have a form of their own."""
    return of_person_in(text) | Terms(numbers=frozenset(_numbers(normal(text))))


def of_person_in(text: str) -> Terms:
    """As `of_free_text`, without numbers such as those of orders and times, which tell of a matter and of no person."""
    read = normal(text)
    digits = read.read_digits
    spans = [
        found.span(found.lastindex or 0)
        for _, pattern in patterns.OF_ANY_PERSON
        for found in re.finditer(pattern, digits.text)
    ]
    spans += in_facts.streets(digits.text)
    own = [_original(read, digits, span) for span in spans]
    names = [found.span(1) for _, pattern in patterns.NAMES for found in re.finditer(pattern, read.read.text)]
    own += [_original(read, read.read, span) for span in [*names, *in_facts.nicknames(read.read.text)]]
    return _terms(own, SHORTEST_NAME)


def of_file_name(name: str) -> Terms:
    """The whole name and, if it has a digit, the name without its ending: `照片` alone is an ordinary word."""
    stem = name.rpartition(".")[0]
    return _terms([name, *([stem] if re.search(r"\d", stem) else [])], SHORTEST_VALUE)


def _original(read: Normal, form: Form, span: tuple[int, int]) -> str:
    start, end = form.place(*span)
    return read.original[start:end]


def _terms(values: Iterable[str], shortest: int) -> Terms:
    read = [normal(value) for value in values]
    found = {one.words.text for one in read}
    long_enough = {one for one in found if len(one) >= shortest}
    words = {one for one in long_enough if re.fullmatch("[a-z]+", one)}
    with_digits = {one.digits.text for one in read if one.digits.text != one.words.text}
    numbers = frozenset(filter(_is_telling, with_digits))
    return Terms(parts=frozenset(long_enough - words), words=frozenset(words), numbers=numbers)


def _is_telling(digits: str) -> bool:
    """Not a few digits only."""
    return len(digits) >= (SHORTEST_NUMBER if digits.isdecimal() else SHORTEST_VALUE)


def _of_name(name: str) -> Terms:
    name = surnames.own_name(name)
    own = re.sub(r"\s", "", name)
    _, given = name_forms.chinese_name(own) or ("", "")
    forms = [name, *([given] if len(given) > 1 else []), *pinyin.spellings(own), *pinyin.mixed(own)]
    found = _terms([*forms, *name_forms.latin_parts(name), *name_forms.reversed_name(name)], SHORTEST_NAME)
    named = [*filter(None, [name_forms.initials(name)]), *pinyin.patterns(own), *surnames.certain(own)]
    return Terms(
        names=found.parts,
        words=found.words,
        numbers=found.numbers,
        sounds=frozenset([own] if given else []),
        named=frozenset(named),
        doubtful=frozenset([*surnames.doubtful(own), *name_forms.ordinary_parts(name)]),
    )


def _tails(text: str) -> list[str]:
    """Parts of an address: without the province, the city and so on, or those of an English one."""
    if len(text) > LONGEST_ADDRESS:
        return []
    if not re.search(_PLACE, text):
        return list(english.parts_of_address(text))
    parts = re.split(_PLACE_END, text)
    tails = ("".join(parts[first:]) for first in range(1, len(parts)))
    return [tail for tail in tails if re.search(r"\d", normal(tail).read_digits.text)]


def _numbers(read: Normal) -> Iterator[str]:
    for number in [*in_facts.long_numbers(read.read_digits.text), read.digits.text]:
        digits = re.sub(r"\D", "", number) if not number.isdecimal() else number
        if len(digits) >= SHORTEST_NUMBER and (number.isdecimal() or not re.search(r"[^\W\d]", number)):
            yield in_facts.national(digits)
