"""Followers: a complaint that was linked to another is closed with the other's outcome, through the relay.

Until then it keeps its own deadlines and acts, so that nobody waits longer for having been called a duplicate. What
is refused, transferred or withdrawn says nothing about its followers: they stay in their own procedure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from chalicelib.casework import catch_up, commit, duplicate_links
from chalicelib.casework.case import Case, case_in, read
from chalicelib.complaints import consequences
from chalicelib.complaints.envelope import SYSTEM, Event, Occurrence
from chalicelib.complaints.state import Complaint
from chalicelib.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict
from chalicelib.wiring import Wiring

ATTEMPTS = 3
_PAGE = 100
_OF_ITS_OWN = frozenset({"refused", "transferred", "withdrawn"})
_SAID_BY_ALL = frozenset({"given", "assigned"})


def moves(policy: Policy, event: Event) -> bool:
    """Whether the event can concern followers: it links, or it ends the complaint."""
    if event.id.startswith(keys.UNIT):
        return False
    if event.type in ("linked", "closed"):
        return True
    stage = policy.document.stages.get(event.result["stage"])
    return event.act is not None and stage is not None and not stage.acts


def close_duplicates(wiring: Wiring, tenant: str, event: Event, number: str, now: Instant) -> int:
    """Close whatever follows a complaint that has ended; how many. The tenant is bound by the caller.

    It goes by the complaints' present state, so that repeats and any order of events come to the same.
    """
    first = event.fields["to"] if event.type == "linked" else number
    case = case_in(wiring, tenant, first, read(wiring, tenant, first))
    if not _ended(case):
        return 0
    outcome = _outcome(wiring, tenant, first)
    return sum(
        _close(wiring, tenant, one, case.complaint, outcome, event.id, now) for one in _of(wiring, tenant, first)
    )


def _ended(case: Case) -> bool:
    """By an outcome that holds for its followers too."""
    seen, stage = case.complaint.seen, case.policy.document.stages[case.complaint.stage]
    if _OF_ITS_OWN & set(seen):
        return False
    reopened = seen.get("reopened", -1) >= seen.get("closed", 0)
    return not stage.acts or ("closed" in seen and not reopened)


def _of(wiring: Wiring, tenant: str, first: str) -> Iterator[str]:
    pk, after = keys.lookup(tenant, duplicate_links.FOLLOWERS, first).pk, None
    while True:
        page = wiring.store.query(pk, limit=_PAGE, after=after)
        yield from (entry.key.sk for entry in page.entries)
        after = page.after
        if after is None:
            return


def _outcome(wiring: Wiring, tenant: str, first: str) -> dict[str, Any]:
    """The public values of its last decision. What was written in words is about its own complainant, and stays."""
    found: dict[str, Any] = {}
    after = None
    while True:
        page = wiring.store.query(
            keys.complaint(tenant, first), first=keys.EVENTS.first, last=keys.EVENTS.last, limit=_PAGE, after=after
        )
        for entry in page.entries:
            event = msgspec.json.decode(entry.body, type=Event)
            if event.type == "decided":
                found = {name: value for name, value in event.fields.items() if name not in _SAID_BY_ALL}
        after = page.after
        if after is None:
            return found


def _close(
    wiring: Wiring, tenant: str, number: str, first: Complaint, outcome: dict[str, Any], cause: str, now: Instant
) -> bool:
    for _ in range(ATTEMPTS):
        case = case_in(wiring, tenant, number, read(wiring, tenant, number))
        flow = catch_up.advanced(wiring, tenant, case, now)
        complaint, stages = flow.complaint, flow.policy.document.stages
        if complaint.follows != first.number or "closed" in complaint.seen or not stages[complaint.stage].acts:
            return False
        fields = {"follows": first.number, "cause": cause} | ({"outcome": outcome} if outcome else {})
        stage = first.stage if first.stage in stages else complaint.stage
        at = max(now, complaint.at)
        about = flow.add("closed", Occurrence(at, SYSTEM, name=f"follows/{cause}"), fields, stage=stage)
        consequences.open_tasks(flow, "closed", fields, at)
        consequences.notify(flow, ["complainant"], about=about, at=at, wording="closed")
        _, writes = commit.writes(wiring, tenant, flow, now)
        try:
            wiring.store.commit(writes)
        except CommitConflict:
            continue
        return True
    raise Problem("conflict", "Others acted on the complaint at the same time.")
