"""Invite: somebody becomes one of the organisation's people, and is told by e-mail."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Literal

import msgspec

from chalicelib.email_address import EMAIL_PATTERN, normalised
from chalicelib.limits.exceeded import check_quota
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import Remove
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.names import OWNER, DisplayName, clean
from chalicelib.tenants.organisation import Organisation, record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.tenants.people import accounts, grant_rules, membership, queries
from chalicelib.tenants.people.invitation_mail import send_invitation
from chalicelib.tenants.people.membership import Membership, StoredGrant
from chalicelib.tenants.people.person_views import person_view
from chalicelib.tenants.publication import policy_version
from chalicelib.wiring import Wiring


class Invite(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    email: Annotated[str, msgspec.Meta(pattern=EMAIL_PATTERN, max_length=254)]
    name: DisplayName
    grants: Annotated[list[StoredGrant], msgspec.Meta(min_length=1, max_length=50)]
    language: Literal["zh", "en"] | None = None
    """The organisation's where not given."""


def invite(wiring: Wiring, command: OwnerCommand, wanted: Invite) -> Answer:
    """201 with the person, whether or not the deployment knew them before: tenants learn nothing of each other.

    The same invitation again changes nothing, and mails who has never signed in, once in half a minute. Raises
    `Problem`: `forbidden`, `invalid` (grants), `conflict` (a member already, with other grants), `quota-exceeded`,
    `idempotency-key-reused`.
    """
    first = owner_command.load(wiring, command)
    if isinstance(first, Answer):
        send_invitation(wiring, command.tenant, first.body["sub"])
        return first
    roles = policy_version.grantable_roles(wiring.store, first.organisation, command.now)
    grant_rules.check_grants(wanted.grants, roles, first.organisation.units)
    _check_room(wiring, first.organisation, wanted.email)
    accounts.note_pending(wiring, command.tenant, wanted.email)
    sub = wiring.identity.find_or_create(wanted.email)
    accounts.add_to_index(wiring.store, sub, command.tenant)
    person = keys.membership(command.tenant, sub)
    answer = owner_command.run(wiring, command, lambda loaded: decide(loaded, command, wanted, sub, roles), [person])
    send_invitation(wiring, command.tenant, sub, again=True)
    return answer


def _check_room(wiring: Wiring, organisation: Organisation, email: str) -> None:
    """Before an account is made. Who is a member already takes no more room."""
    try:
        check_quota("people", organisation.people, organisation.limits.people)
    except Problem:
        if not queries.is_member_email(wiring.store, organisation.id, email):
            raise


def decide(
    loaded: LoadedOrganisation, command: OwnerCommand, wanted: Invite, sub: str, roles: Collection[str]
) -> OrganisationChange | Answer:
    """Pure. An `Answer` alone where the person is a member with these grants already."""
    organisation = loaded.organisation
    given = grant_rules.check_grants(wanted.grants, roles, organisation.units)
    entry = loaded.entries.get(keys.membership(command.tenant, sub))
    known = None if entry is None else membership.stored(entry)
    if known and known.active:
        return _again(known, given)
    check_quota("people", organisation.people, organisation.limits.people)
    person = Membership(
        sub=sub,
        email=normalised(wanted.email),
        name=clean(wanted.name),
        language=wanted.language or organisation.language,
        grants=given,
    )
    after, event = record_event(
        organisation,
        "invited",
        {"sub": sub, "grants": msgspec.to_builtins(given)},
        command.sub,
        command.now,
        people=organisation.people + 1,
        owners=organisation.owners + person.may(OWNER),
    )
    version = 1 if entry is None else (entry.version or 0) + 1
    write = owner_command.upsert(membership.entry_of(command.tenant, person, version), entry)
    gone = Remove(accounts.pending_key(command.tenant, wanted.email))
    return OrganisationChange(after, [event, write, gone], _answer(person))


def _again(known: Membership, given: list[StoredGrant]) -> Answer:
    if known.grants != given:
        raise Problem("conflict", "This person is a member already, with other grants. Change their grants instead.")
    return _answer(known)


def _answer(person: Membership) -> Answer:
    return Answer(201, msgspec.to_builtins(person_view(person)))
