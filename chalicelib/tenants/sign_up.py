"""Sign up: a new organisation, its first policy version and its owner (design §7). Resumes at any point."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NamedTuple

import msgspec

from chalicelib.access import binding
from chalicelib.email_address import EMAIL_PATTERN, normalised
from chalicelib.instants import Instant, to_text
from chalicelib.limits import plans
from chalicelib.problem import Place, Problem
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict, Entry, Key, Put, Remove, Write
from chalicelib.tenants import idempotency_records, organisation
from chalicelib.tenants.directory import Directory, DirectoryEntry
from chalicelib.tenants.id_reservation import reserve_id
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.tenants.names import OWNER, RESERVED, TENANT_PATTERN, DisplayName, clean, is_tenant
from chalicelib.tenants.organisation import Organisation, record_event
from chalicelib.tenants.organisation_views import tenant_view
from chalicelib.tenants.people import accounts, membership
from chalicelib.tenants.people.invitation_mail import send_invitation
from chalicelib.tenants.people.membership import Membership, StoredGrant
from chalicelib.tenants.publication import policy_version
from chalicelib.tenants.publication.policy_source import Document, Prepared
from chalicelib.tenants.publication.version_schedule import Scheduled
from chalicelib.wiring import Wiring


class SignUp(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: Annotated[str, msgspec.Meta(pattern=TENANT_PATTERN, max_length=40)]
    name: DisplayName
    email: Annotated[str, msgspec.Meta(pattern=EMAIL_PATTERN, max_length=254)]
    preset: str | None = None
    policy: Document | None = None
    plan: plans.PlanName = plans.DEFAULT
    language: Literal["zh", "en"] = "zh"


class _Founded(NamedTuple):
    organisation: Organisation
    answer: Answer


def sign_up(wiring: Wiring, wanted: SignUp, request: Request, now: Instant) -> Answer:
    """201 with the tenant's view; the owner is told by e-mail. `now` is the domain's, `request.tenant` the wanted id.

    The same key goes on where an attempt was cut off. Raises `Problem`: `invalid`, `policy-invalid`, `tenant-taken`,
    `idempotency-key-reused`, `conflict`.
    """
    prepared = _prepared(wiring, wanted)
    directory = Directory(wiring.store, wiring.real_clock)
    listed = reserve_id(wiring, directory, request, now)
    with binding.tenant(wanted.id):
        founded = _founded(wiring, wanted, prepared, request, now)
    _activate(directory, founded.organisation, listed, now)
    with binding.tenant(wanted.id):
        send_invitation(wiring, wanted.id, founded.organisation.founder)
    return founded.answer


def _prepared(wiring: Wiring, wanted: SignUp) -> Prepared:
    if not is_tenant(wanted.id):
        raise Problem("invalid", "The id is not as it must be.", places=[Place("/id", "3 to 40 of a-z, 0-9 and -.")])
    if wanted.id in RESERVED:
        raise Problem("invalid", "The id is a word of the service's own.", places=[Place("/id", "choose another")])
    if (wanted.preset is None) == (wanted.policy is None):
        raise Problem("invalid", "Give a preset or a policy.", places=[Place("/preset", "One of preset and policy.")])
    document = wanted.policy if wanted.policy is not None else wiring.policies.preset(wanted.preset or "")
    return wiring.policies.prepare(document)


def _founded(wiring: Wiring, wanted: SignUp, prepared: Prepared, request: Request, now: Instant) -> _Founded:
    """The tenant, committed by this run or an earlier one."""
    entries = _read(wiring, request)
    if earlier := _earlier(wiring, request, entries):
        return earlier
    accounts.note_pending(wiring, request.tenant, wanted.email)
    sub = wiring.identity.find_or_create(wanted.email)
    accounts.add_to_index(wiring.store, sub, request.tenant)
    founded, writes = found_organisation(wanted, prepared, sub, now)
    answer = Answer(201, msgspec.to_builtins(tenant_view(founded, now)))
    try:
        record = entries.get(request.record_key)  # past its time, of one that lapsed
        wiring.store.commit([*writes, idempotency_records.put(request, answer, wiring.real_clock(), found=record)])
    except CommitConflict:
        # The same request, running twice at once: the claim lets no other come here.
        earlier = _earlier(wiring, request, _read(wiring, request))
        if earlier is None:
            raise
        return earlier
    return _Founded(founded, answer)


def _read(wiring: Wiring, request: Request) -> dict[Key, Entry]:
    return wiring.store.get([keys.snapshot(keys.organisation(request.tenant)), request.record_key])


def _earlier(wiring: Wiring, request: Request, entries: dict[Key, Entry]) -> _Founded | None:
    snapshot = keys.snapshot(keys.organisation(request.tenant))
    if snapshot not in entries:
        return None
    known = organisation.parse(entries[snapshot])
    first = idempotency_records.replay(entries.get(request.record_key), request, wiring.real_clock())
    # Past the record's time the claim still proves that the request is the same.
    answer = first or Answer(201, msgspec.to_builtins(tenant_view(known, known.at)), replayed=True)
    return _Founded(known, answer)


def found_organisation(wanted: SignUp, prepared: Prepared, sub: str, now: Instant) -> tuple[Organisation, list[Write]]:
    """The one transaction that makes a tenant, but for its idempotency record (pure)."""
    blank = Organisation(
        id=wanted.id, name=clean(wanted.name), plan=wanted.plan, language=wanted.language, created=now, founder=sub
    )
    fields = {"plan": wanted.plan, "version": "1", "sha256": policy_version.digest(prepared)}
    changes: dict[str, Any] = {"latest": 1, "schedule": [Scheduled("1", now)], "people": 1, "owners": 1}
    founded, event = record_event(blank, "founded", fields, sub, now, **changes)
    owner = Membership(
        sub=sub, email=normalised(wanted.email), name="", language=wanted.language, grants=[StoredGrant(OWNER)]
    )
    at = to_text(now)
    first = policy_version.version_of(
        prepared, version="1", published_at=at, published_by=sub, effective_at=at, preset=wanted.preset
    )
    source = wanted.policy if isinstance(wanted.policy, str) else None
    person = Put(membership.entry_of(wanted.id, owner, 1))
    return founded, [
        Put(organisation.entry_of(founded)),
        event,
        person,
        Remove(accounts.pending_key(wanted.id, wanted.email)),
        *policy_version.version_puts(wanted.id, first, source),
    ]


def _activate(directory: Directory, founded: Organisation, listed: DirectoryEntry, now: Instant) -> None:
    if listed.listing.state != "pending":
        return
    try:
        directory.activate(founded.id, listed, founded.plan, now)
    except CommitConflict:
        current = directory.find(founded.id)
        if current is None or current.listing.claim != listed.listing.claim or current.listing.state == "pending":
            raise
