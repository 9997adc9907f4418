"""Reads a part of known length from a file."""

from __future__ import annotations

from typing import BinaryIO

from chalicelib.features.evidence.refusal import Refusal

_LARGEST_PART = 16 * 1024 * 1024
"""Most bytes of metadata in one part. Cameras write tens of KB."""


def read_exactly(file: BinaryIO, length: int) -> bytes:
    """Raises `Refusal`: `broken` if the file ends too early, `bomb` if the part is too large."""
    if not 0 <= length <= _LARGEST_PART:
        raise Refusal("bomb" if length > _LARGEST_PART else "broken")
    found = file.read(length)
    if len(found) < length:
        raise Refusal("broken")
    return found
