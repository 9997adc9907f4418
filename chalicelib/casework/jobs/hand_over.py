"""Hand over: who is removed leaves their open cases to somebody who is named, by ordinary `assigned` events.

Receipts that they were handed on a complainant's behalf still open those complaints: these are marked as exposed, and
the heir is told to reissue them. They are not stopped at once, since the complainant may have no other.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec.structs import replace

from chalicelib.casework import catch_up, commit
from chalicelib.casework.case import case_in, read
from chalicelib.casework.jobs import case_successors
from chalicelib.complaints import consequences
from chalicelib.complaints.envelope import Actor, Occurrence
from chalicelib.complaints.flow import Flow
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim
from chalicelib.jobs.job import Job
from chalicelib.problem import Place, Problem
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict, Put
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.tenants.people import membership, remove_person
from chalicelib.wiring import Wiring

ARCHIVED = "archived"
SHELVES = ("open", "pending", "supervision", ARCHIVED)
PAGE = 50
MOST_PASSES = 5
ATTEMPTS = 3


def start(wiring: Wiring, asked: OwnerCommand, sub: str, named: str | None) -> Answer:
    """204; the job `hand-over-<sub>` does the rest from the next sweep on. Raises `Problem`: `forbidden`,
    `not-found`, `last-owner`, `conflict`, `invalid`.

    Where nobody is `named`, the owner who asks takes over: whether there is anything would take a walk over all open
    cases to know, and a case must not stay with who is gone.
    """
    to = named or asked.sub
    wanted = [keys.membership(asked.tenant, sub), keys.membership(asked.tenant, to)]
    return owner_command.run(wiring, asked, lambda loaded: _decide(loaded, asked, sub, to, named), wanted)


def _decide(
    loaded: LoadedOrganisation, asked: OwnerCommand, sub: str, to: str, named: str | None
) -> OrganisationChange | Answer:
    decision = remove_person.decide(loaded, asked, sub)
    if isinstance(decision, Answer) and named is None:
        return decision
    entry = loaded.entries.get(keys.membership(asked.tenant, to))
    if to == sub or entry is None or not membership.stored(entry).active:
        place = Place("/query/to", "must be another of the organisation's people")
        raise Problem("invalid", "Somebody else has to take over.", places=[place])
    if isinstance(decision, Answer):  # they were removed before: what is still theirs goes to another than was named
        after, event = record_event(loaded.organisation, "handed_over", {"sub": sub, "to": to}, asked.sub, asked.now)
        decision = OrganisationChange(after, [event], decision)
    job = Job(
        id=case_successors.job_of(sub),
        kind=case_successors.KIND,
        by=asked.sub,
        started=asked.now,
        asked={"sub": sub, "to": to},
    )
    put = Put(jobs.entry(asked.tenant, job, jobs.FIRST), if_absent=False)
    return replace(decision, writes=[*decision.writes, put])


def step(claim: Claim) -> None:
    """`driver.Step`: one page of a list. A case can move on the list while it is walked, so passes are repeated."""
    place = claim.job.at(dict[str, Any])
    shelf = place.get("shelf", 0)
    page = claim.wiring.store.listed(keys.shelf(claim.tenant, SHELVES[shelf]), limit=PAGE, after=place.get("after"))
    rows = [msgspec.json.decode(entry.row or "{}", type=dict[str, Any]) for entry in page.entries]
    mine = [row["number"] for row in rows if _concerns(row, SHELVES[shelf], claim.job.asked["sub"])]
    seen = place.get("seen", 0) + len(mine)
    for number in mine:
        _hand_over(claim, number)
    passes = place.get("passes", 0)
    if page.after is not None:
        after = {"shelf": shelf, "after": dict(page.after), "seen": seen, "passes": passes}
    elif shelf + 1 < len(SHELVES):
        after = {"shelf": shelf + 1, "seen": seen, "passes": passes}
    else:
        after = {"passes": passes + 1}
        if not seen or passes + 1 >= MOST_PASSES:
            claim.save(replace(claim.job, state="done", cursor=jobs.cursor(after)))
            return
    claim.save(replace(claim.job, cursor=jobs.cursor(after)))


def _concerns(row: dict[str, Any], shelf: str, sub: str) -> bool:
    """What is archived has nobody to act on it, and a receipt all the same."""
    return (shelf != ARCHIVED and sub in row.get("assigned", [])) or row.get("receipt_with") == sub


def _hand_over(claim: Claim, number: str) -> None:
    """The event and the job's count of it are one transaction. One that others act on is left to the next pass."""
    wiring, tenant, asked = claim.wiring, claim.tenant, claim.job.asked
    for _ in range(ATTEMPTS):
        case = case_in(wiring, tenant, number, read(wiring, tenant, number))
        archived = case.policy.document.stages[case.complaint.stage].shelf == ARCHIVED
        assigned = {} if archived else case.complaint.assigned
        mine = {role: subs for role, subs in assigned.items() if asked["sub"] in subs}
        exposed = case.complaint.receipt_with == asked["sub"]
        if not mine and not exposed:
            return
        to = case_successors.of(wiring, tenant, asked["to"], claim.job.by)
        flow = catch_up.advanced(wiring, tenant, case, claim.now)
        counts = dict(claim.job.counts)
        if mine:
            people = {role: _instead(subs, asked["sub"], to) for role, subs in mine.items()}
            _say(claim, flow, to, "assigned", {"assigned": people, "again": True, "handed_over": True})
            counts["handed_over"] = counts.get("handed_over", 0) + 1
        if exposed:
            _say(claim, flow, to, "receipt_exposed", {"sub": asked["sub"]})
            counts["receipts"] = counts.get("receipts", 0) + 1
        _, writes = commit.writes(wiring, tenant, flow, claim.now)
        try:
            claim.save(replace(claim.job, counts=counts), writes)
        except CommitConflict:
            claim.check()
            continue
        return


def _say(claim: Claim, flow: Flow, to: str, event: str, fields: dict[str, Any]) -> None:
    """On the owner's word, who removed them; the heir is told."""
    at = max(claim.now, flow.complaint.at)
    about = flow.add(event, Occurrence(at, Actor("owner", claim.job.by, "owner")), fields, changed=[])
    consequences.notify(flow, [f"@{to}"], about=about, at=at, wording=event)


def _instead(subs: list[str], sub: str, to: str) -> list[str]:
    return list(dict.fromkeys(to if one == sub else one for one in subs))
