"""Decision to remove a person from the organisation. It takes effect with the person's next request."""

from __future__ import annotations

import msgspec

from chalicelib.kit.problem import Problem
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.tenants.people import membership
from chalicelib.tenants.people.membership import owners_after


def decide(loaded: LoadedOrganisation, command: OwnerCommand, sub: str) -> OrganisationChange | Answer:
    """204 (pure). Only an `Answer` if the person was removed before. Raises `Problem`: `not-found`, `last-owner`.

    The membership item stays, because events refer to the person. The account at the identity provider stays, because
    the person may belong to other organisations.
    """
    entry = loaded.entries.get(membership.key(command.tenant, sub))
    person = None if entry is None else membership.stored(entry)
    if entry is None or person is None:
        raise Problem("not-found", "This person is not a member of the organisation.")
    answer = Answer(204, None)
    if not person.active:
        return answer
    removed = msgspec.structs.replace(person, state=membership.REMOVED, grants=[])
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
    return OrganisationChange(after, [event, membership.write(command.tenant, removed, entry)], answer)
