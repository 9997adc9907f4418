"""Removal of a person. It takes effect with the person's next request. A job then hands their complaints over."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from chalicelib.features.people import case_successors
from chalicelib.features.people.set_grants import follow_up
from chalicelib.jobs import job as jobs
from chalicelib.jobs.job import Job
from chalicelib.kit.problem import Place, Problem
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.tenants.people import membership
from chalicelib.tenants.people.membership import owners_after
from chalicelib.wiring import Wiring


def start(wiring: Wiring, command: OwnerCommand, sub: str, named: str | None) -> Answer:
    """Remove a person. 204; the job `hand-over-<sub>` hands the complaints over, starting with the next sweep.

    Without a named successor the calling owner takes over. A check for open complaints would have to read all of them,
    and none may stay with a removed person. Raises `Problem`: `forbidden`, `not-found`, `last-owner`, `conflict`,
    `invalid` (the successor is no other member).
    """
    to = named or command.sub
    memberships = [membership.key(command.tenant, sub), membership.key(command.tenant, to)]
    answer = owner_command.run(
        wiring.store, wiring.real_clock, command, lambda loaded: _decide(loaded, command, sub, to, named), memberships
    )
    follow_up(wiring, command)
    return answer


def _decide(
    loaded: LoadedOrganisation, command: OwnerCommand, sub: str, to: str, named: str | None
) -> OrganisationChange | Answer:
    decision = decide(loaded, command, sub)
    if isinstance(decision, Answer) and named is None:
        return decision
    entry = loaded.entries.get(membership.key(command.tenant, to))
    if to == sub or entry is None or not membership.stored(entry).active:
        place = Place("/query/to", "must be another of the organisation's people")
        raise Problem("invalid", "Name another person as the successor.", places=[place])
    if isinstance(decision, Answer):  # removed before: their remaining complaints go to a new successor
        after, event = record_event(
            loaded.organisation, "handed_over", {"sub": sub, "to": to}, command.sub, command.now
        )
        decision = OrganisationChange(after, [event], decision)
    job = Job(
        id=case_successors.job_id(sub),
        kind=case_successors.JOB_KIND,
        by=command.sub,
        started=command.now,
        asked={"sub": sub, "to": to},
    )
    return replace(decision, writes=[*decision.writes, jobs.new(command.tenant, job, if_absent=False)])


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
