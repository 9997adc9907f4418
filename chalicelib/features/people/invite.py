"""Command: invite a person, who becomes a member of the organisation and gets an e-mail."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Literal

import msgspec

from chalicelib.features.people.person_views import person_view
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.email_address import EMAIL_PATTERN, normalised
from chalicelib.kit.problem import Problem
from chalicelib.limits.exceeded import check_quota
from chalicelib.store.port import Store
from chalicelib.tenants import opening, owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.names import OWNER, DisplayName, check_email, clean
from chalicelib.tenants.organisation import Organisation, record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.tenants.people import accounts, membership, queries
from chalicelib.tenants.people.invitation_mail import send_invitation
from chalicelib.tenants.people.membership import Membership, StoredGrant
from chalicelib.tenants.publication import policy_version
from chalicelib.wiring import Wiring


class Invite(RequestDocument, frozen=True, kw_only=True):
    email: Annotated[str, msgspec.Meta(pattern=EMAIL_PATTERN, max_length=254)]
    name: DisplayName
    grants: Annotated[list[StoredGrant], msgspec.Meta(min_length=1, max_length=50)]
    language: Literal["zh", "en"] | None = None
    """By default the organisation's language."""


def invite(wiring: Wiring, command: OwnerCommand, payload: Invite) -> Answer:
    """201 with the person. The answer does not reveal whether the person belongs to other organisations.

    The mail is sent at once if the organisation is open. The same invitation again changes nothing. It mails again, at
    most every half a minute, if the person has never signed in. Raises `Problem`: `forbidden`, `invalid` (grants),
    `conflict` (a member with other grants), `quota-exceeded`, `idempotency-key-reused`.
    """
    first = owner_command.load(wiring.store, wiring.real_clock, command)
    if isinstance(first, Answer):
        send_invitation(wiring, command.tenant, first.body["sub"])
        return first
    clean(payload.name)
    check_email(payload.email)
    roles = policy_version.grantable_roles(wiring.store, first.organisation, command.now)
    membership.check_grants(payload.grants, roles, first.organisation.units)
    _check_quota(wiring.store, first.organisation, payload.email)
    accounts.note_pending(wiring.store, wiring.real_clock, command.tenant, payload.email)
    sub = wiring.identity.find_or_create(payload.email)
    accounts.add_to_index(wiring.store, sub, command.tenant)
    person = membership.key(command.tenant, sub)
    mailed = opening.is_open(wiring.states, command.tenant)
    answer = owner_command.run(
        wiring.store,
        wiring.real_clock,
        command,
        lambda loaded: decide(loaded, command, payload, sub, roles, mailed=mailed),
        [person],
    )
    send_invitation(wiring, command.tenant, sub, again=True)
    return answer


def _check_quota(store: Store, organisation: Organisation, email: str) -> None:
    """Called before an account is created. An existing member does not count again."""
    try:
        check_quota("people", organisation.people, organisation.limits.people)
    except Problem:
        if not queries.is_member_email(store, organisation.id, email):
            raise


def decide(
    loaded: LoadedOrganisation,
    command: OwnerCommand,
    payload: Invite,
    sub: str,
    roles: Collection[str],
    *,
    mailed: bool,
) -> OrganisationChange | Answer:
    """The decision (pure). Only an `Answer` if the person is already a member with these grants."""
    organisation = loaded.organisation
    grants = membership.check_grants(payload.grants, roles, organisation.units)
    entry = loaded.entries.get(membership.key(command.tenant, sub))
    existing = None if entry is None else membership.stored(entry)
    if existing and existing.active:
        return _already_member(existing, grants, mailed=mailed)
    check_quota("people", organisation.people, organisation.limits.people)
    person = Membership(
        sub=sub,
        email=normalised(payload.email),
        name=clean(payload.name),
        language=payload.language or organisation.language,
        grants=grants,
        respondent_since=membership.respondent_since(grants, command.now),
        later=msgspec.UNSET if existing is None else existing.later,
    )
    after, event = record_event(
        organisation,
        "invited",
        {"sub": sub, "grants": msgspec.to_builtins(grants)},
        command.sub,
        command.now,
        people=organisation.people + 1,
        owners=organisation.owners + person.may(OWNER),
    )
    write = membership.write(command.tenant, person, entry)
    no_longer_pending = accounts.no_longer_pending(command.tenant, payload.email)
    return OrganisationChange(after, [event, write, no_longer_pending], _answer(person, mailed=mailed))


def _already_member(person: Membership, grants: list[StoredGrant], *, mailed: bool) -> Answer:
    if person.grants != person.with_kept(grants):
        raise Problem("conflict", "This person is already a member, with other grants. Change the grants instead.")
    return _answer(person, mailed=mailed)


def _answer(person: Membership, *, mailed: bool) -> Answer:
    view = person_view(person)
    return Answer.of(201, view if mailed else msgspec.structs.replace(view, invitation="at_opening"))
