"""Command: replace a person's grants."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated

import msgspec

from chalicelib import composition
from chalicelib.features.people.person_views import person_view
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.problem import Problem
from chalicelib.ports import TimeSource
from chalicelib.store.port import Store
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.tenants.people import membership
from chalicelib.tenants.people.membership import StoredGrant
from chalicelib.tenants.publication import policy_version
from chalicelib.wiring import Wiring


class Grants(RequestDocument, frozen=True, kw_only=True):
    grants: Annotated[list[StoredGrant], msgspec.Meta(min_length=1, max_length=50)]


def set_grants(wiring: Wiring, command: OwnerCommand, sub: str, payload: Grants) -> Answer:
    """200 with the person. Raises `Problem`: `forbidden`, `not-found`, `invalid`, `conflict`, `last-owner`."""
    answer = _set(wiring.store, wiring.real_clock, command, sub, payload)
    follow_up(wiring, command)
    return answer


def follow_up(wiring: Wiring, command: OwnerCommand) -> None:
    """What other features do after a change of people or their grants."""
    for follow in composition.loaded("after_people"):
        follow(wiring, command.tenant, command.now)


def _set(store: Store, real_clock: TimeSource, command: OwnerCommand, sub: str, payload: Grants) -> Answer:
    first = owner_command.load(store, real_clock, command)
    if isinstance(first, Answer):
        return first
    roles = policy_version.grantable_roles(store, first.organisation, command.now)
    person = membership.key(command.tenant, sub)
    return owner_command.run(
        store, real_clock, command, lambda loaded: decide(loaded, command, sub, payload.grants, roles), [person]
    )


def decide(
    loaded: LoadedOrganisation, command: OwnerCommand, sub: str, grants: list[StoredGrant], roles: Collection[str]
) -> OrganisationChange | Answer:
    """The decision (pure). Only an `Answer` if nothing changes."""
    checked = membership.check_grants(grants, roles, loaded.organisation.units)
    entry = loaded.entries.get(membership.key(command.tenant, sub))
    person = None if entry is None else membership.stored(entry)
    if entry is None or person is None or not person.active:
        raise Problem("not-found", "This person is not a member of the organisation.")
    kept = person.with_kept(checked)
    since = membership.respondent_since(checked, command.now, person)
    changed = msgspec.structs.replace(person, grants=kept, respondent_since=since)
    answer = Answer.of(200, person_view(changed))
    if kept == person.grants:
        return answer
    owners = membership.owners_after(loaded.organisation, changed.owner - person.owner)
    fields = {"sub": sub, "grants": msgspec.to_builtins(checked)}
    after, event = record_event(loaded.organisation, "granted", fields, command.sub, command.now, owners=owners)
    return OrganisationChange(after, [event, membership.write(command.tenant, changed, entry)], answer)
