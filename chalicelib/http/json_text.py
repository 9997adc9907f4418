"""JSON text from outside, read strictly (RFC 8259, RFC 7493): what two readers could take differently is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import msgspec

from chalicelib.problem import Place, Problem

DEEPEST = 64
"""Levels of nesting; no document of ours has more than a dozen."""
MOST_PLACES = 100
LONGEST_NAME = 200
_EXACT = 2**53 - 1
"""The largest whole number that every JSON reader holds exactly."""
_POSITION = re.compile(r"\(byte (\d+)\)")


def read(raw: bytes) -> Any:
    """The JSON value. Raises `Problem("malformed-json")` with the byte `position` where there is one.

    Refused besides bad syntax: names given twice, lone surrogates, bytes that are not UTF-8, NaN and infinities,
    more than 64 levels; and as `invalid` whole numbers beyond 2^53.
    """
    try:
        value = msgspec.json.decode(raw)
        json.loads(raw, object_pairs_hook=_named_once)
    except RecursionError:
        raise _too_deep() from None
    except UnicodeDecodeError as error:
        raise Problem("malformed-json", "The body is not UTF-8.", extra={"position": error.start}) from None
    except (msgspec.MsgspecError, ValueError) as error:
        raise _malformed(str(error), len(raw)) from None
    _walk(value)
    return value


def _named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("An object names a member twice.")
    return members


def _malformed(message: str, length: int) -> Problem:
    found = _POSITION.search(message)
    if found:
        return Problem("malformed-json", message, extra={"position": int(found[1])})
    if "truncated" in message:
        return Problem("malformed-json", "The JSON text ends too early.", extra={"position": length})
    return Problem("malformed-json", message)


def _too_deep() -> Problem:
    return Problem("malformed-json", f"The JSON text is nested deeper than {DEEPEST} levels.")


def _walk(value: Any) -> None:
    """Refuse deep nesting, then inexact whole numbers; level by level, for the input chooses the depth."""
    level: list[Any] = [value]
    inexact = False
    for _ in range(DEEPEST):
        inexact = inexact or any(map(_is_inexact, level))
        level = [child for node in level for child in _children(node)]
    if any(isinstance(node, dict | list) for node in level):
        raise _too_deep()
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


def escape(name: str) -> str:
    """A member's name as one step of an RFC 6901 pointer. An endless name is cut, so that answers stay small."""
    return name[:LONGEST_NAME].replace("~", "~0").replace("/", "~1")
