"""Open draft: departments, complainants or both may read the draft and comment on it (P4.10)."""

from __future__ import annotations

from typing import Any

import msgspec

from chalicelib.instants import Instant, from_text, to_text
from chalicelib.problem import Place, Problem
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.tenants.publication import draft, policy_cache, policy_version
from chalicelib.tenants.publication.draft import GROUPS, Group, SavedDraft
from chalicelib.wiring import Wiring


class OpenDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`to`: by default the groups that the policy in force names, or both where it names none."""

    to: list[Group] | None = None
    until: str | None = None
    """RFC 3339, in the future: until then there can be comments and no publication."""


def open_draft(wiring: Wiring, asked: OwnerCommand, wanted: OpenDraft, if_match: str | None) -> Answer:
    """200 with the draft. Raises `Problem`: `forbidden`, `not-found`, `stale`, `policy-invalid`, `invalid`."""
    wanted_keys = draft.draft_keys(asked.tenant)
    if isinstance(first := owner_command.load(wiring, asked, wanted_keys), Answer):
        return first
    held = draft.require_draft(first.entries, asked.tenant, if_match)
    wiring.policies.prepare(held.document)
    until = _until(wanted.until, asked.now)
    in_force = policy_cache.read_version(wiring.store, asked.tenant, first.organisation.policy_at(asked.now))
    to = wanted.to or policy_version.required_comment_groups(in_force) or list(GROUPS)
    return owner_command.run(wiring, asked, lambda loaded: _decide(loaded, asked, held, to, until), wanted_keys)


def _decide(
    loaded: LoadedOrganisation, asked: OwnerCommand, checked: SavedDraft, to: Any, until: str | None
) -> OrganisationChange:
    held = draft.require_draft(loaded.entries, asked.tenant, checked.draft.etag)
    opened = {**held.draft.opened, **dict.fromkeys(to, until)}
    after_draft = msgspec.structs.replace(held.draft, opened=opened)
    fields: dict[str, Any] = {"draft": held.draft.id, "revision": held.draft.revision, "to": list(to)}
    if until is not None:
        fields["until"] = until
    after, event = record_event(loaded.organisation, "policy_draft_opened", fields, asked.sub, asked.now)
    body = draft.draft_view(SavedDraft(after_draft, held.document))
    return OrganisationChange(after, [event, draft.head_put(asked.tenant, after_draft)], Answer(200, body))


def _until(text: str | None, now: Instant) -> str | None:
    if text is None:
        return None
    try:
        instant = from_text(text)
    except ValueError as error:
        raise _wrong(str(error)) from error
    if instant <= now:
        raise _wrong("must lie in the future")
    return to_text(instant)


def _wrong(why: str) -> Problem:
    return Problem("invalid", "A time is not as it must be.", places=[Place("/until", why)])
