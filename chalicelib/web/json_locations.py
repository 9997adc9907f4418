"""Locate an error in JSON text: its pointer (RFC 6901), the line and the column.

Used only after a parser refused the text. The scanner skips over malformed parts. It does not recurse, because the
sender chooses the nesting depth.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from chalicelib.kit.problem import Place

MAX_NAME_LENGTH = 200
_SYMBOL = r'(?s)"(?:[^"\\]|\\.)*"?|[{}\[\],]|[^\s"{}\[\],:]+|[\s:]+'
_SURROGATE = "[\ud800-\udfff]"


def pointer_step(name: str) -> str:
    """A key, escaped for a pointer (RFC 6901 section 3). Long keys are cut, to keep responses small."""
    return name[:MAX_NAME_LENGTH].replace("~", "~0").replace("/", "~1")


class _Container:
    """An open object or array: the current position, and for an object the keys so far."""

    __slots__ = ("names", "step")

    def __init__(self, opener: str) -> None:
        self.names: set[str] | None = set() if opener == "{" else None
        self.step: str | int | None = None if opener == "{" else 0


def locate_offset(text: str, offset: int, detail: str) -> Place:
    """The place of the value that contains the character at `offset`."""
    open_containers: list[_Container] = []
    for begin, symbol in _symbols(text):
        if begin >= offset:
            break
        _advance(symbol, open_containers)
    return _place(text, offset, open_containers, detail)


def locate_duplicate_name(text: str, detail: str) -> Place | None:
    """The place of the first key that occurs twice in its object."""
    open_containers: list[_Container] = []
    for begin, symbol in _symbols(text):
        if _advance(symbol, open_containers):
            return _place(text, begin, open_containers, detail)
    return None


def locate_excess_depth(text: str, max_depth: int, detail: str) -> Place | None:
    """The place of the first object or array that has `max_depth` others around it."""
    open_containers: list[_Container] = []
    for begin, symbol in _symbols(text):
        if symbol in "{[" and len(open_containers) == max_depth:
            return _place(text, begin, open_containers, detail)
        _advance(symbol, open_containers)
    return None


def locate_lone_surrogate(text: str, detail: str) -> Place | None:
    """The place of the first string that contains half of a surrogate pair."""
    open_containers: list[_Container] = []
    for begin, symbol in _symbols(text):
        _advance(symbol, open_containers)
        if symbol[0] == '"' and re.search(_SURROGATE, _string_value(symbol)):
            return _place(text, begin, open_containers, detail)
    return None


def _symbols(text: str) -> Iterator[tuple[int, str]]:
    return ((found.start(), found[0]) for found in re.finditer(_SYMBOL, text))


def _advance(symbol: str, open_containers: list[_Container]) -> bool:
    """Update `open_containers` for the next symbol. Returns True when the symbol is a duplicate key."""
    container = open_containers[-1] if open_containers else None
    if symbol in "{[":
        open_containers.append(_Container(symbol))
    elif symbol in "}]":
        del open_containers[-1:]
    elif container is not None and symbol == ",":
        container.step = container.step + 1 if isinstance(container.step, int) else None
    elif container is not None and container.names is not None and container.step is None and symbol[0] == '"':
        container.step = _string_value(symbol)
        duplicate = container.step in container.names
        container.names.add(container.step)
        return duplicate
    return False


def _string_value(symbol: str) -> str:
    try:
        return str(json.loads(symbol))
    except ValueError:
        return symbol.strip('"')


def _place(text: str, offset: int, open_containers: list[_Container], detail: str) -> Place:
    steps = [str(container.step) for container in open_containers if container.step is not None]
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset)
    return Place("".join("/" + pointer_step(step) for step in steps), detail, more={"line": line, "column": column})
