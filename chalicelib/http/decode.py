"""Converts JSON values from requests to typed documents, and reports a place for every invalid value."""

from __future__ import annotations

from itertools import islice
from typing import Any

import msgspec

from chalicelib.decoding import InvalidValue, invalid_values
from chalicelib.http.json_locations import pointer_step
from chalicelib.problem import Place, Problem

MAX_FAULTS = 100
"""Further faults are not reported: that many usually have one cause."""


def decode(value: Any, document: Any, *, kind: str = "invalid", prefix: str = "", strict: bool = True) -> Any:
    """An instance of `document`. Raises `Problem(kind)` with a place for each fault. Pointers start with `prefix`.

    With `strict=False`, text is also accepted for numbers and booleans, as query strings need.
    """
    found = islice(invalid_values(value, document, strict=strict), MAX_FAULTS)
    places = sorted((_place(prefix, fault) for fault in found), key=lambda place: place.pointer)
    if not places:
        return msgspec.convert(value, document, strict=strict)
    detail = "One value is invalid." if len(places) == 1 else f"{len(places)} values are invalid."
    raise Problem(kind, detail, places=places)


def _place(prefix: str, fault: InvalidValue) -> Place:
    return Place(prefix + "".join("/" + pointer_step(str(step)) for step in fault.path), fault.message)
