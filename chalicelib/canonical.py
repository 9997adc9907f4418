"""Canonical JSON (RFC 8785) and the digests made of it: the form that is hashed, chained and compared."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785


def encode(value: Any) -> bytes:
    """RFC 8785 bytes of a JSON value. Raises ValueError for what JSON cannot hold (NaN, lone surrogates)."""
    return rfc8785.dumps(value)


def digest(value: Any) -> str:
    """SHA-256 of the canonical form, as 64 hex digits."""
    return hashlib.sha256(encode(value)).hexdigest()
