"""The job that hands a removed person's open complaints over to a successor, by ordinary `assigned` events.

A receipt that the person got on a complainant's behalf still opens the complaint. The receipt is marked as exposed, and
the successor is asked to reissue it. It keeps working until then, since the complainant may have no other receipt.
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
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim
from chalicelib.store.conflicts import retry_on_conflict
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import CommitConflict

ARCHIVED = "archived"
SHELVES = ("open", "pending", "supervision", ARCHIVED)
PAGE = 50
MOST_PASSES = 5


class _HandOverCursor(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
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
    cursor = claim.job.at(_HandOverCursor)
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
        after = _HandOverCursor(shelf=shelf, after=dict(page.after), seen=seen, passes=passes)
    elif shelf + 1 < len(SHELVES):
        after = _HandOverCursor(shelf=shelf + 1, seen=seen, passes=passes)
    else:
        after = _HandOverCursor(passes=passes + 1)
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
