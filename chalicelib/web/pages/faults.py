"""The faults of a form: each links to its input."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chalicelib.kit.problem import Place
from chalicelib.web import languages
from chalicelib.web.pages.inputs import Input
from chalicelib.web.pages.reader import Reader


class Fault(msgspec.Struct, frozen=True):
    """`name`: of the input, which the error summary links to."""

    name: str
    text: str


def input_at(inputs: Mapping[str, Input], place: Place) -> Input | None:
    """The input whose value the fault is about."""
    return next(
        (one for pointer, one in inputs.items() if place.pointer == pointer or place.pointer.startswith(f"{pointer}/")),
        None,
    )


def fault_of(one: Input, place: Place, reader: Reader, *, is_empty: bool) -> Fault:
    """The fault of an input in the reader's language. `is_empty`: nothing was given."""
    if place.detail == "is required" or is_empty:
        name = "file.missing" if one.kind in ("line", "area") else "file.choose"
        return Fault(one.name, reader.text(name, label=one.label))
    return Fault(
        one.name, reader.text("file.wrong", label=one.label, detail=languages.say(place.text, reader.language))
    )
