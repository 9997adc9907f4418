"""Remove: a person is no longer one of the organisation's, from their next request on."""

from __future__ import annotations

import msgspec

from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import Change
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.tenants.people import membership
from chalicelib.tenants.people.grant_rules import owners_after


def decide(loaded: LoadedOrganisation, command: OwnerCommand, sub: str) -> OrganisationChange | Answer:
    """204, an `Answer` alone where they were removed before (pure). Raises `Problem`: `not-found`, `last-owner`.

    The item stays, because events name the person; their account at the identity provider is not touched, because
    other organisations may know it.
    """
    entry = loaded.entries.get(keys.membership(command.tenant, sub))
    person = None if entry is None else membership.stored(entry)
    if entry is None or person is None:
        raise Problem("not-found", "This person is not one of the organisation's people.")
    answer = Answer(204, None)
    if not person.active:
        return answer
    gone = msgspec.structs.replace(person, state=membership.REMOVED, grants=[])
    owners = owners_after(loaded.organisation, -person.owner)
    after, event = record_event(
        loaded.organisation,
        "removed",
        {"sub": sub},
        command.sub,
        command.now,
        owners=owners,
        people=loaded.organisation.people - 1,
    )
    version = entry.version or 0
    return OrganisationChange(
        after, [event, Change(membership.entry_of(command.tenant, gone, version + 1), version)], answer
    )
