"""Drop draft: the draft goes; the comments on it stay on record."""

from __future__ import annotations

from chalicelib.tenants import command, draft
from chalicelib.tenants.command import Command, Decision, Loaded
from chalicelib.tenants.idempotency import Answer
from chalicelib.tenants.organisation import happened
from chalicelib.wiring import Wiring


def drop(wiring: Wiring, asked: Command, if_match: str | None) -> Answer:
    """204. Raises `Problem`: `forbidden`, `not-found`, `stale`."""
    return command.run(wiring, asked, lambda loaded: _decide(loaded, asked, if_match), draft.keys_of(asked.tenant))


def _decide(loaded: Loaded, asked: Command, if_match: str | None) -> Decision:
    held = draft.needed(loaded.entries, asked.tenant, if_match)
    fields = {"draft": held.draft.id, "revision": held.draft.revision}
    after, event = happened(loaded.organisation, "policy_draft_dropped", fields, asked.sub, asked.now)
    return Decision(after, [event, *draft.removes(asked.tenant)], Answer(204, None))
