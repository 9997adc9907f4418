"""Prepares a document for publishing: reads it, checks it, and encodes its full form as canonical JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from chalicelib.kit import canonical
from chalicelib.policy.checks.document import check
from chalicelib.policy.checks.hints import hints
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.reading import bounds, source_paths
from chalicelib.policy.reading.bounds import MAX_BYTES
from chalicelib.policy.reading.faults import Fault, PolicyFault
from chalicelib.policy.reading.full_form import full_form
from chalicelib.policy.reading.source import Source, to_source


class Publishable(msgspec.Struct, frozen=True):
    """A checked document. `body` is the canonical JSON of its full form, at most 256 KiB."""

    document: PolicyDocument
    body: bytes
    hints: tuple[Fault, ...] = ()
    """What the author may not have meant. Hints do not block publication."""


def prepare(document: Mapping[str, Any] | str) -> Publishable:
    """Checks a document given as plain values or as YAML text.

    Raises `PolicyFault` with all faults of the document; each has its path, and its line in a text.
    """
    return prepare_source(to_source(document))


def prepare_source(source: Source) -> Publishable:
    """Like `prepare`, for a document that has been read."""
    try:
        bounds.check_size(source.values)
        ready = _publishable(source.values)
    except PolicyFault as fault:
        raise PolicyFault([locate_fault(one, source) for one in fault.faults]) from fault
    return replace(ready, hints=tuple(locate_fault(one, source) for one in hints(ready.document)))


def locate_fault(fault: Fault, source: Source) -> Fault:
    """The fault with its path and line in the document as the author wrote it."""
    path = source_paths.source_path(source.values, fault.path, missing=fault.kind == "missing")
    return fault.at(path, source.line_of(path))


def _publishable(raw: Mapping[str, Any]) -> Publishable:
    try:
        if len(msgspec.json.encode(raw)) > MAX_BYTES:
            raise PolicyFault([Fault((), "too-large", most=MAX_BYTES // 1024)])
        checked = check(raw)
        body = canonical.encode(full_form(checked))
    except ValueError as error:  # JSON cannot represent lone surrogates or non-finite numbers
        raise PolicyFault([Fault((), "no-json", reason=error)]) from error
    if len(body) > MAX_BYTES:
        raise PolicyFault([Fault((), "too-large", most=MAX_BYTES // 1024)])
    return Publishable(checked, body)
