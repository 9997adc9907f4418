"""Drop draft: the draft goes; the comments on it stay on record."""

from __future__ import annotations

from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.tenants.publication import draft
from chalicelib.wiring import Wiring


def drop_draft(wiring: Wiring, asked: OwnerCommand, if_match: str | None) -> Answer:
    """204. Raises `Problem`: `forbidden`, `not-found`, `stale`."""
    return owner_command.run(
        wiring, asked, lambda loaded: _decide(loaded, asked, if_match), draft.draft_keys(asked.tenant)
    )


def _decide(loaded: LoadedOrganisation, asked: OwnerCommand, if_match: str | None) -> OrganisationChange:
    held = draft.require_draft(loaded.entries, asked.tenant, if_match)
    fields = {"draft": held.draft.id, "revision": held.draft.revision}
    after, event = record_event(loaded.organisation, "policy_draft_dropped", fields, asked.sub, asked.now)
    return OrganisationChange(after, [event, *draft.draft_removals(asked.tenant)], Answer(204, None))
