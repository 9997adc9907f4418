"""Where a JSON text goes wrong, for people: the member's pointer, the line and the column. Only asked once it has.

It reads on through whatever is malformed, and does not recurse: the text chooses the depth.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from chalicelib.http.json_pointers import escape
from chalicelib.problem import Place

_SIGN = r'(?s)"(?:[^"\\]|\\.)*"?|[{}\[\],]|[^\s"{}\[\],:]+|[\s:]+'

_SURROGATE = "[\ud800-\udfff]"


class _Level:
    """An object or a list that is open: the member that it is at, and the names that an object has had."""

    __slots__ = ("names", "step")

    def __init__(self, opener: str) -> None:
        self.names: set[str] | None = set() if opener == "{" else None
        self.step: str | int | None = None if opener == "{" else 0


def at(text: str, offset: int, detail: str) -> Place:
    """What was being read when this character came."""
    levels: list[_Level] = []
    for begin, sign in _signs(text):
        if begin >= offset:
            break
        _read(sign, levels)
    return _place(text, offset, levels, detail)


def named_twice(text: str, detail: str) -> Place | None:
    """The first member that is named again."""
    levels: list[_Level] = []
    return next((_place(text, begin, levels, detail) for begin, sign in _signs(text) if _read(sign, levels)), None)


def deeper_than(text: str, most: int, detail: str) -> Place | None:
    """The first object or list with more than so many around it."""
    levels: list[_Level] = []
    for begin, sign in _signs(text):
        if sign in "{[" and len(levels) == most:
            return _place(text, begin, levels, detail)
        _read(sign, levels)
    return None


def half_a_pair(text: str, detail: str) -> Place | None:
    """The first text with a surrogate that stands alone."""
    levels: list[_Level] = []
    for begin, sign in _signs(text):
        _read(sign, levels)
        if sign[0] == '"' and re.search(_SURROGATE, _text(sign)):
            return _place(text, begin, levels, detail)
    return None


def _signs(text: str) -> Iterator[tuple[int, str]]:
    return ((found.start(), found[0]) for found in re.finditer(_SIGN, text))


def _read(sign: str, levels: list[_Level]) -> bool:
    """Whether it names a member again."""
    level = levels[-1] if levels else None
    if sign in "{[":
        levels.append(_Level(sign))
    elif sign in "}]":
        del levels[-1:]
    elif level is not None and sign == ",":
        level.step = level.step + 1 if isinstance(level.step, int) else None
    elif level is not None and level.names is not None and level.step is None and sign[0] == '"':
        level.step = _text(sign)
        again = level.step in level.names
        level.names.add(level.step)
        return again
    return False


def _text(sign: str) -> str:
    try:
        return str(json.loads(sign))
    except ValueError:
        return sign.strip('"')


def _place(text: str, offset: int, levels: list[_Level], detail: str) -> Place:
    steps = [str(level.step) for level in levels if level.step is not None]
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset)
    return Place("".join("/" + escape(step) for step in steps), detail, more={"line": line, "column": column})
