"""Values from outside into typed documents, with a place for every fault (`decoding` finds them)."""

from __future__ import annotations

from itertools import islice
from typing import Any

import msgspec

from chalicelib.decoding import InvalidValue, wrongs
from chalicelib.http.json_pointers import escape
from chalicelib.problem import Place, Problem

MAX_FAULTS = 100
"""More are not named: whoever sends so many has one cause to find."""


def decode(value: Any, document: Any, *, kind: str = "invalid", prefix: str = "", strict: bool = True) -> Any:
    """An instance of `document`. Raises `Problem(kind)` with a place for each fault, pointers starting at `prefix`.

    With `strict=False` text is also read as number or boolean where the type asks for one, as queries need.
    """
    found = islice(wrongs(value, document, strict=strict), MAX_FAULTS)
    places = sorted((_place(prefix, wrong) for wrong in found), key=lambda place: place.pointer)
    if not places:
        return msgspec.convert(value, document, strict=strict)
    detail = "One value is not as it must be." if len(places) == 1 else f"{len(places)} values are not as they must be."
    raise Problem(kind, detail, places=places)


def _place(prefix: str, wrong: InvalidValue) -> Place:
    return Place(prefix + "".join("/" + escape(str(step)) for step in wrong.path), wrong.message)
