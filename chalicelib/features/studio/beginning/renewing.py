"""What the examples of a draft expect, taken over from what they show now. Their events stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.complaints.trial import examples
from chalicelib.complaints.trial.examples import MAX_STEPS, TriedExample
from chalicelib.complaints.trial.preview import Preview
from chalicelib.features.studio.forms.written import value_at
from chalicelib.features.studio.trying import keeping
from chalicelib.policy.compiled import Policy
from chalicelib.policy.editing.edits import Edit, SetValue
from chalicelib.policy.worktime import Budget, bounded

_DUE = "example-other-due"
"""The fault of an example whose due time is another one now. Other differences are for the author to decide."""


def tried(policy: Policy) -> list[TriedExample]:
    with bounded(Budget(MAX_STEPS)):
        return list(examples.try_each(policy))


def edits(document: Any, policy: Policy) -> Iterator[Edit]:
    """Of each due time that has moved."""
    for one in tried(policy):
        for fault in one.faults:
            if fault.kind == _DUE and one.preview is not None:
                yield from _edit(document, policy, one.preview, tuple(fault.path))


def _edit(document: Any, policy: Policy, preview: Preview, place: tuple[str | int, ...]) -> Iterator[Edit]:
    written, now = value_at(document, place), keeping.expected(policy, preview).get(str(place[-1]))
    if not isinstance(now, Mapping):
        return
    if isinstance(written, Mapping) and "due" in written and "run" not in written:
        yield SetValue((*place, "due"), now["due"])
    elif isinstance(written, str):
        yield SetValue(place, now["due"])
