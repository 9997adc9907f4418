"""Whom a name in a report may mean: it is compared part by part, since reporters seldom know the whole name.

Only for names that stand alone. In a text, a part of a name is mostly an ordinary word (`naming`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from chalicelib.oversight.supervision import naming
from chalicelib.particulars import name_forms, pinyin
from chalicelib.particulars.normal import normal
from chalicelib.policy.language.parts import Label
from chalicelib.tenants.people.membership import Membership

_OF_SUPERVISION = ("监督", "督察", "督查", "督导", "监察", "纪检")
"""Titles by which people call supervisors, whatever the policy names their role."""
_STAFF = ("人员", "专员", "员", "人", "者", "岗", "组", "方")
"""Each ends the name of a role, behind its title."""
_HAN = "[\u3400-\u9fff]"
SHORTEST_WORD = 3
"""Letters of a word in an e-mail address that may be a part of the name."""


class Meant(NamedTuple):
    """`people`: the `sub` of each member whom one of the names may mean. `known`: each of them means a member, if only
    by the surname."""

    people: frozenset[str]
    known: bool


class _Name(NamedTuple):
    """`sounds`: the most frequent reading of each Chinese character. `words`: in Latin letters, also joined with the
    next ones."""

    text: str
    signs: frozenset[str]
    sounds: frozenset[str]
    words: frozenset[str]


class _Member(NamedTuple):
    """`surname`: what tells as much as the surname, which words in Latin letters and initials do."""

    surname: frozenset[str]
    parts: frozenset[str]
    address: str


def titles(labels: Mapping[str, Label], supervisors: Collection[str]) -> dict[str, frozenset[str]]:
    """Of each role of the policy. `supervisors`: the roles of its supervisors."""
    return {
        role: frozenset([*_title(label), *(_OF_SUPERVISION if role in supervisors else ())])
        for role, label in labels.items()
    }


def _title(label: Label) -> Iterator[str]:
    """投诉中心审核员 is called 审核, and `Complaints officer` is called `officer`."""
    name = normal(label.zh).words.text
    yield next((name.removesuffix(end) for end in _STAFF if name.endswith(end)), name)[-2:]
    yield from label.en.casefold().split()[-1:]


def meant_by(names: Sequence[str], people: Sequence[Membership], titles: Mapping[str, Collection[str]]) -> Meant:
    """`titles`: of each role."""
    members = {one.sub: _member(one) for one in people} if names else {}
    each = [_meant(name, people, members, titles) for name in names]
    return Meant(
        people=frozenset(sub for one in each for sub in one.people),
        known=all(one.known for one in each),
    )


def _meant(
    raw: str, people: Sequence[Membership], members: Mapping[str, _Member], titles: Mapping[str, Collection[str]]
) -> Meant:
    """A title may mean all who have it, unless one of them has the surname that stands with it."""
    name = _name(raw)
    said = name.signs | name.words
    heard = said | name.sounds
    called = {sub for sub, one in members.items() if not one.surname.isdisjoint(heard) or one.address in name.text}
    tied = called | {sub for sub, one in members.items() if not one.parts.isdisjoint(said)}
    called |= naming.named_in([raw], [one for one in people if one.sub in tied])
    roles = {role for role, texts in titles.items() if any(text in name.text for text in texts)}
    holders = {one.sub for one in people if not roles.isdisjoint(one.roles)} if roles else set()
    entitled = set() if called & holders else holders
    return Meant(frozenset(tied | entitled), bool(called | entitled))


def _name(raw: str) -> _Name:
    text = normal(raw).words.text
    signs = frozenset(re.findall(_HAN, text))
    heard = frozenset(sound for sign in signs for sound in pinyin.readings(sign)[:1])
    return _Name(text, signs, heard, naming.latin_words(raw))


def _member(person: Membership) -> _Member:
    name = normal(person.name).words.text
    signs = re.findall(_HAN, name)
    first = [*(name_forms.chinese_name(name) or signs[:1] or "")[:1]]
    surname = frozenset("".join(first))
    address = {word for word in re.findall("[a-z]+", person.email.partition("@")[0]) if len(word) >= SHORTEST_WORD}
    words = {word for word in naming.latin_words(person.name) if len(word) > 1}
    whole = pinyin.names(person.name) | frozenset(_initials(signs))
    sounds = _sounds(signs)
    as_surname = surname | _sounds(surname) | whole | words | address
    return _Member(as_surname, frozenset(signs) | sounds, normal(person.email).words.text)


def _sounds(signs: Collection[str]) -> frozenset[str]:
    return frozenset(sound for sign in signs for sound in pinyin.readings(sign))


def _initials(signs: Sequence[str]) -> Iterator[str]:
    """王小明 is WXM and XMW."""
    letters = [pinyin.readings(sign)[0][0] for sign in signs if pinyin.readings(sign)]
    if len(letters) > 1:
        yield "".join(letters)
        yield "".join([*letters[1:], letters[0]])
