"""A policy as it is written, read into its document. A published one is in the full form, and needs none of this."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.reading import expand_short_forms, structure
from chalicelib.policy.reading.faults import PolicyFault


def parse(raw: Mapping[str, Any]) -> PolicyDocument:
    """The document, in the full form. Raises `PolicyFault` with every place where the structure is wrong."""
    full = expand_short_forms.write_out(dict(raw))
    try:
        return msgspec.convert(full, PolicyDocument)
    except msgspec.ValidationError as error:
        raise PolicyFault(structure.faults(full)) from error
