"""Command: publish a policy version, for complaints filed after its effective time. Open complaints keep theirs."""

from __future__ import annotations

import msgspec

from chalicelib.features.policies import draft
from chalicelib.features.policies.draft import SavedDraft
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.instants import Instant, from_text, to_text
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.ports.policy_source import Document, Prepared
from chalicelib.store.port import Write
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import Scheduled, record_event, with_version
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.tenants.publication import policy_version
from chalicelib.tenants.publication.policy_version import PolicyVersion
from chalicelib.wiring import Wiring

MAX_UPCOMING = 20
"""Versions that have not taken effect yet. They are part of the organisation's snapshot."""
MAX_ROLES = 500
"""Roles of all versions together. They are part of the snapshot, too."""


class Publish(RequestDocument, frozen=True, kw_only=True):
    policy: Document | None = None
    """By default the draft."""
    effective_at: str | None = None
    """RFC 3339, not in the past. By default at once."""


class Published(msgspec.Struct, frozen=True):
    version: str
    effective_at: str


class CheckedPublication(msgspec.Struct, frozen=True, kw_only=True):
    """The checked document for publication. `source_draft`: the draft from which it comes, or None."""

    prepared: Prepared
    document: Document
    source_draft: SavedDraft | None
    in_force: PolicyVersion
    effective_at: Instant


def publish(wiring: Wiring, command: OwnerCommand, payload: Publish, if_match: str | None = None) -> Answer:
    """201 with the version. `if_match`: the draft's ETag.

    Raises `Problem`: `forbidden`, `not-found` (no draft), `invalid`, `policy-invalid`, `comments-demanded`, `stale`,
    `conflict`, `limit-reached` (too many upcoming versions or roles).
    """
    draft_keys = draft.draft_keys(command.tenant) if payload.policy is None else []
    if isinstance(first := owner_command.load(wiring.store, wiring.real_clock, command, draft_keys), Answer):
        return first
    effective_at = _effective(payload.effective_at, command.now)
    source_draft = None if payload.policy is not None else draft.require_draft(first.entries, command.tenant, if_match)
    document = payload.policy if source_draft is None else source_draft.document
    in_force = policy_version.read_version(wiring.store, command.tenant, first.organisation.policy_at(command.now))
    _check_comments(in_force, source_draft, command.now)
    checked = CheckedPublication(
        prepared=wiring.policies.prepare(document or {}),
        document=document or {},
        source_draft=source_draft,
        in_force=in_force,
        effective_at=effective_at,
    )
    return owner_command.run(
        wiring.store, wiring.real_clock, command, lambda loaded: decide(loaded, command, checked), draft_keys
    )


def _check_comments(in_force: PolicyVersion, source_draft: SavedDraft | None, now: Instant) -> None:
    """Checks that the draft was opened for comments, if the version in force requires it (P4.10).

    The draft must have been opened for each required group, and the time for comments must be over. Actual comments are
    not required. Raises `Problem("comments-demanded")` if a group is missing or its time is not over.
    """
    opened = {} if source_draft is None else source_draft.draft.opened
    missing = [group for group in policy_version.required_comment_groups(in_force) if group not in opened]
    if missing:
        raise Problem(
            "comments-demanded",
            Text(
                "The policy in force requires that the present revision of the draft is opened for comments "
                "to: {known}",
                known=", ".join(missing),
            ),
            extra={"groups": missing},
        )
    running = [until for until in opened.values() if until is not None and from_text(until) > now]
    if running:
        raise Problem("comments-demanded", "The time for comments is not over.", extra={"until": max(running)})


def decide(loaded: LoadedOrganisation, command: OwnerCommand, checked: CheckedPublication) -> OrganisationChange:
    """The decision (pure)."""
    organisation = loaded.organisation
    _check_unchanged(loaded, command, checked)
    scheduled = Scheduled(str(organisation.latest + 1), checked.effective_at)
    schedule = with_version(organisation.schedule, scheduled, command.now)
    roles = list(dict.fromkeys([*organisation.roles, *checked.in_force.roles, *checked.prepared.roles]))
    if len(schedule) > MAX_UPCOMING + 1 or len(roles) > MAX_ROLES:
        raise Problem(
            "limit-reached",
            Text(
                "There can be at most {upcoming} upcoming versions, and {roles} roles in all versions together.",
                upcoming=MAX_UPCOMING,
                roles=MAX_ROLES,
            ),
        )
    published = Published(scheduled.version, to_text(checked.effective_at))
    fields = msgspec.to_builtins(published)
    if checked.source_draft:
        fields["draft"] = checked.source_draft.draft.id
    fields["sha256"] = policy_version.digest(checked.prepared)
    after, event = record_event(
        organisation,
        "policy_published",
        fields,
        command.sub,
        command.now,
        latest=organisation.latest + 1,
        schedule=schedule,
        roles=roles,
    )
    return OrganisationChange(after, [event, *_version(command, checked, published)], Answer.of(201, published))


def _check_unchanged(loaded: LoadedOrganisation, command: OwnerCommand, checked: CheckedPublication) -> None:
    """Raises `Problem` if the draft or the version in force has changed since the check."""
    if checked.source_draft is not None:
        draft.require_draft(loaded.entries, command.tenant, checked.source_draft.draft.etag)
    if loaded.organisation.policy_at(command.now) != checked.in_force.version:
        raise Problem("conflict", "Another version was published at the same time. Review it and repeat the request.")


def _version(command: OwnerCommand, checked: CheckedPublication, published: Published) -> list[Write]:
    version = policy_version.version_of(
        checked.prepared,
        version=published.version,
        published_at=to_text(command.now),
        published_by=command.sub,
        effective_at=published.effective_at,
        draft=checked.source_draft.draft.id if checked.source_draft else None,
    )
    source = checked.document if isinstance(checked.document, str) else None
    writes: list[Write] = [*policy_version.version_puts(command.tenant, version, source)]
    return [*writes, *draft.draft_removals(command.tenant)] if checked.source_draft else writes


def _effective(text: str | None, now: Instant) -> Instant:
    if text is None:
        return now
    try:
        instant = from_text(text)
    except ValueError as error:
        raise Problem("invalid", "A time is invalid.", places=[Place("/effective_at", str(error))]) from error
    if instant < now:
        place = Place("/effective_at", "A version cannot take effect in the past.")
        raise Problem("invalid", "A time is invalid.", places=[place])
    return instant
