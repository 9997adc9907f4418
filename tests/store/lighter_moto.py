"""What moto does for each start and each user pool, and tests do not need. It takes longer than most of their calls."""

from __future__ import annotations

from functools import cache
from typing import Any

from joserfc import jwk
from moto.core import models


def install() -> None:
    """Every user pool has the same key, and reading it takes 0.1 s: it is read once per process.

    Every start listens in the package `requests`, with 1,300 patterns. No test sends a request with it.
    """
    models.RESPONSES_METHODS.clear()
    kinds: Any = jwk.RSAKey
    kinds.import_key = _once(kinds.import_key)


def _once(read: Any) -> Any:
    @cache
    def found(items: tuple[tuple[str, str], ...]) -> Any:
        return read(dict(items))

    return lambda key: found(tuple(key.items()))
