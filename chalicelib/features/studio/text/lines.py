"""Lines of a policy's text: those around its faults, those in which two texts differ, and one with another word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher, unified_diff
from typing import NamedTuple

from chalicelib.features.policies.policy_check import WordRewording

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""As the parser of YAML counts lines."""
_AROUND = 2
"""Lines that are shown before and behind a line."""
MOST_SHOWN = 300
_LONGEST = 240
"""Characters of a line that are shown."""


class ShownLine(NamedTuple):
    """`number`: from 1. `sign`: `!` for a line with a fault, `-` and `+` for one that is gone or new, `…` for a gap."""

    number: int
    text: str
    sign: str = " "


def split(text: str) -> list[str]:
    return _BREAK.split(text)


def around(text: str, numbers: Iterable[int]) -> list[ShownLine]:
    """The lines with these numbers and those around them, with gaps between."""
    lines, wanted = split(text), {one for one in numbers if one}
    shown = sorted(
        {near for one in wanted for near in range(one - _AROUND, one + _AROUND + 1) if 0 < near <= len(lines)}
    )
    found = [ShownLine(one, _short(lines[one - 1]), "!" if one in wanted else " ") for one in shown[:MOST_SHOWN]]
    return list(_with_gaps(found))


def changed(before: str, after: str) -> list[ShownLine]:
    """The lines that are gone, with their numbers before, and those that are new, with their numbers after."""
    old, new = split(before), split(after)
    found: list[ShownLine] = []
    for kind, first, last, start, end in SequenceMatcher(None, old, new).get_opcodes():
        if kind != "equal":
            found += [ShownLine(number + 1, _short(old[number]), "-") for number in range(first, last)]
            found += [ShownLine(number + 1, _short(new[number]), "+") for number in range(start, end)]
    return found[:MOST_SHOWN]


def unified(before: str, after: str) -> list[str]:
    """The changed lines with one line around each, as `diff -U1` without its two heads."""
    return list(unified_diff(before.splitlines(), after.splitlines(), n=1, lineterm=""))[2:]


def mended(text: str, rewording: WordRewording) -> str:
    """With the other word at its place. The same text if the word does not stand there any more."""
    ends = [found.end() for found in _BREAK.finditer(text)]
    starts = [0, *ends]
    if not 0 < rewording.line <= len(starts) or rewording.column < 1:
        return text
    at = starts[rewording.line - 1] + rewording.column - 1
    if not rewording.word or not text.startswith(rewording.word, at):
        return text
    return text[:at] + rewording.instead + text[at + len(rewording.word) :]


def _with_gaps(lines: list[ShownLine]) -> Iterator[ShownLine]:
    before = 0
    for one in lines:
        if before and one.number > before + 1:
            yield ShownLine(0, "", "…")
        yield one
        before = one.number


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
