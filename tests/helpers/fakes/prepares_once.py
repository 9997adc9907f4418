"""The policy language with a cache of prepared documents, for tests that create hundreds of worlds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import msgspec

from chalicelib.ports.policy_source import Prepared
from chalicelib.tenants.publication.policy_language import PolicyLanguage


class PreparesOnce(PolicyLanguage):
    """`PolicySource` that checks each document once per process. Invalid documents are checked every time."""

    _prepared: ClassVar[dict[bytes | str, Prepared]] = {}
    _read: ClassVar[dict[bytes | str, Prepared]] = {}

    def prepare(self, document: Mapping[str, Any] | str) -> Prepared:
        return _once(self._prepared, document, super().prepare)

    def read(self, document: Mapping[str, Any] | str) -> Prepared:
        return _once(self._read, document, super().read)


def _once(
    done: dict[bytes | str, Prepared],
    document: Mapping[str, Any] | str,
    check: Callable[[Mapping[str, Any] | str], Prepared],
) -> Prepared:
    key = document if isinstance(document, str) else _written(document)
    if key is None:
        return check(document)
    if key not in done:
        done[key] = check(document)
    return done[key]


def _written(document: Mapping[str, Any]) -> bytes | None:
    """The document as MessagePack, with its order of keys. None if MessagePack cannot encode it."""
    try:
        return msgspec.msgpack.encode(document)
    except (ValueError, TypeError):
        return None
