"""A strict JSON parser for requests (RFC 8259, RFC 7493). It refuses text that two parsers could read differently.

An error has its pointer (RFC 6901), line and column. These are sought after a parser has refused the text. The scanner
skips over malformed parts. It does not recurse, because the sender chooses the nesting depth.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import msgspec

from chalicelib.kit.problem import Place, Problem, Text, escaped

MAX_NAME_LENGTH = 200
_SYMBOL = r'(?s)"(?:[^"\\]|\\.)*"?|[{}\[\],]|[^\s"{}\[\],:]+|[\s:]+'
_SURROGATE = "[\ud800-\udfff]"


def pointer_step(name: str) -> str:
    """A key, escaped for a pointer (RFC 6901 section 3). Long keys are cut, to keep responses small."""
    return escaped(name[:MAX_NAME_LENGTH])


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


MAX_DEPTH = 64
"""Levels of nesting. No request document has more than a dozen."""
MAX_PLACES = 100
MOST_SPACES = 100
"""White space in a row in a text. Searches can take longer than linear time in it, and people do not see it."""
LONG_RUN = rf"(?<!\s)(\s{{{MOST_SPACES}}})\s+"
"""More than that, with what is permitted as group 1."""
_MAX_INTEGER = 2**53 - 1
"""The largest integer that every JSON parser represents exactly (RFC 7493 section 2.2)."""
_BYTE_POSITION = r"\(byte (\d+)\)"


def parse(raw: bytes) -> Any:
    """The JSON value. Raises `Problem("malformed-json")` with the place, and with the byte `position` where known.

    Also refused, besides syntax errors: duplicate keys, lone surrogates, bytes that are not UTF-8, NaN,
    infinities and more than 64 levels of nesting. Integers beyond 2^53 - 1, and texts with more than 100 spaces or line
    breaks in a row, raise `Problem("invalid")`.
    """
    try:
        value = msgspec.json.decode(raw)
        json.loads(raw, object_pairs_hook=_unique_keys)
    except RecursionError:
        raise _too_deep(raw) from None
    except UnicodeDecodeError:
        raise _malformed_at(raw, _first_invalid_utf8_byte(raw), "The body is not UTF-8.") from None
    except _DuplicateName:
        raise _duplicate_name(raw) from None
    except (msgspec.MsgspecError, ValueError) as error:
        raise _malformed(str(error), raw) from None
    _check_values(raw, value)
    return value


class _DuplicateName(Exception):
    pass


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _DuplicateName
    return members


def _malformed(message: str, raw: bytes) -> Problem:
    found = re.search(_BYTE_POSITION, message)
    if found:
        return _malformed_at(raw, int(found[1]), message)
    if "truncated" in message:
        detail = "This text contains half of a surrogate pair."
        lone_surrogate = locate_lone_surrogate(raw.decode("utf-8", "replace"), detail)
        if lone_surrogate is not None:
            return Problem("malformed-json", detail, places=[lone_surrogate])
        return _malformed_at(raw, len(raw), "The JSON text ends too early.")
    return Problem("malformed-json", message)


def _first_invalid_utf8_byte(raw: bytes) -> int:
    """The position in the whole body. The JSON decoder's own error counts from the start of a string."""
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _malformed_at(raw: bytes, position: int, detail: str) -> Problem:
    text = raw.decode("utf-8", "replace")
    place = locate_offset(text, len(raw[:position].decode("utf-8", "replace")), detail)
    return Problem("malformed-json", detail, places=[place], extra={"position": position})


def _duplicate_name(raw: bytes) -> Problem:
    place = locate_duplicate_name(raw.decode(), "This key occurs twice.")
    return Problem("malformed-json", "An object has the same key twice.", places=[place] if place else [])


def _too_deep(raw: bytes) -> Problem:
    detail = Text("The JSON text has more than {most} levels of nesting.", most=MAX_DEPTH)
    place = locate_excess_depth(raw.decode("utf-8", "replace"), MAX_DEPTH, detail)
    return Problem("malformed-json", detail, places=[place] if place else [])


def _check_values(raw: bytes, value: Any) -> None:
    """Refuse deep nesting, then numbers and texts that are too large. Goes level by level, not by recursion: the sender
    chooses the depth."""
    level: list[Any] = [value]
    refused = False
    for _ in range(MAX_DEPTH):
        if not level:
            break
        refused = refused or any(map(_is_refused, level))
        level = [child for node in level for child in _children(node)]
    if any(isinstance(node, dict | list) for node in level):
        raise _too_deep(raw)
    if refused or any(map(_is_refused, level)):
        places = list(islice(_faults(value, ""), MAX_PLACES))
        raise Problem("invalid", "A number or a text is too large.", places=places)


def _is_refused(node: Any) -> bool:
    return _is_too_large(node) or _is_too_wide(node)


def _is_too_large(node: Any) -> bool:
    return isinstance(node, int) and not -_MAX_INTEGER <= node <= _MAX_INTEGER


def _is_too_wide(node: Any) -> bool:
    return isinstance(node, str) and len(node) > MOST_SPACES and re.search(LONG_RUN, node) is not None


def _children(node: Any) -> Iterable[Any]:
    if isinstance(node, dict):
        return node.values()
    return node if isinstance(node, list) else ()


def _faults(node: Any, pointer: str) -> Iterator[Place]:
    if _is_too_large(node):
        yield Place(pointer, "A whole number must lie within ±(2^53 - 1).")
    if _is_too_wide(node):
        detail = Text("A text may have at most {most} spaces or line breaks in a row.", most=MOST_SPACES)
        yield Place(pointer, detail)
    named = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for name, child in named:
        yield from _faults(child, f"{pointer}/{pointer_step(str(name))}")
