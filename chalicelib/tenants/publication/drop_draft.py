"""Drop draft: the draft goes; the comments on it stay on record."""

from __future__ import annotations

from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import happened
from chalicelib.tenants.owner_command import Decision, Loaded, OwnerCommand
from chalicelib.tenants.publication import draft
from chalicelib.wiring import Wiring


def drop(wiring: Wiring, asked: OwnerCommand, if_match: str | None) -> Answer:
    """204. Raises `Problem`: `forbidden`, `not-found`, `stale`."""
    return owner_command.run(
        wiring, asked, lambda loaded: _decide(loaded, asked, if_match), draft.keys_of(asked.tenant)
    )


def _decide(loaded: Loaded, asked: OwnerCommand, if_match: str | None) -> Decision:
    held = draft.needed(loaded.entries, asked.tenant, if_match)
    fields = {"draft": held.draft.id, "revision": held.draft.revision}
    after, event = happened(loaded.organisation, "policy_draft_dropped", fields, asked.sub, asked.now)
    return Decision(after, [event, *draft.removes(asked.tenant)], Answer(204, None))
