"""Canonical JSON (RFC 8785) and the digests made of it: the form that is hashed, chained and compared."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
import rfc8785

_SAFE = 2**53 - 1
"""The greatest integer that RFC 8785 can say."""
_MANY = 100_000
"""Values; what refers to itself has no end."""
_SORTED = msgspec.json.Encoder(order="sorted")


def encode(value: Any) -> bytes:
    """RFC 8785 bytes of a JSON value. Raises ValueError for what JSON cannot hold (NaN, lone surrogates)."""
    return _SORTED.encode(value) if _is_plain(value) else rfc8785.dumps(value)


def digest(value: Any) -> str:
    """SHA-256 of the canonical form, as 64 hex digits."""
    return hashlib.sha256(encode(value)).hexdigest()


def _is_plain(value: Any) -> bool:
    """Whether msgspec writes it as RFC 8785 says, in an eighth of `rfc8785`'s time. Not so with fractions, names beyond
    ASCII (it may order them in another way) and what is no JSON (it may take it)."""
    values = [value]
    for one in values:
        kind = type(one)
        if kind is str or kind is bool or one is None:
            continue
        if kind is dict:
            if not all(type(name) is str and name.isascii() for name in one):
                return False
            values.extend(one.values())
        elif kind is list or kind is tuple:
            values.extend(one)
        elif kind is not int or not -_SAFE <= one <= _SAFE:
            return False
        if len(values) > _MANY:
            return False
    return True
