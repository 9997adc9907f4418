"""Pseudonyms of one event log: the same within it, others in the next one.

The key is random, and the job forgets it when the log is written. So no pseudonym can be computed again, and two logs
cannot be joined by them.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable

_KEY_BYTES = 32
_DIGITS = 20
"""80 bits: in a log of a hundred million objects, two are alike with a probability below one in a hundred million."""

Pseudonym = Callable[[str, str], str]
"""Takes the kind of a thing and its identity, and returns `<kind>-<hex digits>`."""


def new_key() -> bytes:
    """Hex digits."""
    return secrets.token_hex(_KEY_BYTES).encode()


def pseudonyms(key: bytes) -> Pseudonym:
    def pseudonym(kind: str, identity: str) -> str:
        found = hmac.new(key, f"{kind}\n{identity}".encode(), hashlib.sha256)
        return f"{kind}-{found.hexdigest()[:_DIGITS]}"

    return pseudonym
