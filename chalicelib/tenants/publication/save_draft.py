"""Save draft: the document becomes this. Faults are told, and hinder nothing until it is opened or published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from chalicelib.instants import to_text
from chalicelib.problem import Place, Problem
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.tenants.publication import draft
from chalicelib.tenants.publication.draft import PolicyDraft, SavedDraft
from chalicelib.tenants.publication.policy_source import Document
from chalicelib.wiring import Wiring


class SaveDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A policy as JSON, or as YAML text."""

    policy: Document


def save_draft(wiring: Wiring, asked: OwnerCommand, wanted: SaveDraft, if_match: str | None) -> Answer:
    """200 with the draft and its `faults`. Raises `Problem`: `forbidden`, `policy-invalid` (too large), `stale`."""
    if isinstance(first := owner_command.load(wiring, asked), Answer):
        return first
    faults = _faults(wiring, wanted.policy)
    return owner_command.run(
        wiring, asked, lambda loaded: _decide(loaded, asked, wanted, if_match, faults), draft.draft_keys(asked.tenant)
    )


def _faults(wiring: Wiring, document: Document) -> Sequence[Place]:
    try:
        wiring.policies.prepare(document)
    except Problem as problem:
        return problem.places
    return ()


def _decide(
    loaded: LoadedOrganisation, asked: OwnerCommand, wanted: SaveDraft, if_match: str | None, faults: Sequence[Place]
) -> OrganisationChange:
    organisation = loaded.organisation
    found = draft.stored_draft(loaded.entries, asked.tenant)
    if found is not None or if_match is not None:
        found = draft.require_draft(loaded.entries, asked.tenant, if_match)
    saved = PolicyDraft(
        id=str(organisation.seq + 1) if found is None else found.draft.id,
        revision=1 if found is None else found.draft.revision + 1,
        saved_at=to_text(asked.now),
        saved_by=asked.sub,
    )
    writes = [draft.head_put(asked.tenant, saved), draft.document_put(asked.tenant, wanted.policy)]
    fields: dict[str, Any] = {"draft": saved.id, "revision": saved.revision}
    after, event = record_event(organisation, "policy_draft_saved", fields, asked.sub, asked.now)
    body = {**draft.draft_view(SavedDraft(saved, wanted.policy)), "faults": [place.to_json() for place in faults]}
    return OrganisationChange(after, [event, *writes], Answer(200, body))
