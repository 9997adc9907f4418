"""Command: sign up an organisation with its first policy version and its owner.

A sign-up that was interrupted at any point continues when the same request is repeated.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import msgspec

from chalicelib.access import binding
from chalicelib.features.organisations.id_reservation import reserve_id
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.email_address import EMAIL_PATTERN, normalised
from chalicelib.kit.instants import Instant, to_text
from chalicelib.kit.problem import Place, Problem
from chalicelib.limits import plans
from chalicelib.ports import TimeSource
from chalicelib.ports.policy_source import Document, Prepared
from chalicelib.store.port import CommitConflict, Entry, Key, Store, Write
from chalicelib.tenants import idempotency_records, organisation
from chalicelib.tenants.directory import Directory, DirectoryEntry, next_job
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.tenants.names import OWNER, TENANT_PATTERN, DisplayName, check_email, clean, is_reserved, is_tenant
from chalicelib.tenants.organisation import Organisation, Scheduled, record_event
from chalicelib.tenants.organisation_views import tenant_view
from chalicelib.tenants.people import accounts, membership
from chalicelib.tenants.people.invitation_mail import check_stop, send_invitation
from chalicelib.tenants.people.membership import Membership, StoredGrant
from chalicelib.tenants.publication import policy_version
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.ports.policy_source import PolicySource


class SignUp(RequestDocument, frozen=True, kw_only=True):
    """`opens`: whether the founder's first signed-in request opens the organisation, or an owner's
    `POST /v1/t/{tenant}/open`. Until then it takes no complaints, shows nothing to the public and mails its founder
    only.
    """

    id: Annotated[str, msgspec.Meta(pattern=TENANT_PATTERN, max_length=40)]
    name: DisplayName
    email: Annotated[str, msgspec.Meta(pattern=EMAIL_PATTERN, max_length=254)]
    preset: str | None = None
    policy: Document | None = None
    plan: plans.PlanName = plans.DEFAULT
    """Without effect: anybody can sign up, so each organisation begins with the default. Operators change the plan."""
    language: Literal["zh", "en"] = "zh"
    opens: Literal["at_sign_in", "by_owner"] = "at_sign_in"


class _Founded(NamedTuple):
    organisation: Organisation
    answer: Answer


def sign_up(wiring: Wiring, payload: SignUp, request: Request, now: Instant, *, source: str) -> Answer:
    """201 with the tenant's view. Mails an invitation to the owner.

    `request.tenant`: the requested id. `now`: domain time. `source`: the keyed hash of the caller's network, for its
    budget. Raises `Problem`: `invalid`, `policy-invalid`, `tenant-taken`, `idempotency-key-reused`,
    `too-many-requests`, `conflict`.
    """
    prepared = _prepared(wiring.policies, payload)
    directory = Directory(wiring.store, wiring.real_clock)
    listed = reserve_id(
        wiring.store, wiring.real_clock, directory, request, now, lambda: _counted(wiring, payload, source)
    )
    with binding.tenant(payload.id):
        founded = _founded(wiring, payload, prepared, request, now)
    opened = None if payload.opens == "by_owner" else 0
    _activate(directory, founded.organisation, listed, now, opened)
    with binding.tenant(payload.id):
        send_invitation(wiring, payload.id, founded.organisation.founder)
    return founded.answer


@contextmanager
def _counted(wiring: Wiring, payload: SignUp, source: str) -> Iterator[None]:
    check_stop(wiring, payload.id, payload.email)
    with wiring.budgets.new_sign_up(wiring.store, source, payload.email):
        yield


def _prepared(policies: PolicySource, payload: SignUp) -> Prepared:
    if not is_tenant(payload.id):
        place = Place("/id", "must have 3 to 40 characters of a-z, 0-9 and -")
        raise Problem("invalid", "The id is invalid.", places=[place])
    clean(payload.name)
    check_email(payload.email)
    if is_reserved(payload.id):
        raise Problem("invalid", "The id is reserved by the service.", places=[Place("/id", "choose another")])
    if (payload.preset is None) == (payload.policy is None):
        place = Place("/preset", "must be given if there is no `policy`, and only then")
        raise Problem("invalid", "Give either a preset or a policy.", places=[place])
    document = payload.policy if payload.policy is not None else policies.preset(payload.preset or "")
    return policies.prepare(document)


def _founded(wiring: Wiring, payload: SignUp, prepared: Prepared, request: Request, now: Instant) -> _Founded:
    """The organisation, committed by this attempt or an earlier one."""
    entries = _read(wiring.store, request)
    if earlier := _earlier(wiring.real_clock, request, entries):
        return earlier
    accounts.note_pending(wiring.store, wiring.real_clock, request.tenant, payload.email)
    sub = wiring.identity.find_or_create(payload.email)
    accounts.add_to_index(wiring.store, sub, request.tenant)
    founded, writes = found_organisation(payload, prepared, sub, now)
    answer = Answer.of(201, tenant_view(founded, now, is_open=False))
    try:
        record = entries.get(request.record_key)  # an expired record of a sign-up that lapsed
        wiring.store.commit([*writes, idempotency_records.put(request, answer, wiring.real_clock(), found=record)])
    except CommitConflict:
        # The same request runs twice at the same time. The reservation excludes other requests.
        earlier = _earlier(wiring.real_clock, request, _read(wiring.store, request))
        if earlier is None:
            raise
        return earlier
    return _Founded(founded, answer)


def _read(store: Store, request: Request) -> dict[Key, Entry]:
    return store.get([organisation.key(request.tenant), request.record_key])


def _earlier(real_clock: TimeSource, request: Request, entries: dict[Key, Entry]) -> _Founded | None:
    if organisation.key(request.tenant) not in entries:
        return None
    existing = organisation.among(entries, request.tenant)
    first = idempotency_records.replay(entries.get(request.record_key), request, real_clock())
    # After the record has expired, the reservation still proves that it is the same request.
    answer = first or Answer.of(201, tenant_view(existing, existing.at, is_open=False), replayed=True)
    return _Founded(existing, answer)


def found_organisation(payload: SignUp, prepared: Prepared, sub: str, now: Instant) -> tuple[Organisation, list[Write]]:
    """The new organisation, and all writes of its transaction except the idempotency record (pure)."""
    blank = Organisation(
        id=payload.id, name=clean(payload.name), plan=plans.DEFAULT, language=payload.language, created=now, founder=sub
    )
    fields = {"plan": plans.DEFAULT, "version": "1", "sha256": policy_version.digest(prepared)}
    changes: dict[str, Any] = {"latest": 1, "schedule": [Scheduled("1", now)], "people": 1, "owners": 1}
    founded, event = record_event(blank, "founded", fields, sub, now, **changes)
    owner = Membership(
        sub=sub, email=normalised(payload.email), name="", language=payload.language, grants=[StoredGrant(OWNER)]
    )
    at = to_text(now)
    first = policy_version.version_of(
        prepared, version="1", published_at=at, published_by=sub, effective_at=at, preset=payload.preset
    )
    source = payload.policy if isinstance(payload.policy, str) else None
    return founded, [
        organisation.new(founded),
        event,
        membership.write(payload.id, owner, None),
        accounts.no_longer_pending(payload.id, payload.email),
        *policy_version.version_puts(payload.id, first, source),
    ]


def _activate(
    directory: Directory, founded: Organisation, listed: DirectoryEntry, now: Instant, opened: Instant | None
) -> None:
    if listed.listing.state != "pending":
        return
    try:
        active = msgspec.structs.replace(
            listed.listing, state="active", plan=founded.plan, name=founded.name, opened=opened
        )
        # Its first hourly job is due one hour of domain time later.
        directory.change(founded.id, active, listed.version, next_job(founded.id, now))
    except CommitConflict:
        current = directory.find(founded.id)
        if current is None or current.listing.claim != listed.listing.claim or current.listing.state == "pending":
            raise
