"""Whom a name in a report may mean: it is compared part by part, since reporters seldom know the whole name.

Only for names that stand alone. In a text, a part of a name is mostly an ordinary word (`naming`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice, product
from typing import NamedTuple

from chalicelib.features.supervision.people import beside, naming
from chalicelib.features.supervision.people.beside import HAN
from chalicelib.particulars import name_forms, pinyin
from chalicelib.particulars.normal import normal
from chalicelib.policy.language.parts import Label
from chalicelib.tenants.people.membership import Membership

_OF_SUPERVISION = ("监督", "督察", "督查", "督导", "监察", "纪检")
"""Titles by which people call supervisors, whatever the policy names their role."""
SHORTEST_WORD = 3
"""Letters of a word in an e-mail address that may be a part of the name."""
_STEM = 3
"""Letters of a surname that tell whom a longer word means (`wangxm`). A shorter one begins other names too."""
_READINGS = 16
"""Readings of a surname."""
_BETWEEN = re.compile(
    rf"[,;/&+()、，；（）]|\b(?:and|or|of|with|who|works)\b|[和与與跟及或的]"
    rf"|(?<={HAN}{HAN})\s+(?={HAN})|(?<={HAN})\s+(?={HAN}{HAN})",
    re.IGNORECASE,
)
"""What stands between two people, or between a person and a description."""
_ORDINARY = frozenset(
    {
        *("the", "mr", "mrs", "ms", "miss", "dr", "sir", "madam", "prof"),
        *("lao", "xiao", "xiansheng", "nvshi", "nushi", "xiaojie", "laoshi", "jingli", "zhuren"),
    }
)
"""Words of a name that mean no other person."""
_PLACE = re.compile(f"{HAN}{{2,}}{beside.PLACE_END}")
"""客服部. Shorter ones can be a title: 钱处 is 钱处长."""


class Meant(NamedTuple):
    """`people`: the `sub` of each member whom one of the names may mean. `known`: each part of each name means a
    member, if only by the surname or a title, or is an ordinary word."""

    people: frozenset[str]
    known: bool


class _Name(NamedTuple):
    """`sounds`: the most frequent reading of each Chinese character. `words`: in Latin letters, also joined with the
    next ones."""

    text: str
    signs: frozenset[str]
    sounds: frozenset[str]
    words: frozenset[str]


class _NamedMember(NamedTuple):
    """`surname`: what tells as much as the surname, which words in Latin letters and initials do. `stems`: in Latin
    letters, what a longer word may begin or end with. `address`: as in `_Name.text`."""

    surname: frozenset[str]
    parts: frozenset[str]
    stems: frozenset[str]
    address: str


class _Called(NamedTuple):
    """Of all members whom a name calls: as of `_NamedMember`, with `parts` also the surnames. `known`: as of
    `beside`."""

    surnames: frozenset[str]
    parts: frozenset[str]
    addresses: frozenset[str]
    known: str


class _Office(NamedTuple):
    """`forms`: each `surname` of a member. `stems`: the members by stem. `titles`: of each role. `title`: as of
    `beside`."""

    people: Sequence[Membership]
    members: Mapping[str, _NamedMember]
    forms: frozenset[str]
    stems: Mapping[str, set[str]]
    titles: Mapping[str, Collection[str]]
    title: str


def titles(labels: Mapping[str, Label], supervisors: Collection[str]) -> dict[str, frozenset[str]]:
    """Of each role of the policy. `supervisors`: the roles of its supervisors."""
    return {
        role: frozenset([*_title(label), *(_OF_SUPERVISION if role in supervisors else ())])
        for role, label in labels.items()
    }


def _title(label: Label) -> Iterator[str]:
    """投诉中心审核员 is called 审核, and `Complaints officer` is called `officer`."""
    name = normal(label.zh).words.text
    yield name
    yield next((name.removesuffix(end) for end in beside.STAFF if name.endswith(end)), name)[-2:]
    yield from label.en.casefold().split()[-1:]


def meant_by(names: Sequence[str], people: Sequence[Membership], titles: Mapping[str, Collection[str]]) -> Meant:
    """`titles`: of each role."""
    office = _office(people if names else (), titles)
    each = [_meant(name, office) for name in names]
    return Meant(
        people=frozenset(sub for one in each for sub in one.people),
        known=all(one.known for one in each),
    )


def _office(people: Sequence[Membership], titles: Mapping[str, Collection[str]]) -> _Office:
    members = {one.sub: _member(one) for one in people}
    stems: dict[str, set[str]] = {}
    for sub, stem in ((sub, stem) for sub, one in members.items() for stem in one.stems):
        stems.setdefault(stem, set()).add(sub)
    forms = frozenset[str]().union(*(one.surname for one in members.values()))
    title = beside.title({text for texts in titles.values() for text in texts})
    return _Office(people, members, forms, stems, titles, title)


def _meant(raw: str, office: _Office) -> Meant:
    """A title may mean all who have it, unless one of them has the surname that stands with it."""
    name, members = _name(raw), office.members
    said = name.signs | name.words
    heard = said | name.sounds
    called = {sub for sub, one in members.items() if not one.surname.isdisjoint(heard) or one.address in name.text}
    called |= {
        sub for word in naming.separate_words(raw) for stem in _stems(word, office) for sub in office.stems[stem]
    }
    tied = called | {sub for sub, one in members.items() if not one.parts.isdisjoint(said)}
    called |= naming.named_in([raw], [one for one in office.people if one.sub in tied])
    roles = {role for role, texts in office.titles.items() if any(text in name.text for text in texts)}
    holders = {one.sub for one in office.people if not roles.isdisjoint(one.roles)} if roles else set()
    entitled = set() if called & holders else holders
    known = bool(called | entitled) and not _has_stranger(raw, called, office)
    return Meant(frozenset(tied | entitled), known)


def _stems(word: str, office: _Office) -> set[str]:
    """`wangxm`, `WangSir` and `xmwang` mean a Wang. A word that is itself a form of a name means that name only."""
    if word in office.forms or word in _ORDINARY or _has_title([word], "", office):
        return set()
    parts = (part for n in range(2, len(word)) for part in (word[:n], word[-n:]))
    return {part for part in parts if part in office.stems}


def _has_title(words: Collection[str], text: str, office: _Office) -> bool:
    return any(one in (words if one.isascii() else text) for texts in office.titles.values() for one in texts)


def _has_stranger(raw: str, called: Collection[str], office: _Office) -> bool:
    """Whether a part of the name may be another person than the members whom the name calls."""
    members = [office.members[sub] for sub in called]
    surnames = frozenset[str]().union(*(one.surname for one in members))
    parts = surnames.union(*(one.parts for one in members))
    names = [one.name for one in office.people if one.sub in called]
    known = beside.pattern(normal(raw).words.text, names, office.title)
    own = _Called(surnames, parts, frozenset(one.address for one in members), known)
    return any(_is_strange(piece, own, office) for piece in _BETWEEN.split(raw))


def _is_strange(piece: str, own: _Called, office: _Office) -> bool:
    """Each word must call a member, and so must the Chinese characters, but for ordinary words. Initials and numbers
    may stand beside these."""
    name, words = _name(piece), set(naming.separate_words(piece))
    if _PLACE.fullmatch(name.text) and own.parts.isdisjoint(name.signs):
        return False
    whole = name.words & own.surnames | {one for one in own.addresses if one in name.text}
    calling = {word for word in words if word in own.parts or any(word in one for one in whole) or _tells(word, office)}
    signs = not (own.parts.isdisjoint(name.signs) and own.surnames.isdisjoint(name.sounds))
    signs = signs or _has_title((), name.text, office)
    if any(len(word) > 1 for word in words - calling - _ORDINARY):
        return True
    if not re.fullmatch(own.known, "".join(re.findall(HAN, name.text))):
        return True
    others = re.sub(f"{HAN}|[a-z0-9]", "", name.text)
    if others and not any(others in part for part in own.parts):
        return True
    return not (calling or signs) and re.search(f"{HAN}|[a-z0-9]", name.text) is not None


def _tells(word: str, office: _Office) -> bool:
    return _has_title([word], "", office) or any(len(stem) >= _STEM for stem in _stems(word, office))


def _name(raw: str) -> _Name:
    text = normal(raw).words.text
    signs = frozenset(re.findall(HAN, text))
    heard = frozenset(sound for sign in signs for sound in pinyin.readings(sign)[:1])
    return _Name(text, signs, heard, naming.latin_words(raw))


def _member(person: Membership) -> _NamedMember:
    name = normal(person.name).words.text
    signs = re.findall(HAN, name)
    first = "".join([*(name_forms.chinese_name(name) or signs[:1] or "")[:1]])
    address = {word for word in re.findall("[a-z]+", person.email.partition("@")[0]) if len(word) >= SHORTEST_WORD}
    words = {word for word in naming.latin_words(person.name) if len(word) > 1}
    whole = pinyin.names(person.name) | frozenset(_initials(signs))
    stems = _spelled(first) | {word for word in naming.separate_words(person.name) if len(word) > 1}
    as_surname = frozenset(first) | _sounds(first) | stems | whole | words | address
    parts = frozenset([*signs, name, *_given_initials(signs)]) | _sounds(signs)
    return _NamedMember(as_surname, parts, frozenset(stems), normal(person.email).words.text)


def _spelled(surname: str) -> frozenset[str]:
    """欧阳 is `ouyang`."""
    found = product(*map(pinyin.readings, surname)) if surname else ()
    return frozenset("".join(one) for one in islice(found, _READINGS))


def _sounds(signs: Collection[str]) -> frozenset[str]:
    return frozenset(sound for sign in signs for sound in pinyin.readings(sign))


def _initials(signs: Sequence[str]) -> Iterator[str]:
    """王小明 is WXM and XMW."""
    letters = _letters(signs)
    if len(letters) > 1:
        yield "".join(letters)
        yield "".join([*letters[1:], letters[0]])


def _given_initials(signs: Sequence[str]) -> Iterator[str]:
    """王小明 is Wang XM."""
    letters = _letters(signs)
    if len(letters) > 2:
        yield "".join(letters[1:])


def _letters(signs: Sequence[str]) -> list[str]:
    return [readings[0][0] for sign in signs if (readings := pinyin.readings(sign))]
