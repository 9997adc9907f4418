"""A deployment that publishes as before the second edition of the policy language: without the mark of an edition, and
with the presets of then.

The scenario's documents use no key of the second edition. Published this way, they must be stored as they were then, to
the byte, and keep the meaning that they had then.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from chalicelib import canonical
from chalicelib.tenants.publication.policy_source import Prepared
from tests.compatibility import recorded_presets
from tests.fakes.prepares_once import PreparesOnce


class FirstEdition(PreparesOnce):
    """`policy_source.PolicySource`."""

    def preset(self, name: str) -> Mapping[str, Any]:
        return recorded_presets.document(name)

    def prepare(self, document: Mapping[str, Any] | str) -> Prepared:
        return _unmarked(super().prepare(document))

    def read(self, document: Mapping[str, Any] | str) -> Prepared:
        return _unmarked(super().read(document))


def _unmarked(ready: Prepared) -> Prepared:
    document = msgspec.json.decode(ready.body)
    assert document.pop("edition") == 2
    return replace(ready, body=canonical.encode(document))
