"""Making a document fit to be published: read, checked, written out in full, canonical (design §3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib import canonical
from chalicelib.policy.checks.document import check
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.reading import bounds, source_paths
from chalicelib.policy.reading.bounds import MOST_BYTES
from chalicelib.policy.reading.faults import Fault, PolicyFault
from chalicelib.policy.reading.source import Source, source_of


class Publishable(msgspec.Struct, frozen=True):
    """`body`: canonical JSON of the full form, at most 256 KiB."""

    document: PolicyDocument
    body: bytes


def prepare(document: Mapping[str, Any] | str) -> Publishable:
    """Check a document given as plain values or as YAML text. Raises `PolicyFault`, each fault at its place."""
    return prepared(source_of(document))


def prepared(source: Source) -> Publishable:
    """The same of a document that has been read."""
    try:
        bounds.measure(source.values)
        return _publishable(source.values)
    except PolicyFault as fault:
        raise PolicyFault([located(one, source) for one in fault.faults]) from fault


def located(fault: Fault, source: Source) -> Fault:
    """The fault at its place in the document as it was written, with the line."""
    path = source_paths.path(source.values, fault.path, missing=fault.kind == "missing")
    return fault.at(path, source.line_of(path))


def _publishable(raw: Mapping[str, Any]) -> Publishable:
    try:
        if len(msgspec.json.encode(raw)) > MOST_BYTES:
            raise PolicyFault([Fault((), "too-large", most=MOST_BYTES // 1024)])
        checked = check(raw)
        body = canonical.encode(msgspec.to_builtins(checked))
    except ValueError as error:  # what JSON cannot hold: lone surrogates, numbers without a place in it
        raise PolicyFault([Fault((), "no-json", reason=error)]) from error
    if len(body) > MOST_BYTES:
        raise PolicyFault([Fault((), "too-large", most=MOST_BYTES // 1024)])
    return Publishable(checked, body)
