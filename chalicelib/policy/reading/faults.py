"""Faults of a policy document: what is wrong, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec

from chalicelib.kit import catalogue
from chalicelib.kit.problem import InBoth, Text, pointer_of

Path = tuple[str | int, ...]
MAX_FAULTS = 100
"""The maximum number of reported faults; a document with more usually has one common cause."""
_MAX_LISTED = 40
_MAX_LENGTH = 120


class FaultText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Describes a kind of fault, and says how to mend it. Placeholders in braces are values of the fault."""

    fault: InBoth
    mend: InBoth


class Spot(NamedTuple):
    """Where something stands in a text. Both count from 1; `column` counts characters."""

    line: int
    column: int


class Rewording(NamedTuple):
    """What mends a fault where a word is enough: at the spot, `instead` takes the place of `word`."""

    spot: Spot
    word: str
    instead: str


class Fault:
    """One fault: its path in the document, its kind, the values that its texts show, and its spot in the text if known.

    The section `faults` of the text catalogue has the texts of each kind.
    """

    __slots__ = ("kind", "path", "rewording", "spot", "values")

    def __init__(
        self, path: Path, kind: str, *, spot: Spot | None = None, rewording: Rewording | None = None, **values: object
    ) -> None:
        self.path = path
        self.kind = kind
        self.spot = spot
        self.rewording = rewording
        self.values = values

    @property
    def line(self) -> int | None:
        return None if self.spot is None else self.spot.line

    @property
    def pointer(self) -> str:
        """JSON Pointer (RFC 6901) to the value; very long names are truncated."""
        return pointer_of(map(shortened, self.path))

    @property
    def message(self) -> str:
        return self.text("en")

    def text(self, part: str) -> str:
        """`part` is `zh` or `en` for the description of the fault, `mend_zh` or `mend_en` for the way to correct it.

        `zh` is a `Text` if it shows the text of a problem, which is in English here and has its Chinese text elsewhere.
        """
        texts = catalogue.section("faults", dict[str, FaultText])[self.kind]
        mend, _, language = part.rpartition("_")
        template = (texts.mend if mend else texts.fault).of(language)
        values = {name: _as_text(value, language) for name, value in self.values.items()}
        shows_text = any(isinstance(value, Text) and f"{{{name}}}" in template for name, value in values.items())
        return Text(template, **values) if part == "zh" and shows_text else template.format_map(values)

    def at(self, path: Path, spot: Spot | None, rewording: Rewording | None) -> Fault:
        """The same fault at another place. It keeps its present spot or rewording if there is no other."""
        return Fault(path, self.kind, spot=spot or self.spot, rewording=rewording or self.rewording, **self.values)

    def __repr__(self) -> str:
        return f"{self.pointer or '/'}: {self.message}"


def _as_text(value: object, language: str) -> Any:
    if isinstance(value, int | Text):
        return value
    if isinstance(value, InBoth):
        return value.of(language)  # words of this service
    if isinstance(value, str) or not isinstance(value, Iterable):
        return shortened(value)
    items = [shortened(one) for one in value]
    return ", ".join(items[:_MAX_LISTED]) + (" …" if len(items) > _MAX_LISTED else "") if items else "—"


def shortened(value: object) -> str:
    """The words of an author, which may be very long."""
    text = str(value)
    return text if len(text) <= _MAX_LENGTH else text[:_MAX_LENGTH] + "…"


class PolicyFault(Exception):
    """The document is not a valid policy. Holds the faults found, at most `MAX_FAULTS`."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults)
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "; ".join(map(repr, self.faults))
