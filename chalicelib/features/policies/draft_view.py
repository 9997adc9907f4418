"""View of a draft for its owners and for the groups that may comment on it (pure)."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chalicelib.features.policies.draft import SavedDraft
from chalicelib.features.policies.fault_view import FaultView, fault_view
from chalicelib.kit.problem import Place
from chalicelib.ports.policy_source import Document


class DraftView(msgspec.Struct, frozen=True, kw_only=True):
    """`opened`: groups that may comment, each with its end time. `faults`: in the response to saving."""

    draft: str
    revision: int
    saved_at: str
    opened: dict[str, str | None]
    policy: Document
    faults: list[FaultView] | msgspec.UnsetType = msgspec.UNSET


def draft_view(saved: SavedDraft) -> DraftView:
    draft = saved.draft
    return DraftView(
        draft=draft.id,
        revision=draft.revision,
        saved_at=draft.saved_at,
        opened=draft.opened,
        policy=saved.document,
    )


def saved_draft_view(saved: SavedDraft, faults: Sequence[Place]) -> DraftView:
    """The response to saving. `faults`: places that `PolicySource.prepare` reports."""
    return msgspec.structs.replace(draft_view(saved), faults=[fault_view(place) for place in faults])
