"""The forms in which people write a name: whole, given name, surname with a title, initials."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

MOST = 40
"""Characters of a name. A longer value is a sentence."""
_HAN = "[\u4e00-\u9fff\u3400-\u4dbf]"
_CHINESE_NAME = rf"{_HAN}{{2,4}}"
TITLES = (
    "先生",
    "女士",
    "小姐",
    "老师",
    "师傅",
    "同学",
    "太太",
    "阿姨",
    "大爷",
    "大妈",
    "大姐",
    "大哥",
    "老板",
    "医生",
    "律师",
)
OFFICIAL = (
    "主任",
    "经理",
    "主管",
    "科长",
    "处长",
    "局长",
    "部长",
    "队长",
    "组长",
    "站长",
    "书记",
    "总监",
    "警官",
    "法官",
    "督察",
)
"""Titles by which people call those who work in an office."""
COMPOUND = frozenset(
    {
        *("欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容"),
        *("夏侯", "令狐", "端木", "歐陽", "諸葛"),
    }
)
"""Surnames of two characters."""
FAMILIAR = ("小", "老", "阿")
SHORTEST_WORD = 3


_PARTICLES = frozenset({"the", "and", "for", "van", "von", "der", "den", "del", "bin", "ibn", "family"})
_WORDS = frozenset(
    {
        *(
            "will",
            "may",
            "mark",
            "bill",
            "art",
            "grace",
            "hope",
            "joy",
            "faith",
            "rose",
            "dawn",
            "june",
            "april",
            "sunny",
        ),
        *("august", "summer", "young", "long", "brown", "white", "black", "green", "gray", "grey", "short", "small"),
        *(
            "price",
            "case",
            "page",
            "cook",
            "king",
            "day",
            "best",
            "good",
            "rich",
            "wise",
            "west",
            "north",
            "fair",
            "new",
        ),
        *("old", "love", "frank", "chance", "sue", "drew", "major", "bond", "bank", "park", "hall", "wood", "field"),
    }
)
"""English words that are also names: alone, they count with a capital letter only, and as a doubt."""

ALONE = r"(?<![A-Za-z\u00c0-\u024f\d_])(?:{})(?![A-Za-z\u00c0-\u024f\d_])"
"""A pattern that is no part of a longer word. Chinese has no spaces, so its characters may stand beside it."""


def chinese_name(name: str) -> tuple[str, str] | None:
    """Surname and given name of a name of two to four Chinese characters."""
    if not re.fullmatch(_CHINESE_NAME, name):
        return None
    length = 2 if name[:2] in COMPOUND and len(name) > 2 else 1
    return name[:length], name[length:]


def surname(name: str) -> str | None:
    """Of a Chinese name, also of one that is a surname only."""
    found = chinese_name(name)
    return name if name in COMPOUND or re.fullmatch(_HAN, name) else found and found[0]


def chinese_forms(name: str, titles: Sequence[str] = (*TITLES, *OFFICIAL)) -> Iterator[str]:
    """Of a name of two to four characters: 王小明 is also 小明, 王先生 and 小王."""
    found = chinese_name(name)
    if found is None:
        return
    surname, given = found
    if len(given) >= 2:
        yield given
    yield from (surname + title for title in titles)
    yield from (familiar + surname for familiar in FAMILIAR)


def latin_parts(name: str) -> list[str]:
    """The words of a name in Latin letters that identify a person: not particles such as `de`.

    `O'Brien` is both: one word, which people also write `OBrien`, and two.
    """
    joined = re.findall(r"[^\W\d_](?:[^\W\d_]|['\u2019-](?=[^\W\d_]))*+", name)
    words = dict.fromkeys([*re.findall(r"[^\W\d_]+", name), *joined])
    own = [word for word in words if word[0] < "\u0300" and len(word) >= SHORTEST_WORD]
    return [word for word in own if word.lower() not in _PARTICLES | _WORDS]


def ordinary_parts(name: str) -> list[str]:
    """Patterns of the words of a name that are also English words, with a capital letter."""
    words = re.findall(r"[^\W\d_]+", name)
    return [ALONE.format(word.capitalize()) for word in words if word.lower() in _WORDS]


def reversed_name(name: str) -> list[str]:
    """A name of two to four Latin words, the last one first."""
    words = re.findall(r"[^\W\d_]+", name)
    is_name = 2 <= len(words) <= 4 and all(word[0] < "\u0300" for word in words)
    return ["".join([words[-1], *words[:-1]]), "".join([*words[1:], words[0]])] if is_name else []


def initials(name: str) -> str | None:
    """A pattern for the initials of a name of two to four Latin words: `J.S.`, `J. S.`, `JS`, also reversed."""
    words = re.findall(r"[^\W\d_]+", name)
    if not 2 <= len(words) <= 4 or any(word[0] >= "\u0300" for word in words):
        return None
    letters = [re.escape(word[0].upper()) for word in words]
    orders = {r"[.\s]{0,3}".join(letters), r"[.\s]{0,3}".join(reversed(letters))}
    return ALONE.format("|".join(sorted(orders)))
