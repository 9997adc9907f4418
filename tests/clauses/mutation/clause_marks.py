"""Finds the clauses that a preset's text names for an entry: beside it, at its `clause` key, or above it."""

from __future__ import annotations

import re
from functools import cache

from chalicelib.policy.reading.yaml_text import Spots

_COMMENT = re.compile(r"(?:^|\s)#\s(.*)$")
_CODE = re.compile(r"\b[PX]\d\.\d+")
_RANGE = re.compile(r"\bP(\d)\.(\d+) to P\d\.(\d+)")


class ClauseMarks:
    def __init__(self, text: str, spots: Spots) -> None:
        self._lines = text.splitlines()
        self._spot_of = cache(spots.of)

    def clauses(self, path: tuple[str | int, ...], references: tuple[str, ...]) -> frozenset[str]:
        """`references`: the `clause` keys around the entry, innermost last.

        A comment on the entry's own line counts beside the innermost reference. Without both, the comment counts that
        is on the line of the innermost entry around it, or alone on the line above that one. A clause for all presets
        (`X.8`) counts for everything below the top-level key beside it.
        """
        own = _in_comment(self._text(path)) | frozenset(references[-1:])
        around = (path[:length] for length in range(len(path), 0, -1))
        found = own or next((found for one in around if (found := self._at(one))), frozenset())
        return found | {clause for clause in self._at(path[:1]) if clause[0] == "X"}

    def _at(self, path: tuple[str | int, ...]) -> frozenset[str]:
        above = self._lines[max(self._line(path) - 2, 0)]
        return _in_comment(self._text(path)) or (_in_comment(above) if above.lstrip()[:1] == "#" else frozenset())

    def _text(self, path: tuple[str | int, ...]) -> str:
        return self._lines[self._line(path) - 1]

    def _line(self, path: tuple[str | int, ...]) -> int:
        spot = self._spot_of(path)
        return 1 if spot is None else spot.line


def _in_comment(line: str) -> frozenset[str]:
    comment = _COMMENT.search(line)
    if comment is None:
        return frozenset()
    ranged = {
        f"P{found[1]}.{number}"
        for found in _RANGE.finditer(comment[1])
        for number in range(int(found[2]), int(found[3]) + 1)
    }
    return frozenset(_CODE.findall(comment[1])) | ranged
