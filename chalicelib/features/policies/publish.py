"""Command: publish a policy version, for complaints filed after its effective time. Open complaints keep theirs."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from chalicelib.complaints.envelope import EventFields
from chalicelib.features.policies import draft, second_publisher, telling
from chalicelib.features.policies.draft import PolicyDraft, SavedDraft
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.instants import Instant, from_text, to_text
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.ports.policy_source import Document, Prepared
from chalicelib.store.port import Store, Write
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import Organisation, Scheduled, record_event, with_version
from chalicelib.tenants.owner_command import CONFLICT, LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.tenants.people.membership import Membership
from chalicelib.tenants.publication import policy_version
from chalicelib.tenants.publication.policy_version import AmendmentRules, PolicyVersion
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


class AskedPublication(msgspec.Struct, frozen=True):
    """An owner asked that this revision of the draft is published. One of the roles publishes it by the same route."""

    draft: str
    revision: int
    at: str
    effective_at: str | None
    approvers: list[str]


class CheckedPublication(msgspec.Struct, frozen=True, kw_only=True):
    """The checked document for publication. `source_draft`: the draft from which it comes, or None."""

    prepared: Prepared
    document: Document
    source_draft: SavedDraft | None
    in_force: PolicyVersion
    effective_at: Instant
    asks: draft.PublicationRequest | None = None
    """What an owner asks for, if another person publishes."""
    publisher: str | None = None
    """That person, or the one whose deputy publishes."""


def publish(wiring: Wiring, command: OwnerCommand, payload: Publish, if_match: str | None = None) -> Answer:
    """201 with the version; 202 if the version in force lets another person publish it. `if_match`: the draft's ETag.

    Raises `Problem`: `forbidden`, `not-found` (no draft), `invalid`, `policy-invalid`, `comments-demanded`, `stale`,
    `conflict`, `limit-reached` (too many upcoming versions or roles).
    """
    draft_keys = draft.draft_keys(command.tenant) if payload.policy is None else []
    first = owner_command.load(wiring.store, wiring.real_clock, command, draft_keys, _is_member)
    if isinstance(first, Answer):
        return first
    in_force = policy_version.read_version(wiring.store, command.tenant, first.organisation.policy_at(command.now))
    rules = policy_version.amendment_rules(in_force)
    may = second_publisher.may_ask_or_publish(wiring.store, command, rules.approvers)
    if not may(first.caller):
        raise Problem("forbidden", "Only the organisation's owners may do this.")
    effective_at = _effective(payload.effective_at, command.now)
    source_draft = None if payload.policy is not None else draft.require_draft(first.entries, command.tenant, if_match)
    document = payload.policy if source_draft is None else source_draft.document
    prepared = wiring.policies.prepare(document or {})
    if not changes_contact_alone(in_force, prepared):
        check_comments(in_force, rules, source_draft, command.now)
    checked = CheckedPublication(
        prepared=prepared,
        document=document or {},
        source_draft=source_draft,
        in_force=in_force,
        effective_at=effective_at,
    )
    if rules.approvers:
        checked = _with_approval(wiring.store, checked, rules.approvers, payload, first.caller, command)
    return owner_command.run(
        wiring.store,
        wiring.real_clock,
        command,
        lambda loaded: _told(wiring, decide(loaded, command, checked), checked.asks, command.now),
        draft_keys,
        may,
    )


def _told(
    wiring: Wiring, change: OrganisationChange, asks: draft.PublicationRequest | None, now: Instant
) -> OrganisationChange:
    """With the message to those who may publish, if an owner asks."""
    if asks is None:
        return change
    told = telling.tell(wiring, change.organisation, telling.ASKED, asks.approvers, now)
    return replace(change, writes=[*change.writes, *told])


def _is_member(person: Membership) -> bool:
    return person.active


def _with_approval(
    store: Store,
    checked: CheckedPublication,
    approvers: list[str],
    payload: Publish,
    caller: Membership,
    command: OwnerCommand,
) -> CheckedPublication:
    """The request of an owner, or what an owner asked for and another person publishes.

    Raises `Problem`: `invalid`, `conflict` if no owner has asked, or the one who asked is no longer an owner.
    """
    if checked.source_draft is None:
        raise _invalid("/policy", "another person publishes the draft: save the policy as the draft")
    asked = checked.source_draft.draft.asked
    publisher = second_publisher.approver(store, command, caller, approvers, asked)
    if asked is not None and publisher is not None:
        if payload.effective_at is not None:
            raise _invalid("/effective_at", "is as the owner has asked")
        stated = command.now if asked.effective_at is None else from_text(asked.effective_at)
        return replace(checked, effective_at=max(stated, command.now), publisher=publisher)
    if not caller.owner:
        raise Problem("conflict", "No owner has asked for the publication of the present draft.")
    stated_at = None if payload.effective_at is None else to_text(checked.effective_at)
    at = to_text(command.now)
    asks = draft.PublicationRequest(by=command.sub, at=at, effective_at=stated_at, approvers=approvers)
    return replace(checked, asks=asks)


def changes_contact_alone(in_force: PolicyVersion, prepared: Prepared) -> bool:
    """How the organisation is reached is no rule of the procedure, so people are not asked for comments on it."""
    before, after = in_force.document, msgspec.json.decode(prepared.body)
    return before != after and {**before, "contact": None} == {**after, "contact": None}


def check_comments(
    in_force: PolicyVersion, rules: AmendmentRules, source_draft: SavedDraft | None, now: Instant
) -> None:
    """Checks that the draft was opened for comments, if the version in force requires it (P4.10).

    The draft must have been opened for each required group, and the time for comments must be over. Actual comments are
    not required. A draft of an earlier release does not say since when it is open, and is opened again. Raises
    `Problem("comments-demanded")` if a group is missing or its time is not over.
    """
    opened = {} if source_draft is None else source_draft.draft.opened
    begun = opened if source_draft is None or rules.lasting is None else source_draft.draft.since
    missing = [group for group in rules.comments if group not in opened or group not in begun]
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
    ends = [until for until in opened.values() if until is not None]
    if source_draft is not None and rules.lasting is not None:
        since = source_draft.draft.since
        ends += [policy_version.least_end(in_force, rules.lasting, from_text(since[group])) for group in rules.comments]
    running = [until for until in ends if from_text(until) > now]
    if running:
        raise Problem("comments-demanded", "The time for comments is not over.", extra={"until": max(running)})


def decide(loaded: LoadedOrganisation, command: OwnerCommand, checked: CheckedPublication) -> OrganisationChange:
    """The decision (pure)."""
    organisation = loaded.organisation
    _check_unchanged(loaded, command, checked)
    if checked.asks is not None and checked.source_draft is not None:
        return _ask(organisation, command, checked.source_draft.draft, checked.asks)
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
        if (asked := checked.source_draft.draft.asked) is not None:
            fields["asked_by"] = asked.by
        if checked.publisher not in (None, command.sub):
            fields["on_behalf_of"] = checked.publisher
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


def _ask(
    organisation: Organisation, command: OwnerCommand, current: PolicyDraft, asks: draft.PublicationRequest
) -> OrganisationChange:
    fields: EventFields = {"draft": current.id, "revision": current.revision}
    if asks.effective_at is not None:
        fields["effective_at"] = asks.effective_at
    after, event = record_event(organisation, "policy_publication_asked", fields, command.sub, command.now)
    view = AskedPublication(current.id, current.revision, asks.at, asks.effective_at, asks.approvers)
    put = draft.head_put(command.tenant, replace(current, asked=asks))
    return OrganisationChange(after, [event, put], Answer.of(202, view))


def _check_unchanged(loaded: LoadedOrganisation, command: OwnerCommand, checked: CheckedPublication) -> None:
    """Raises `Problem` if the draft or the version in force has changed since the check."""
    if checked.source_draft is not None:
        current = draft.require_draft(loaded.entries, command.tenant, checked.source_draft.draft.etag)
        if current.draft.asked != checked.source_draft.draft.asked:
            raise Problem("conflict", CONFLICT)
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
        raise _invalid("/effective_at", str(error)) from error
    if instant < now:
        raise _invalid("/effective_at", "A version cannot take effect in the past.")
    return instant


def _invalid(place: str, reason: str) -> Problem:
    detail = "A time is invalid." if place == "/effective_at" else "The version cannot be published like this."
    return Problem("invalid", detail, places=[Place(place, reason)])
