"""Reads the text of a policy document, YAML or JSON, into plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.policy.reading.bounds import MAX_BYTES
from chalicelib.policy.reading.faults import Fault, PolicyFault, Spot

if TYPE_CHECKING:
    from chalicelib.policy.reading.yaml_text import Spots


class Source(msgspec.Struct, frozen=True):
    """A document as plain values. `spots`: where they stand in the text, or None if the document was not a text."""

    values: dict[str, Any]
    spots: Spots | None = None


def read(text: str) -> dict[str, Any]:
    """Raises `PolicyFault` for a text that is too large, is malformed, or is not a map."""
    return read_with_lines(text).values


def read_with_lines(text: str) -> Source:
    """Like `read`, with the spots of the values."""
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise PolicyFault([Fault((), "too-large", most=MAX_BYTES // 1024)])
    from chalicelib.policy.reading import yaml_text

    value, spots = yaml_text.load(text)
    if not isinstance(value, dict):
        raise PolicyFault([Fault((), "no-map", spot=Spot(1, 1))])
    return Source(value, spots)


def to_source(document: Mapping[str, Any] | str) -> Source:
    """Reads YAML text with the spots of its values, or wraps plain values, which have none."""
    return read_with_lines(document) if isinstance(document, str) else Source(dict(document))
