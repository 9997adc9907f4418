"""Removal of a person. It takes effect with the person's next request.

The person's open complaints are assigned to a successor, by ordinary `assigned` events. A receipt that the person got
on a complainant's behalf still opens the complaint. The receipt is marked as exposed, and the successor is asked to
reissue it. It keeps working until then, since the complainant may have no other receipt.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial

import msgspec
from msgspec.structs import replace

from chalicelib.casework import commit, due_events, snapshot
from chalicelib.casework.loading import load
from chalicelib.casework.queue_row import QueueRow
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import Actor, EventFields, Occurrence
from chalicelib.complaints.rights import exclusion
from chalicelib.features.people import case_successors
from chalicelib.features.people.set_grants import follow_up
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim
from chalicelib.jobs.job import Job
from chalicelib.kit.problem import Place, Problem
from chalicelib.store.conflicts import retry_on_conflict
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import CommitConflict
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.tenants.people import membership
from chalicelib.tenants.people.membership import owners_after
from chalicelib.wiring import Wiring

ARCHIVED = "archived"
SHELVES = ("open", "pending", "supervision", ARCHIVED)
PAGE = 50
MOST_PASSES = 5


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


class _Cursor(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The job's place: a position on a shelf, the affected complaints seen in this pass, and the passes done."""

    shelf: int | None = None
    after: dict[str, str] | None = None
    seen: int | None = None
    passes: int | None = None


def step(claim: Claim) -> None:
    """`driver.Step`: hands over the complaints of one page of a shelf.

    A complaint can move within the shelf during a pass, and be missed. So passes over all shelves are repeated until
    one finds no complaint, at most `MOST_PASSES` times.
    """
    cursor = claim.job.at(_Cursor)
    shelf = cursor.shelf or 0
    page = snapshot.listed(claim.wiring.store, claim.tenant, SHELVES[shelf], PAGE, cursor.after)
    rows = snapshot.parse_rows(page.entries)
    affected = [row.number for row in rows if _concerns(row, SHELVES[shelf], claim.job.asked["sub"])]
    seen = (cursor.seen or 0) + len(affected)
    for number in affected:
        with suppress(CommitConflict):  # the next pass tries again
            retry_on_conflict(partial(_hand_over, claim, number))
    passes = cursor.passes or 0
    if page.after is not None:
        after = _Cursor(shelf=shelf, after=dict(page.after), seen=seen, passes=passes)
    elif shelf + 1 < len(SHELVES):
        after = _Cursor(shelf=shelf + 1, seen=seen, passes=passes)
    else:
        after = _Cursor(passes=passes + 1)
        if not seen or passes + 1 >= MOST_PASSES:
            claim.save(replace(claim.job, state="done", cursor=jobs.cursor(after)))
            return
    claim.save(replace(claim.job, cursor=jobs.cursor(after)))


def _concerns(row: QueueRow, shelf: str, sub: str) -> bool:
    """Archived complaints need no assignee, but their receipts still work."""
    return (shelf != ARCHIVED and sub in row.assigned) or row.receipt_with == sub


def _hand_over(claim: Claim, number: str) -> None:
    """Hand one complaint over, in one transaction with the job's count. It stays if it excludes all who could take it.

    Raises `CommitConflict` if the complaint or the job has changed meanwhile.
    """
    wiring, tenant, removed = claim.wiring, claim.tenant, claim.job.asked["sub"]
    case = load(wiring.store, wiring.compiled, CaseRef(tenant, number))
    archived = case.policy.document.stages[case.complaint.stage].shelf == ARCHIVED
    assigned = {} if archived else case.complaint.assigned
    mine = {role: subs for role, subs in assigned.items() if removed in subs}
    exposed = case.complaint.receipt_with == removed
    if not mine and not exposed:
        return
    excluded = exclusion.people(case.complaint.recused)
    to = case_successors.successor_or_owner(wiring.store, tenant, claim.job.asked["to"], claim.job.by, excluded)
    if to is None:
        return
    flow = due_events.apply(wiring.store, wiring.sealer, tenant, case, claim.now)
    counts = dict(claim.job.counts)
    if mine:
        people = {role: _replace_person(subs, removed, to) for role, subs in mine.items()}
        _add_event(claim, flow, to, "assigned", {"assigned": people, "again": True, "handed_over": True})
        counts["handed_over"] = counts.get("handed_over", 0) + 1
    if exposed:
        _add_event(claim, flow, to, "receipt_exposed", {"sub": removed})
        counts["receipts"] = counts.get("receipts", 0) + 1
    due_events.tell_of_unstaffed_duties(wiring.store, tenant, flow, case.complaint)
    _, writes = commit.writes(wiring.sealer, tenant, flow, claim.now)
    claim.save(replace(claim.job, counts=counts), writes)


def _add_event(claim: Claim, flow: Flow, to: str, event: str, fields: EventFields) -> None:
    """Add an event of the owner who removed the person, and notify the successor."""
    at = max(claim.now, flow.complaint.at)
    about = flow.add(event, Occurrence(at, Actor("owner", claim.job.by, "owner")), fields, changed=[])
    flow.notify([f"@{to}"], about=about, at=at, wording=event)


def _replace_person(subs: list[str], old: str, new: str) -> list[str]:
    return list(dict.fromkeys(new if sub == old else sub for sub in subs))


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
