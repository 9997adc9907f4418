"""Searches a text for particulars: of a case, and of any person by their form, such as numbers of phones and papers."""

from __future__ import annotations

import calendar
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec
from msgspec.structs import replace

from chalicelib.kit.web_addresses.search import find as web_addresses
from chalicelib.particulars import patterns, pinyin
from chalicelib.particulars.alike import LOOK_LIKE_DIGITS
from chalicelib.particulars.normal import Normal, NormalForm, normal
from chalicelib.particulars.patterns import Kind
from chalicelib.particulars.terms import Terms

_GAP = r"[^\w\n]{0,4}"
"""Between the digits of a number."""
_NEAR = r"[^\w\n/:]{0,4}"
"""The same without what separates days and hours."""
_FIRST, _LAST = r"(?<!\d)", r"(?![A-Za-z0-9]|\s?[元万亿%])"
"""A letter behind it makes it another number, such as the serial number of a device."""
_COUNTRY = rf"(?:0{_GAP}){{0,2}}8{_GAP}6{_GAP}"
_AREA = r"(?:1\s?0|2\s?\d|[3-9]\s?\d\s?\d)"
_NO_YEAR = r"(?!(?:19|20)\d\d\D)"
_MOBILE = rf"(?:{_COUNTRY})?1{_GAP}[3-9](?:{_GAP}\d){{9}}"
_LANDLINE = rf"(?:(?:{_COUNTRY})?0|\+86){_NEAR}{_AREA}{_NEAR}{_NO_YEAR}[2-9](?:{_NEAR}\d){{6,7}}"
_YEAR = rf"(?:1{_GAP}[89]|2{_GAP}0)(?:{_GAP}\d){{2}}"
_DAY = rf"[01]{_GAP}\d{_GAP}[0-3](?:{_GAP}\d){{4}}"
"""The first digits of a day of birth, so that few numbers are looked at, and the three digits behind it."""
_FEW_GAPS = 3
_SHORT = 2
"""Digits of a group, as in an hour."""
_SEPARATORS = frozenset({"", "-", "."})
_IDENTITY, _FORMER_IDENTITY = 18, 15
_PROVINCES = "1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]"
_CHECK_DIGITS = "10X98765432"


def is_written_as_one(written: str) -> bool:
    """Whether its digits are together, one by one, or in groups as people write them: lists, days and hours are not."""
    groups, gaps = re.findall(r"\d+", written), [gap.strip() for gap in re.findall(r"\D+", written.strip("+"))]
    if all(len(group) == 1 for group in groups):
        return True
    if len(gaps) >= _FEW_GAPS:
        return len({*gaps}) == 1 and gaps[0] in _SEPARATORS
    is_hour = any(":" in gap and len(group) <= _SHORT for gap, group in zip(gaps, groups, strict=False))
    is_fraction = groups[0] == "0" and gaps[0] == "."
    return not is_hour and not is_fraction and sum(map(_is_of_list, gaps)) <= 1


def _is_of_list(gap: str) -> bool:
    return not {*",、;。"}.isdisjoint(gap)


def is_identity(written: str) -> bool:
    """Whether it has a province, a day of birth and, of 18 characters, the check digit of GB 11643.

    The former ones of 15 digits have none, and are written in groups as phones are.
    """
    number = re.sub(r"[^\dX]", "", written.upper())
    born = number[6:14] if len(number) == _IDENTITY else f"19{number[6:12]}"
    if not re.match(_PROVINCES, number) or not _is_day(int(born[:4]), int(born[4:6]), int(born[6:])):
        return False
    weighed = sum(int(digit) * 2 ** (_IDENTITY - 1 - at) for at, digit in enumerate(number[: _IDENTITY - 1]))
    if len(number) == _FORMER_IDENTITY:
        return is_written_as_one(written)
    return number[-1] == _CHECK_DIGITS[weighed % 11]


def _is_day(year: int, month: int, day: int) -> bool:
    return 1800 <= year < 2100 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


NUMBERS: Sequence[tuple[Kind, str, Callable[[str], bool]]] = (
    ("phone", rf"{_FIRST}(?=({_MOBILE}){_LAST})", is_written_as_one),
    ("phone", rf"{_FIRST}(?=({_LANDLINE}){_LAST})", is_written_as_one),
    ("identity", rf"{_FIRST}(?=([1-8](?:{_GAP}\d){{5}}{_GAP}{_YEAR}{_GAP}{_DAY}{_GAP}[\dxX]){_LAST})", is_identity),
    ("identity", rf"{_FIRST}(?=([1-8](?:{_GAP}\d){{7}}{_GAP}{_DAY}){_LAST})", is_identity),
)
"""Searched for in a text with digits for numerals, and also with digits for letters. Their places can overlap.

`_` is a letter for a pattern: the text has `-` in its place.
"""


class Particular(msgspec.Struct, frozen=True, order=True):
    """Where a text names a particular: the indexes of its first character and of the one behind it."""

    start: int
    end: int
    kind: Kind


def find(text: str, terms: Terms) -> list[Particular]:
    """All particulars in the text, in order. Places that overlap are one."""
    return _certain(normal(text), terms)


def doubts(text: str, terms: Terms) -> list[Particular]:
    """Places that may name a particular, and may be ordinary words, in order. None overlaps one of `find`."""
    read = normal(text)
    return _doubts(read, terms, _certain(read, terms))


def of_people(text: str, terms: Terms) -> list[Particular]:
    """What `find` finds and the doubts about people, such as 赵先生, in order: a respondent reads neither."""
    read = normal(text)
    certain = _certain(read, terms)
    perhaps = (one for one in _doubts(read, terms, certain) if one.kind in patterns.OF_PEOPLE)
    return sorted([*certain, *perhaps])


def _certain(read: Normal, terms: Terms) -> list[Particular]:
    links = _links(read.original, whole=True)
    return _joined([*_terms_in(read, terms), *_of_any_person(read), *links])


def _doubts(read: Normal, terms: Terms, certain: Sequence[Particular]) -> list[Particular]:
    text = read.original
    ends = [one.end for one in certain]
    perhaps = [*_names(read.read, terms.doubtful), *_alike(read.words, terms, shortest=2), *_links(text, whole=False)]
    found = _joined([*perhaps, *_perhaps_of_any_person(read)])
    next_to = [(one, bisect_right(ends, one.start)) for one in found]
    return [one for one, at in next_to if at == len(certain) or certain[at].start >= one.end]


def _joined(found: Iterable[Particular]) -> list[Particular]:
    joined: list[Particular] = []
    for one in sorted({*found}):
        if joined and one.start < joined[-1].end:
            joined[-1] = replace(joined[-1], end=max(joined[-1].end, one.end))
        else:
            joined.append(one)
    return joined


def _terms_in(read: Normal, terms: Terms) -> Iterator[Particular]:
    for term in terms.parts:
        yield from _occurrences(read.words, term, "value")
    for term in terms.names:
        yield from _occurrences(read.words, term, "name")
    for term in terms.numbers:
        yield from _occurrences(read.digits, term, "number")
        yield from _occurrences(read.lookalikes, term.translate(LOOK_LIKE_DIGITS), "number")
    for term in terms.words:
        for form in (read.words, read.letters):
            yield from (one for one in _occurrences(form, term, "name") if _is_whole(read, one))
    yield from _names(read.read, terms.named)
    yield from _alike(read.words, terms, shortest=3)


def _occurrences(form: NormalForm, term: str, kind: Kind) -> Iterator[Particular]:
    at = form.text.find(term)
    while at >= 0:
        yield Particular(*form.place(at, at + len(term)), kind)
        at = form.text.find(term, at + 1)


def _is_whole(read: Normal, one: Particular) -> bool:
    """Latin letters around it would make it another word."""
    around = read.original[one.start - 1 : one.start] + read.original[one.end : one.end + 1]
    return not any("a" <= sign <= "z" for sign in normal(around).words.text)


def _names(form: NormalForm, named: Iterable[str]) -> Iterator[Particular]:
    for name in named:
        yield from _placed(form, "name", re.finditer(name, form.text))


def _alike(form: NormalForm, terms: Terms, shortest: int) -> Iterator[Particular]:
    """Names in characters of the same sound: with few characters they can be ordinary words."""
    for name in terms.sounds:
        at = form.text.find(name[0]) if len(name) >= shortest else -1
        while at >= 0:
            other = form.text[at : at + len(name)]
            if len(other) == len(name) and pinyin.sounds_alike(name, other):
                yield Particular(*form.place(at, at + len(name)), "name")
            at = form.text.find(name[0], at + 1)


def _of_any_person(read: Normal) -> Iterator[Particular]:
    for kind, pattern in patterns.NAMES:
        yield from _placed(read.read, kind, re.finditer(pattern, read.read.text))
    for form in {read.read_digits.text: read.read_digits, read.read_values.text: read.read_values}.values():
        for kind, pattern in patterns.OF_ANY_PERSON:
            yield from _placed(form, kind, re.finditer(pattern, form.text))
    for form in (read.read_digits, read.read_lookalikes):
        for kind, pattern, is_one in NUMBERS:
            found = (one for one in re.finditer(pattern, form.text.replace("_", "-")) if is_one(one[1]))
            yield from _placed(form, kind, found)


def _perhaps_of_any_person(read: Normal) -> Iterator[Particular]:
    form = read.read_digits
    for kind, pattern in patterns.DOUBTFUL:
        yield from _placed(form, kind, re.finditer(pattern, form.text))


def _placed(form: NormalForm, kind: Kind, found: Iterable[re.Match[str]]) -> Iterator[Particular]:
    return (Particular(*form.place(*one.span(one.lastindex or 0)), kind) for one in found)


def _links(text: str, *, whole: bool) -> Iterator[Particular]:
    """Web addresses with a path, which can be of one person, or those without."""
    for start, end in web_addresses(text):
        if whole == (re.search(r"[^/:\s]/[^/\s]", text[start:end]) is not None):
            yield Particular(start, end, "web")
