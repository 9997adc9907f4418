"""Commands on the draft: save it, open it for comments (P4.10), or drop it. Comments stay on record afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.casework.views.complaint_queries import ReaderRequest, load_reader
from chalicelib.complaints.envelope import EventFields
from chalicelib.features.policies import changes, draft, opening_step, second_publisher, telling
from chalicelib.features.policies.draft import GROUPS, Group, PolicyDraft, PublicationRequest, SavedDraft
from chalicelib.features.policies.policy_check import FaultView, fault_view
from chalicelib.jobs import driver
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.instants import Instant, from_text, to_text
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.reading import source
from chalicelib.policy.reading.faults import PolicyFault
from chalicelib.ports import TimeSource
from chalicelib.ports.policy_source import Document, Prepared
from chalicelib.store import keys
from chalicelib.store.port import Store, Write
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.organisation import Organisation, record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.tenants.people.membership import Membership
from chalicelib.tenants.publication import policy_version
from chalicelib.tenants.publication.policy_version import PolicyVersion
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.ports.policy_source import PolicySource


class RequestedPublication(msgspec.Struct, frozen=True):
    """`by`: the owner who asked. `approvers`: the roles of which another person publishes."""

    by: str
    at: str
    effective_at: str | None
    approvers: list[str]


class DraftView(msgspec.Struct, frozen=True, kw_only=True):
    """`opened`: groups that may comment, each with its end time. `faults`: after saving. `asked`, `saved_by`: only for
    members; parties read a role in place of the person."""

    draft: str
    revision: int
    saved_at: str
    saved_by: str | msgspec.UnsetType = msgspec.UNSET
    opened: dict[str, str | None]
    policy: Document
    faults: list[FaultView] | msgspec.UnsetType = msgspec.UNSET
    asked: RequestedPublication | msgspec.UnsetType = msgspec.UNSET


def draft_view(saved: SavedDraft, *, for_members: bool = True) -> DraftView:
    draft = saved.draft
    return DraftView(
        saved_by=draft.saved_by if for_members else msgspec.UNSET,
        draft=draft.id,
        revision=draft.revision,
        saved_at=draft.saved_at,
        opened=draft.opened,
        policy=saved.document,
        asked=_requested(draft.asked) if for_members and draft.asked is not None else msgspec.UNSET,
    )


def _requested(asked: PublicationRequest) -> RequestedPublication:
    return RequestedPublication(asked.by, asked.at, asked.effective_at, asked.approvers)


def get_draft(wiring: Wiring, request: ReaderRequest) -> DraftView:
    """People without membership or receipt do not learn whether a draft exists.

    Raises `Problem`: `forbidden` unless it is open to the caller, `not-found`; and as `load_reader`.
    """
    member = load_reader(wiring, request).member
    saved = draft.require_draft(wiring.store.get(draft.draft_keys(request.tenant)), request.tenant)
    check_may_read(wiring.store, request.tenant, saved, member, request.now)
    view = draft_view(saved, for_members=member is not None)
    return msgspec.structs.replace(view, saved_by=OWNER) if member is not None and member.is_party else view


def check_may_read(store: Store, tenant: str, saved: SavedDraft, member: Membership | None, now: Instant) -> None:
    """Raises `Problem("forbidden")` unless the draft is open to the person, or they may publish what an owner asked."""
    roles = [] if saved.draft.asked is None else saved.draft.asked.approvers
    publishes = member is not None and bool(second_publisher.standing(store, tenant, member, roles, now))
    if not draft.may_read(saved, member) and not publishes:
        raise Problem("forbidden", "The draft is not open to you.")


def saved_draft_view(saved: SavedDraft, faults: Sequence[Place]) -> DraftView:
    """The response to saving. `faults`: places that `PolicySource.prepare` reports."""
    return msgspec.structs.replace(draft_view(saved), faults=[fault_view(place) for place in faults])


class SaveDraft(RequestDocument, frozen=True, kw_only=True):
    """A policy as JSON, or as YAML text."""

    policy: Document


class OpenDraft(RequestDocument, frozen=True, kw_only=True):
    """`to`: by default the groups that the policy in force requires, or both if it requires none."""

    to: list[Group] | None = None
    until: str | None = None
    """RFC 3339, in the future. Until then, comments are possible and publication is not."""


def save_draft(wiring: Wiring, command: OwnerCommand, payload: SaveDraft, if_match: str | None) -> Answer:
    """200 with the draft and its `faults`. A draft with faults can be saved, but not opened or published.

    Raises `Problem`: `forbidden`, `policy-invalid` (too large), `stale`.
    """
    if isinstance(first := owner_command.load(wiring.store, wiring.real_clock, command), Answer):
        return first
    faults = _faults(wiring.policies, payload.policy)
    return owner_command.run(
        wiring.store,
        wiring.real_clock,
        command,
        lambda loaded: _decide_save(loaded, command, payload, if_match, faults),
        draft.draft_keys(command.tenant),
    )


def _faults(policies: PolicySource, document: Document) -> Sequence[Place]:
    try:
        policies.prepare(document)
    except Problem as problem:
        return problem.places
    return ()


def _decide_save(
    loaded: LoadedOrganisation,
    command: OwnerCommand,
    payload: SaveDraft,
    if_match: str | None,
    faults: Sequence[Place],
) -> OrganisationChange:
    organisation = loaded.organisation
    existing = draft.stored_draft(loaded.entries, command.tenant)
    if existing is not None or if_match not in (None, draft.NONE_YET):
        existing = draft.require_draft(loaded.entries, command.tenant, if_match)
    saved = _saved(existing, organisation, command, payload.policy)
    writes = [draft.head_put(command.tenant, saved), draft.document_put(command.tenant, payload.policy)]
    fields: EventFields = {"draft": saved.id, "revision": saved.revision}
    after, event = record_event(organisation, "policy_draft_saved", fields, command.sub, command.now)
    view = saved_draft_view(SavedDraft(saved, payload.policy), faults)
    return OrganisationChange(after, [event, *writes], Answer.of(200, view))


def _saved(
    existing: SavedDraft | None, organisation: Organisation, command: OwnerCommand, document: Document
) -> PolicyDraft:
    """The draft's next revision, which is open to no group and to be published by no one, or a new draft's first."""
    at, by = to_text(command.now), command.sub
    if existing is None:
        first = draft.DraftRevision(revision=1, saved_at=at, saved_by=by)
        return PolicyDraft(id=str(organisation.seq + 1), revision=1, saved_at=at, saved_by=by, revisions=[first])
    changed = changes.places(_values(existing.document), _values(document))
    revision = existing.draft.revision + 1
    latest = draft.DraftRevision(revision=revision, saved_at=at, saved_by=by, changed=changed)
    return draft.following(existing.draft, latest)


def _values(document: Document) -> Any:
    """What a document says; of a text that cannot be read, the text."""
    try:
        return source.to_source(document).values
    except PolicyFault:
        return document


def open_draft(wiring: Wiring, command: OwnerCommand, payload: OpenDraft, if_match: str | None) -> Answer:
    """200 with the draft. Raises `Problem`: `forbidden`, `not-found`, `stale`, `policy-invalid`, `invalid`."""
    draft_keys = draft.draft_keys(command.tenant)
    if isinstance(first := owner_command.load(wiring.store, wiring.real_clock, command, draft_keys), Answer):
        return first
    checked = draft.require_draft(first.entries, command.tenant, if_match)
    prepared = wiring.policies.prepare(checked.document)
    until = _until(payload.until, command.now)
    in_force = policy_version.read_version(wiring.store, command.tenant, first.organisation.policy_at(command.now))
    rules = policy_version.amendment_rules(in_force)
    least = None if rules.lasting is None else policy_version.least_end(in_force, rules.lasting, command.now)
    if until is not None and least is not None:
        _check_least(until, least)
    groups = payload.to or rules.comments or list(GROUPS)
    said = _said(in_force, prepared, until or least)
    answer = owner_command.run(
        wiring.store,
        wiring.real_clock,
        command,
        lambda loaded: _told(
            wiring, _decide_open(loaded, command, checked, (groups, until), said), (in_force, groups, said), command.now
        ),
        draft_keys,
    )
    if "complainants" in groups:  # again for a repeated request, in case the first message was lost
        driver.send(wiring.effects, command.tenant, opening_step.job_id(checked.draft.etag))
    return answer


def _said(in_force: PolicyVersion, prepared: Prepared, until: str | None) -> EventFields:
    """What the message about an opening says: what changes, and until when comments are possible (P4.10)."""
    changed = changes.in_words(in_force.document, msgspec.json.decode(prepared.body))
    return {
        **({"changes": changed} if changed else {}),
        **({} if until is None else {"open_until": until}),
    }


def _told(
    wiring: Wiring,
    change: OrganisationChange,
    opening: tuple[PolicyVersion, Sequence[str], EventFields],
    now: Instant,
) -> OrganisationChange:
    """With the message to the members, if the draft is open to them. `opening`: the version in force, the groups, and
    what the message says."""
    in_force, groups, said = opening
    if "departments" not in groups:
        return change
    told = telling.tell(wiring, change.organisation, telling.OPENED, [OWNER, *in_force.roles], now, **said)
    return msgspec.structs.replace(change, writes=[*change.writes, *told])


def _decide_open(
    loaded: LoadedOrganisation,
    command: OwnerCommand,
    checked: SavedDraft,
    opening: tuple[Sequence[str], str | None],
    said: EventFields,
) -> OrganisationChange:
    """`opening`: the groups, and the end that the owner stated. `said`: what the message to complainants says."""
    groups, until = opening
    current = draft.require_draft(loaded.entries, command.tenant, checked.draft.etag)
    opened = {**current.draft.opened, **dict.fromkeys(groups, until)}
    since = {**dict.fromkeys(groups, to_text(command.now)), **current.draft.since}
    after_draft = msgspec.structs.replace(current.draft, opened=opened, since=since)
    fields: EventFields = {"draft": current.draft.id, "revision": current.draft.revision, "to": list(groups)}
    if until is not None:
        fields["until"] = until
    after, event = record_event(loaded.organisation, "policy_draft_opened", fields, command.sub, command.now)
    answer = Answer.of(200, draft_view(SavedDraft(after_draft, current.document)))
    writes: list[Write] = [event, draft.head_put(command.tenant, after_draft)]
    if "complainants" in groups and "complainants" not in current.draft.opened:
        writes.append(opening_step.new(command, current.draft.etag, f"{keys.ORGANISATION}/{after.seq}", said))
    return OrganisationChange(after, writes, answer)


def _until(text: str | None, now: Instant) -> str | None:
    if text is None:
        return None
    try:
        instant = from_text(text)
    except ValueError as error:
        raise _invalid_until(str(error)) from error
    if instant <= now:
        raise _invalid_until("must be in the future")
    return to_text(instant)


def _check_least(until: str, least: str) -> None:
    if until < least:
        raise _invalid_until(Text("the policy in force requires at least {least}", least=least))


def _invalid_until(reason: str) -> Problem:
    return Problem("invalid", "A time is invalid.", places=[Place("/until", reason)])


def drop_draft(store: Store, real_clock: TimeSource, command: OwnerCommand, if_match: str | None) -> Answer:
    """204. Raises `Problem`: `forbidden`, `not-found`, `stale`."""
    return owner_command.run(
        store,
        real_clock,
        command,
        lambda loaded: _decide_drop(loaded, command, if_match),
        draft.draft_keys(command.tenant),
    )


def _decide_drop(loaded: LoadedOrganisation, command: OwnerCommand, if_match: str | None) -> OrganisationChange:
    current = draft.require_draft(loaded.entries, command.tenant, if_match)
    fields = {"draft": current.draft.id, "revision": current.draft.revision}
    after, event = record_event(loaded.organisation, "policy_draft_dropped", fields, command.sub, command.now)
    return OrganisationChange(after, [event, *draft.draft_removals(command.tenant)], Answer(204, None))
