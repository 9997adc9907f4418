"""JSON text from outside, read strictly (RFC 8259, RFC 7493): what two readers could take differently is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import msgspec

from chalicelib.http import json_place
from chalicelib.http.json_pointers import escape
from chalicelib.problem import Place, Problem

DEEPEST = 64
"""Levels of nesting; no document of ours has more than a dozen."""
MOST_PLACES = 100
_EXACT = 2**53 - 1
"""The largest whole number that every JSON reader holds exactly."""
_POSITION = r"\(byte (\d+)\)"


def read(raw: bytes) -> Any:
    """The JSON value. Raises `Problem("malformed-json")` with the place, and the byte `position` where it is one byte.

    Refused besides bad syntax: names given twice, lone surrogates, bytes that are not UTF-8, NaN and infinities,
    more than 64 levels; and as `invalid` whole numbers beyond 2^53.
    """
    try:
        value = msgspec.json.decode(raw)
        json.loads(raw, object_pairs_hook=_named_once)
    except RecursionError:
        raise _too_deep(raw) from None
    except UnicodeDecodeError:
        raise _at(raw, _first_byte_of_no_text(raw), "The body is not UTF-8.") from None
    except _Twice:
        raise _twice(raw) from None
    except (msgspec.MsgspecError, ValueError) as error:
        raise _malformed(str(error), raw) from None
    _walk(raw, value)
    return value


class _Twice(Exception):
    pass


def _named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _Twice
    return members


def _malformed(message: str, raw: bytes) -> Problem:
    found = re.search(_POSITION, message)
    if found:
        return _at(raw, int(found[1]), message)
    if "truncated" in message:
        half = json_place.half_a_pair(raw.decode("utf-8", "replace"), "This text holds half of a surrogate pair.")
        if half is not None:
            return Problem("malformed-json", half.detail, places=[half])
        return _at(raw, len(raw), "The JSON text ends too early.")
    return Problem("malformed-json", message)


def _first_byte_of_no_text(raw: bytes) -> int:
    """Of the whole body: a decoder counts from the text that it is in."""
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _at(raw: bytes, position: int, detail: str) -> Problem:
    text = raw.decode("utf-8", "replace")
    place = json_place.at(text, len(raw[:position].decode("utf-8", "replace")), detail)
    return Problem("malformed-json", detail, places=[place], extra={"position": position})


def _twice(raw: bytes) -> Problem:
    place = json_place.named_twice(raw.decode(), "This member is named twice.")
    return Problem("malformed-json", "An object names a member twice.", places=[place] if place else [])


def _too_deep(raw: bytes) -> Problem:
    detail = f"The JSON text is nested deeper than {DEEPEST} levels."
    place = json_place.deeper_than(raw.decode("utf-8", "replace"), DEEPEST, detail)
    return Problem("malformed-json", detail, places=[place] if place else [])


def _walk(raw: bytes, value: Any) -> None:
    """Refuse deep nesting, then inexact whole numbers; level by level, for the input chooses the depth."""
    level: list[Any] = [value]
    inexact = False
    for _ in range(DEEPEST):
        inexact = inexact or any(map(_is_inexact, level))
        level = [child for node in level for child in _children(node)]
    if any(isinstance(node, dict | list) for node in level):
        raise _too_deep(raw)
    if inexact or any(map(_is_inexact, level)):
        raise Problem("invalid", "A number is too large.", places=list(islice(_inexact(value, ""), MOST_PLACES)))


def _is_inexact(node: Any) -> bool:
    return isinstance(node, int) and not -_EXACT <= node <= _EXACT


def _children(node: Any) -> Iterable[Any]:
    if isinstance(node, dict):
        return node.values()
    return node if isinstance(node, list) else ()


def _inexact(node: Any, pointer: str) -> Iterator[Place]:
    if _is_inexact(node):
        yield Place(pointer, "A whole number must lie within ±(2^53 - 1).")
    named = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for name, child in named:
        yield from _inexact(child, f"{pointer}/{escape(str(name))}")
