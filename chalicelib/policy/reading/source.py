"""Reading a policy document's text: YAML for people, JSON for programs, both into plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from chalicelib.policy.reading.bounds import MOST_BYTES
from chalicelib.policy.reading.faults import Fault, Path, PolicyFault


class Source(msgspec.Struct, frozen=True):
    """A document as plain values, and the line on which each of its paths was written, where it was text."""

    values: dict[str, Any]
    line_of: Callable[[Path], int | None]


def read(text: str) -> dict[str, Any]:
    """The document as plain values. Raises `PolicyFault` for text that is too large, malformed or no map."""
    return read_marked(text).values


def read_marked(text: str) -> Source:
    """The same, with lines."""
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise PolicyFault([Fault((), "too-large", most=MOST_BYTES // 1024)])
    from chalicelib.policy.reading import yaml_text

    value, line_of = yaml_text.load(text)
    if not isinstance(value, dict):
        raise PolicyFault([Fault((), "no-map", line=1)])
    return Source(value, line_of)


def source_of(document: Mapping[str, Any] | str) -> Source:
    """Of YAML text, or of plain values: these have no lines."""
    return read_marked(document) if isinstance(document, str) else Source(dict(document), lambda _: None)
