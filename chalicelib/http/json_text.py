"""JSON text from outside, read strictly (RFC 8259, RFC 7493): what two readers could take differently is refused."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

from chalicelib.problem import Place, Problem

DEEPEST = 64
"""Levels of nesting; no document of ours has more than a dozen."""
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
    """Refuse deep nesting and inexact whole numbers; a stack of one's own, for the input chooses the depth."""
    stack: list[tuple[Any, str, int]] = [(value, "", 1)]
    inexact: list[Place] = []
    while stack:
        node, pointer, depth = stack.pop()
        if depth > DEEPEST and isinstance(node, dict | list):
            raise _too_deep()
        if isinstance(node, dict):
            stack.extend((child, f"{pointer}/{escape(name)}", depth + 1) for name, child in node.items())
        elif isinstance(node, list):
            stack.extend((child, f"{pointer}/{index}", depth + 1) for index, child in enumerate(node))
        elif isinstance(node, int) and abs(node) > _EXACT:
            inexact.append(Place(pointer, "A whole number must lie within ±(2^53 - 1)."))
    if inexact:
        raise Problem("invalid", "A number is too large.", places=sorted(inexact, key=lambda place: place.pointer))


def escape(name: str) -> str:
    """A member's name as one step of an RFC 6901 pointer."""
    return name.replace("~", "~0").replace("/", "~1")
