"""Making a document fit to be published: read, checked, written out in full, canonical (design §3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from chalicelib import canonical
from chalicelib.policy.check import check
from chalicelib.policy.faults import Fault, PolicyFault
from chalicelib.policy.model import Document
from chalicelib.policy.source import MOST_BYTES, read


@dataclass(frozen=True, slots=True)
class Publishable:
    """`body`: canonical JSON of the full form, at most 256 KiB."""

    document: Document
    body: bytes


def prepare(document: Mapping[str, Any] | str) -> Publishable:
    """Check a document given as plain values or as YAML text. Raises `PolicyFault`."""
    raw = read(document) if isinstance(document, str) else document
    try:
        checked = check(raw)
        body = canonical.encode(msgspec.to_builtins(checked))
    except RecursionError as error:
        raise PolicyFault([Fault((), "the document is nested too deeply")]) from error
    except ValueError as error:  # what JSON cannot hold: lone surrogates, numbers without a place in it
        raise PolicyFault([Fault((), f"the document cannot be written as JSON: {error}")]) from error
    if len(body) > MOST_BYTES:
        raise PolicyFault([Fault((), f"the document is larger than {MOST_BYTES // 1024} KiB")])
    return Publishable(checked, body)
