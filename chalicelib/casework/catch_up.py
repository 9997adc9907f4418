"""What time has caused and nobody has recorded yet: it comes before whatever is done now (design §1, X.3)."""

from __future__ import annotations

from chalicelib.casework import commit
from chalicelib.casework.case import Case
from chalicelib.complaints import advance
from chalicelib.complaints.flow import Flow
from chalicelib.instants import Instant
from chalicelib.wiring import Wiring


def advanced(wiring: Wiring, tenant: str, case: Case, now: Instant) -> Flow:
    """The complaint at `now`, its owed events in the flow. What one commit cannot take is committed first.

    Raises `Lost` where another was faster. Nothing happens before the last event, also where another process's clock
    was ahead: so what was due at that event has happened too (it may have moved a due time to its own instant).
    """
    flow, reached = Flow(case.policy, case.complaint), max(now, case.complaint.at)
    while not advance.advance(flow, reached):
        complaint, writes = commit.writes(wiring, tenant, flow, now)
        wiring.store.commit(writes)
        flow = Flow(case.policy, complaint)
    return flow


def commit_alone(wiring: Wiring, tenant: str, flow: Flow, now: Instant) -> None:
    """Commit what time has caused, since the act after it was refused. Raises `Lost`."""
    if flow.drafts:
        _, writes = commit.writes(wiring, tenant, flow, now)
        wiring.store.commit(writes)


def present(case: Case, now: Instant) -> Flow:
    """The complaint as it is at `now`, nothing written: what fell due shows before any sweep comes by."""
    flow, reached = Flow(case.policy, case.complaint), max(now, case.complaint.at)
    while not advance.advance(flow, reached):
        flow = Flow(case.policy, flow.complaint)
    return flow
