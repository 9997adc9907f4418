"""Texts on which a pattern takes longest, derived from its parse tree: each part of it, repeated.

A backtracking search is slow where a repeated part can begin or end at many places and what follows it fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, product
from typing import Any

from tests.helpers.searches import TIMES

_parser: Any = vars(re)["_parser"]
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_CATEGORIES = {"SPACE": r"\s", "DIGIT": r"\d", "WORD": r"\w"}
_OTHERS = "a1 \n\u4e2d!"
"""Candidates for a character that a set or its complement has."""
_ENDS = ("\x00", "")
"""With the first, a text fits few patterns. The other is tried at night."""
_BY_DAY = 60
"""Attacks on one pattern, evenly chosen; at night all."""

Attack = tuple[str, str, str, str]
"""What is written once, the two parts that are repeated after it, and the end."""


def attacks(pattern: re.Pattern[Any]) -> list[Attack]:
    """By day, a few characters are repeated behind the beginning of each part; at night, all that fits a part."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = _parser.parse(source, pattern.flags & ~re.UNICODE & ~re.DEBUG)
    begins = dict.fromkeys(("", *_begins(tree, "")))
    signs = list(dict.fromkeys(sign for part in _parts(tree) for sign in (part[:1], part[-1:]) if sign))
    parts = dict.fromkeys((*signs, *_parts(tree), *begins, " "))
    few, ends = _few(signs), _ENDS if TIMES > 1 else _ENDS[:1]
    found = [("", part, "", end) for part, end in product(parts, ends) if part]
    found += [(begin, part, "", end) for begin, part, end in product(begins, parts if TIMES > 1 else few, ends) if part]
    found += [("", one, other, _ENDS[0]) for one, other in product(few, repeat=2) if one != other]
    found = list(dict.fromkeys(found))
    return found if TIMES > 1 else found[:: -(-len(found) // _BY_DAY)]


def text(attack: Attack, length: int) -> str:
    begin, part, other, end = attack
    half = length // 2 if other else length
    return begin + part * (half // len(part)) + (other * (half // len(other)) if other else "") + end


def _few(signs: list[str]) -> list[str]:
    return list(dict.fromkeys([*signs[: 6 if TIMES > 1 else 3], " "]))


def _begins(tree: Any, before: str) -> Iterator[str]:
    """What fits before each part of the pattern."""
    for operation, argument in tree:
        if str(operation) != "LITERAL":
            yield before
        for inner in _inner(str(operation), argument):
            yield from _begins(inner, before)
        before += _fitting([(operation, argument)])
    yield before


def _parts(tree: Any) -> Iterator[str]:
    """What fits the whole pattern, and each part of it but its single characters."""
    yield _fitting(tree)
    for is_literal, run in groupby(tree, lambda one: str(one[0]) == "LITERAL"):
        if is_literal:
            yield _fitting(run)
    for operation, argument in tree:
        if str(operation) == "IN":
            yield from (_member([one]) for one in argument if str(one[0]) != "NEGATE")
        elif str(operation) != "LITERAL":
            yield _fitting([(operation, argument)])
        for inner in _inner(str(operation), argument):
            yield from _parts(inner)


def _inner(operation: str, argument: Any) -> list[Any]:
    if operation in _REPEATS:
        return [argument[2]]
    if operation == "SUBPATTERN":
        return [argument[3]]
    if operation == "ASSERT":
        return [argument[1]]
    if operation == "BRANCH":
        return list(argument[1])
    return [argument] if operation == "ATOMIC_GROUP" else []


def _fitting(tree: Any) -> str:
    return "".join(_of_one(str(operation), argument) for operation, argument in tree)


def _of_one(operation: str, argument: Any) -> str:
    if operation == "LITERAL":
        return chr(argument)
    if operation == "NOT_LITERAL":
        return next(sign for sign in _OTHERS if ord(sign) != argument)
    if operation == "ANY":
        return "a"
    if operation == "IN":
        return _member(argument)
    if operation in _REPEATS:
        return _fitting(argument[2]) * max(argument[0], 1)
    inner = _inner(operation, argument)
    return _fitting(inner[0]) if inner else ""


def _member(members: Any) -> str:
    """A character of a set."""
    if str(members[0][0]) == "NEGATE":
        return next((sign for sign in _OTHERS if not any(_has(one, sign) for one in members[1:])), "~")
    kind, argument = str(members[0][0]), members[0][1]
    if kind == "LITERAL":
        return chr(argument)
    if kind == "RANGE":
        return chr(argument[0])
    return next(sign for sign in _OTHERS if _has(members[0], sign))


def _has(member: Any, sign: str) -> bool:
    kind, argument = str(member[0]), member[1]
    if kind == "LITERAL":
        return ord(sign) == argument
    if kind == "RANGE":
        return argument[0] <= ord(sign) <= argument[1]
    name = str(argument).removeprefix("CATEGORY_")
    fits = bool(re.match(_CATEGORIES[name.removeprefix("NOT_")], sign))
    return fits != name.startswith("NOT_")
