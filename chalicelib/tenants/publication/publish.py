"""Publish: a new policy version, for complaints filed from its effective time on. Running ones keep theirs."""

from __future__ import annotations

import msgspec

from chalicelib.instants import Instant, from_text, to_text
from chalicelib.problem import Place, Problem
from chalicelib.store.port import Write
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.tenants.publication import draft, policy_version
from chalicelib.tenants.publication.draft import SavedDraft
from chalicelib.tenants.publication.policy_source import Document, Prepared
from chalicelib.tenants.publication.policy_version import PolicyVersion
from chalicelib.tenants.publication.version_schedule import Scheduled, with_version
from chalicelib.wiring import Wiring

MOST_UPCOMING = 20
"""Versions that wait for their time: they lie in the tenant's snapshot."""
MOST_ROLES = 500
"""Roles of all versions together: they lie there too."""


class Publish(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    policy: Document | None = None
    """The draft where not given."""
    effective_at: str | None = None
    """RFC 3339, not in the past; at once where not given."""


class Published(msgspec.Struct, frozen=True):
    version: str
    effective_at: str


class CheckedPublication(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be published, checked. `held`: the draft that it is, where it is one."""

    prepared: Prepared
    document: Document
    held: SavedDraft | None
    in_force: PolicyVersion
    effective_at: Instant


def publish(wiring: Wiring, command: OwnerCommand, wanted: Publish, if_match: str | None = None) -> Answer:
    """201 with the version. `if_match`: the draft's tag.

    Raises `Problem`: `forbidden`, `not-found` (no draft), `invalid`, `policy-invalid`, `comments-demanded`, `stale`,
    `conflict`, `limit-reached` (too many wait).
    """
    draft_keys = draft.draft_keys(command.tenant) if wanted.policy is None else []
    if isinstance(first := owner_command.load(wiring, command, draft_keys), Answer):
        return first
    effective_at = _effective(wanted.effective_at, command.now)
    held = None if wanted.policy is not None else draft.require_draft(first.entries, command.tenant, if_match)
    document = wanted.policy if held is None else held.document
    in_force = policy_version.read_version(wiring.store, command.tenant, first.organisation.policy_at(command.now))
    _check_comments(in_force, held, command.now)
    ready = CheckedPublication(
        prepared=wiring.policies.prepare(document or {}),
        document=document or {},
        held=held,
        in_force=in_force,
        effective_at=effective_at,
    )
    return owner_command.run(wiring, command, lambda loaded: decide(loaded, command, ready), draft_keys)


def _check_comments(in_force: PolicyVersion, held: SavedDraft | None, now: Instant) -> None:
    """The version in force may demand that its successor be opened for comments first (P4.10): each group's time to
    comment must have begun, and be over where it has an end. Whether anybody did comment is theirs to decide."""
    opened = {} if held is None else held.draft.opened
    missing = [group for group in policy_version.required_comment_groups(in_force) if group not in opened]
    if missing:
        raise Problem(
            "comments-demanded",
            "The policy in force wants a draft that was opened for comments, as it now stands, to: "
            + ", ".join(missing),
            extra={"groups": missing},
        )
    running = [until for until in opened.values() if until is not None and from_text(until) > now]
    if running:
        raise Problem("comments-demanded", "The time for comments is not over.", extra={"until": max(running)})


def decide(loaded: LoadedOrganisation, command: OwnerCommand, wanted: CheckedPublication) -> OrganisationChange:
    """Pure."""
    organisation = loaded.organisation
    _check_unchanged(loaded, command, wanted)
    scheduled = Scheduled(str(organisation.latest + 1), wanted.effective_at)
    schedule = with_version(organisation.schedule, scheduled, command.now)
    roles = list(dict.fromkeys([*organisation.roles, *wanted.in_force.roles, *wanted.prepared.roles]))
    if len(schedule) > MOST_UPCOMING + 1 or len(roles) > MOST_ROLES:
        raise Problem(
            "limit-reached", f"At most {MOST_UPCOMING} versions can wait, and {MOST_ROLES} roles be in use over time."
        )
    published = Published(scheduled.version, to_text(wanted.effective_at))
    about = msgspec.to_builtins(published) | ({"draft": wanted.held.draft.id} if wanted.held else {})
    about["sha256"] = policy_version.digest(wanted.prepared)
    after, event = record_event(
        organisation,
        "policy_published",
        about,
        command.sub,
        command.now,
        latest=organisation.latest + 1,
        schedule=schedule,
        roles=roles,
    )
    return OrganisationChange(
        after, [event, *_version(command, wanted, published)], Answer(201, msgspec.to_builtins(published))
    )


def _check_unchanged(loaded: LoadedOrganisation, command: OwnerCommand, wanted: CheckedPublication) -> None:
    """What was checked is what is published, after the version that it was checked against."""
    if wanted.held is not None:
        draft.require_draft(loaded.entries, command.tenant, wanted.held.draft.etag)
    if loaded.organisation.policy_at(command.now) != wanted.in_force.version:
        raise Problem("conflict", "Another version was published at the same time. Look at it and repeat.")


def _version(command: OwnerCommand, wanted: CheckedPublication, published: Published) -> list[Write]:
    version = policy_version.version_of(
        wanted.prepared,
        version=published.version,
        published_at=to_text(command.now),
        published_by=command.sub,
        effective_at=published.effective_at,
        draft=wanted.held.draft.id if wanted.held else None,
    )
    source = wanted.document if isinstance(wanted.document, str) else None
    writes: list[Write] = [*policy_version.version_puts(command.tenant, version, source)]
    return [*writes, *draft.draft_removals(command.tenant)] if wanted.held else writes


def _effective(text: str | None, now: Instant) -> Instant:
    if text is None:
        return now
    try:
        instant = from_text(text)
    except ValueError as error:
        raise Problem("invalid", "A time is not as it must be.", places=[Place("/effective_at", str(error))]) from error
    if instant < now:
        place = Place("/effective_at", "A version cannot take effect in the past.")
        raise Problem("invalid", "A time is not as it must be.", places=[place])
    return instant
