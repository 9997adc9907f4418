"""Command: change the draft by a form. The text changes at the item, and is saved if no fault comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from chalicelib.features.policies import draft_commands
from chalicelib.features.policies.draft_commands import SaveDraft
from chalicelib.kit.problem import Place, Problem, steps_of
from chalicelib.policy.editing.edits import Edit
from chalicelib.ports.policy_source import PolicySource
from chalicelib.tenants.owner_command import OwnerCommand
from chalicelib.wiring import Wiring

CHANGED_MEANWHILE = ("stale", "not-found", "policy-invalid")
"""The problems of a save after which the page shows the draft as it is now."""
_POLICY = "/policy"


class FormChange(NamedTuple):
    """`text`: on which it is based, with its ETag; `draft.NONE_YET` for the text of the version in force."""

    text: str
    etag: str
    edits: Sequence[Edit]


def save(wiring: Wiring, command: OwnerCommand, change: FormChange) -> Sequence[Place]:
    """The faults that the change would bring: with any, nothing is saved. Faults that the draft already has stay.

    Raises `PolicyFault` as `edit_text`, and `Problem` as `draft_commands.save_draft`, such as `stale`.
    """
    from chalicelib.policy.editing.edit_text import edit_text  # only where a text is changed

    after = edit_text(change.text, change.edits)
    if found := new_faults(wiring.policies, change.text, after):
        return found
    draft_commands.save_draft(wiring, command, SaveDraft(policy=after), change.etag)
    return ()


def new_faults(policies: PolicySource, before: str, after: str) -> list[Place]:
    """Without those of the examples: a changed limit changes what they show, and the author mends them later."""
    found = _faults(policies, after)
    old = {_named(place) for place in _faults(policies, before)} if found else set()
    return [place for place in found if _named(place) not in old]


def _faults(policies: PolicySource, text: str) -> Sequence[Place]:
    try:
        policies.read(text)
    except Problem as problem:
        return problem.places
    return ()


def _named(place: Place) -> tuple[str, str]:
    return place.pointer, place.detail


def path_of(place: Place) -> tuple[str, ...]:
    """The steps of a fault's place below the policy."""
    return tuple(steps_of(place.pointer.removeprefix(_POLICY)))
