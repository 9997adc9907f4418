"""Grant: a person's grants become these."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated

import msgspec

from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import Change
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import Organisation, record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.tenants.people import grant_checks, membership
from chalicelib.tenants.people.membership import StoredGrant
from chalicelib.tenants.people.person_views import person_view
from chalicelib.tenants.publication import policy_cache
from chalicelib.wiring import Wiring


class Grants(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    grants: Annotated[list[StoredGrant], msgspec.Meta(min_length=1, max_length=50)]


def set_grants(wiring: Wiring, asked: OwnerCommand, sub: str, wanted: Grants) -> Answer:
    """200 with the person. Raises `Problem`: `forbidden`, `not-found`, `invalid`, `conflict`, `last-owner`."""
    first = owner_command.load(wiring, asked)
    if isinstance(first, Answer):
        return first
    roles = policy_cache.grantable_roles(wiring.store, first.organisation, asked.now)
    person = keys.membership(asked.tenant, sub)
    return owner_command.run(wiring, asked, lambda loaded: decide(loaded, asked, sub, wanted.grants, roles), [person])


def decide(
    loaded: LoadedOrganisation, asked: OwnerCommand, sub: str, wanted: list[StoredGrant], roles: Collection[str]
) -> OrganisationChange | Answer:
    """Pure."""
    given = grant_checks.check_grants(wanted, roles, loaded.organisation.units)
    entry = loaded.entries.get(keys.membership(asked.tenant, sub))
    person = None if entry is None else membership.stored(entry)
    if entry is None or person is None or not person.active:
        raise Problem("not-found", "This person is not one of the organisation's people.")
    changed = msgspec.structs.replace(person, grants=given)
    answer = Answer(200, msgspec.to_builtins(person_view(changed)))
    if given == person.grants:
        return answer
    owners = owners_after(loaded.organisation, changed.owner - person.owner)
    fields = {"sub": sub, "grants": msgspec.to_builtins(given)}
    after, event = record_event(loaded.organisation, "granted", fields, asked.sub, asked.now, owners=owners)
    version = entry.version or 0
    return OrganisationChange(
        after, [event, Change(membership.entry_of(asked.tenant, changed, version + 1), version)], answer
    )


def owners_after(organisation: Organisation, step: int) -> int:
    """Raises `Problem("last-owner")` where nobody would be left to run the organisation."""
    if organisation.owners + step < 1:
        raise Problem("last-owner", "This person is the last owner. Make somebody else an owner first.")
    return organisation.owners + step
