"""The policy language for worlds that are made by the hundred: what a document came to is known the second time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import msgspec

from chalicelib.tenants.publication.policy_language import PolicyLanguage
from chalicelib.tenants.publication.policy_source import Prepared


class PreparesOnce(PolicyLanguage):
    """`PolicySource` that checks each document once a process. One that is refused is checked again."""

    _done: ClassVar[dict[bytes | str, Prepared]] = {}

    def prepare(self, document: Mapping[str, Any] | str) -> Prepared:
        key = document if isinstance(document, str) else _written(document)
        if key is None:
            return super().prepare(document)
        if key not in self._done:
            self._done[key] = super().prepare(document)
        return self._done[key]


def _written(document: Mapping[str, Any]) -> bytes | None:
    """As it came, in its order; None where MessagePack cannot hold it."""
    try:
        return msgspec.msgpack.encode(document)
    except (ValueError, TypeError):
        return None
