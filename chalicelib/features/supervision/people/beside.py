"""Whether Chinese characters say more than the members whom they call: 张伟领导 and 王小明老婆 are others."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from chalicelib.features.supervision.people import naming
from chalicelib.particulars import name_forms, pinyin
from chalicelib.particulars.normal import normal
from chalicelib.particulars.surnames import OCCUPATIONS, SHORT_OFFICIAL


def _any(texts: Iterable[str]) -> str:
    """The longest one counts. Without texts, nothing matches."""
    return f"(?:{'|'.join(map(re.escape, sorted(texts, key=len, reverse=True))) or '(?!)'})"


HAN = "[\u3400-\u9fff]"
STAFF = ("人员", "专员", "员", "人", "者", "岗", "组", "方")
"""Each ends the name of a role, behind its title."""
_STAFF = _any(STAFF)
_POINTING = "(?:[那这有][个位]|一[个位]|所有|全体|整个|全部|名叫|[那这姓叫找])"
_BEHIND = _any(["某某", "某", "本人", "同志"])
_COURTESY = ("先生", "女士", "小姐")
_OF_RELATIVES = frozenset({"太太", "大妈"})
"""王太太 is somebody else than the member of that surname."""
_ADDRESSING = _any({*name_forms.TITLES, *OCCUPATIONS, *SHORT_OFFICIAL, *"老哥姐叔姨"} - _OF_RELATIVES)
_FAMILIAR = f"[{''.join(name_forms.FAMILIAR)}大]"
PLACE_END = "(?<!副)(?:[部处科室组队局司厅所站店]|中心|公司|单位|窗口)"
"""Of a place of work. 钱副处 is a person."""
_SIGNS = 4
"""Characters of a name."""


class _Forms(NamedTuple):
    """How a member is called: by the whole or the given name, and by the surname. `sounds`: in Latin letters."""

    names: frozenset[str]
    surnames: frozenset[str]
    name_sounds: frozenset[str]
    surname_sounds: frozenset[str]


def title(titles: Collection[str]) -> str:
    """A pattern of the titles that may stand behind a whole name, or alone. `titles`: those of the roles."""
    chinese = [one for one in titles if not one.isascii()]
    return f"副?{_any([*chinese, *name_forms.OFFICIAL, *_COURTESY])}"


def pattern(text: str, called: Iterable[str], title: str) -> str:
    """Of Chinese characters that mean no other person than the members, in full, with what people say beside a name.

    `text`: the whole name in its normal form. `called`: the names of the members whom it calls. `title`: of `title`.

    Other titles are the member's only behind the surname alone: 张老板 is Mr Zhang, and 张伟老板 is his boss.
    """
    members = [_forms(name) for name in called]
    names = {one for one in _union(member.names for member in members) if one in text}
    surnames = {one for one in _union(member.surnames for member in members) if one in text}
    heard = {run: sound for run, sound in _runs(text) if len(run) > 1 or not surnames}
    name = _any({one for one in names if len(one) > 1} | _alike(heard, _union(one.name_sounds for one in members)))
    surname = _any(surnames | _alike(heard, _union(one.surname_sounds for one in members)))
    behind = f"{title}(?:人员|专员|员)?+"
    person = f"(?:{name}|{_FAMILIAR}{surname})(?:{behind})?+|{surname}姓?+(?:{behind}|{_ADDRESSING})?+"
    before = f"(?!{name})(?:{_POINTING}|{title}{_STAFF}?+)"
    own = re.escape("".join(names | surnames))
    place = f"(?:(?:(?![{own} ]){HAN}){{2,4}}?{PLACE_END}(?={name}|{surname}))?+"
    return f"{place}(?:{before})*+(?:(?:{person}){_BEHIND}?+)*+|{_any(names)}"


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*sets)


def _alike(heard: Mapping[str, str], sounds: Collection[str]) -> set[str]:
    return {run for run, sound in heard.items() if sound in sounds}


@lru_cache(maxsize=4096)
def _forms(member: str) -> _Forms:
    """A given name of one character counts only alone, as in 欧阳 锋."""
    words = frozenset(word for word in naming.latin_words(member) if len(word) > 1)
    found = [
        name_forms.chinese_name(signs) or (signs[:1], signs[1:])
        for part in re.split(r"[(（\[【]", member)
        if (signs := "".join(re.findall(HAN, normal(part).words.text)))
    ]
    return _Forms(
        names=frozenset(one for surname, given in found for one in (surname + given, given) if given),
        surnames=frozenset(surname for surname, _ in found),
        name_sounds=pinyin.names(member) | words,
        surname_sounds=words.union(pinyin.surnames(member)),
    )


def _runs(text: str) -> Iterator[tuple[str, str]]:
    """Chinese characters in a row, with their most frequent sounds in Latin letters."""
    for whole in re.findall(f"{HAN}+", text):
        sounds = ["".join(pinyin.readings(sign)[:1]) for sign in whole]
        for first in range(len(whole)):
            for end in range(first + 1, min(first + _SIGNS, len(whole)) + 1):
                yield whole[first:end], "".join(sounds[first:end])
