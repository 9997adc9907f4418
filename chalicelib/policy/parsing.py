"""A policy as it is written, read into its document. A published one is in the full form, and needs none of this."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.policy import normal, structure
from chalicelib.policy.faults import PolicyFault
from chalicelib.policy.model import Document


def parse(raw: Mapping[str, Any]) -> Document:
    """The document, in the full form. Raises `PolicyFault` with every place where the structure is wrong."""
    full = normal.write_out(dict(raw))
    try:
        return msgspec.convert(full, Document)
    except msgspec.ValidationError as error:
        raise PolicyFault(structure.faults(full)) from error
