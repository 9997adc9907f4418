"""A Chinese name in Pinyin: 王小明 is also Wang Xiaoming, xiaoming wang, wangxiaoming, Mr Wang, X.M. Wang and WXM.

A character can have several readings, and a surname often has a rare one, so each reading counts.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice, product

from chalicelib.particulars import name_forms
from chalicelib.particulars.name_forms import ALONE, chinese_name

_MOST = 64
"""Spellings of a surname, and of a given name."""
_SHORT = 4
"""Letters. So short a spelling can be an English word, such as `make` (马克): it counts with a capital letter only."""
_BEFORE = ("mr", "mrs", "ms", "miss", "dr", "xiao", "lao")
_BEHIND = ("xiansheng", "nvshi", "nushi", "xiaojie", "laoshi", "shifu", "jingli", "zhuren")
_GAP = r"[.,\s-]{0,3}"


def spellings(name: str) -> Iterator[str]:
    """Lower-case letters without spaces and tones. Nothing for what is no Chinese name."""
    for surname, given in _pairs(name):
        yield from (one for one in (surname + given, given + surname) if len(one) > _SHORT)
        yield from (title + surname for title in _BEFORE)
        yield from (surname + title for title in _BEHIND)
        if len(given) > _SHORT and len(name) > 2:
            yield given


@lru_cache(maxsize=4096)
def names(name: str) -> frozenset[str]:
    """As `spellings`, of any length and without titles."""
    own = re.sub(r"\s", "", name)
    whole = frozenset(one for surname, given in _pairs(own) for one in (surname + given, given + surname))
    return whole | {given for _, given in _pairs(own) if len(given) > _SHORT and len(own) > 2}


def patterns(name: str) -> Iterator[str]:
    """Of initials, of a surname with initials, and of spellings that are too short for `spellings`.

    The initials of a name of two characters count as capitals only: `zw`, but not `km`, is a rare word.
    """
    found = chinese_name(name)
    if found is None or not all(map(readings, name)):
        return
    surname, given = ([_initial(sign) for sign in part] for part in found)
    orders = {_GAP.join([*surname, *given]), _GAP.join([*given, *surname])}
    yield ALONE.format(("(?i:{})" if len(name) > 2 else "{}").format("|".join(sorted(orders))))
    whole, letters = "|".join(_spelled(found[0])), _GAP.join(given)
    yield ALONE.format(f"(?i:(?:{whole}){_GAP}{letters}|{letters}{_GAP}(?:{whole}))")
    short = {order for pair in _pairs(name) if len("".join(pair)) <= _SHORT for order in (pair, pair[::-1])}
    if short:
        yield ALONE.format("|".join(sorted(rf"{_capital(first)}[\s-]?(?i:{second})" for first, second in short)))


def _pairs(name: str) -> Iterator[tuple[str, str]]:
    """The spellings of surname and given name."""
    found = chinese_name(name)
    if found is not None:
        yield from product(_spelled(found[0]), _spelled(found[1]))


def mixed(name: str) -> Iterator[str]:
    """With some of its characters in Pinyin, as in 王小ming."""
    if chinese_name(name) and len(name) > 2:
        ways = product(*((sign, *readings(sign)) for sign in name))
        found = islice(("".join(one) for one in ways), _MOST)
        yield from (one for one in found if not one.isascii() and one != name)


def sounds_alike(name: str, other: str) -> bool:
    """Whether both have the same surname and could be read alike, as 王小明 and 王小眀. Both of the same length."""
    pairs = zip(name, other, strict=True)
    return all(one == two or not {*readings(one)}.isdisjoint(readings(two)) for one, two in pairs)


def surnames(name: str) -> list[str]:
    """The spellings of the surname of a Chinese name."""
    return [one for one in _spelled(name_forms.surname(name) or "") if one]


def _spelled(part: str) -> list[str]:
    return list(dict.fromkeys("".join(one) for one in islice(product(*map(readings, part)), _MOST)))


def _capital(word: str) -> str:
    return f"{word[0].upper()}(?i:{word[1:]})"


def _initial(sign: str) -> str:
    """The set of letters with which the character's readings begin."""
    return f"[{''.join(sorted({one[0].upper() for one in readings(sign)}))}]"


@cache
def readings(sign: str) -> tuple[str, ...]:
    """The most frequent one first; none for a character without one. `ü` is written `v`, `u` and `yu`."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")  # a dictionary of words: 45 MB
    from pypinyin import Style, pinyin  # late: a dictionary that only the check of a name needs

    found = [one for each in pinyin(sign, style=Style.NORMAL, heteronym=True, errors="ignore") for one in each]
    return tuple(dict.fromkeys(one.replace("v", vowel) for one in found for vowel in ("v", "u", "yu")))
