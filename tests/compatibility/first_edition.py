"""A deployment that publishes as before the second edition of the policy language: without the mark of an edition, and
with the presets of then.

The scenario's documents use no key of the second edition. Published this way, they must be stored as they were then, to
the byte, and keep the meaning that they had then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from chalicelib import canonical
from chalicelib.policy.reading import parsing
from chalicelib.policy.reading.full_form import full_form
from chalicelib.policy.reading.source import to_source
from chalicelib.ports.policy_source import Prepared
from chalicelib.problem import Problem
from tests.compatibility import recorded_presets
from tests.fakes.prepares_once import PreparesOnce


class FirstEdition(PreparesOnce):
    """`policy_source.PolicySource`."""

    def preset(self, name: str) -> Mapping[str, Any]:
        return recorded_presets.document(name)

    def prepare(self, document: Mapping[str, Any] | str) -> Prepared:
        return _unmarked(_with_old_faults(super().prepare, document))

    def read(self, document: Mapping[str, Any] | str) -> Prepared:
        return _unmarked(_with_old_faults(super().read, document))


def _with_old_faults(
    prepare: Callable[[Mapping[str, Any] | str], Prepared], document: Mapping[str, Any] | str
) -> Prepared:
    """The document, also if its cases can stand still: that was no fault when the fixtures were written."""
    try:
        return prepare(document)
    except Problem as problem:
        if any("stand still" not in str(place.detail) for place in problem.places):
            raise
    read = parsing.parse(to_source(document).values)
    return Prepared(body=canonical.encode(full_form(read)), roles=list(read.people))


def _unmarked(ready: Prepared) -> Prepared:
    document = msgspec.json.decode(ready.body)
    assert document.pop("edition") == 2
    return replace(ready, body=canonical.encode(document))
