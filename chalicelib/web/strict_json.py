"""A strict JSON parser for requests (RFC 8259, RFC 7493). It refuses text that two parsers could read differently."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import msgspec

from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.web import json_locations
from chalicelib.web.json_locations import pointer_step

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
        lone_surrogate = json_locations.locate_lone_surrogate(raw.decode("utf-8", "replace"), detail)
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
    place = json_locations.locate_offset(text, len(raw[:position].decode("utf-8", "replace")), detail)
    return Problem("malformed-json", detail, places=[place], extra={"position": position})


def _duplicate_name(raw: bytes) -> Problem:
    place = json_locations.locate_duplicate_name(raw.decode(), "This key occurs twice.")
    return Problem("malformed-json", "An object has the same key twice.", places=[place] if place else [])


def _too_deep(raw: bytes) -> Problem:
    detail = Text("The JSON text has more than {most} levels of nesting.", most=MAX_DEPTH)
    place = json_locations.locate_excess_depth(raw.decode("utf-8", "replace"), MAX_DEPTH, detail)
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
