"""Events that time has caused and that are not recorded yet. They come before a caller's own act (X.3).

The owners are told if the events of a flow exclude the last person who could do something.
"""

from __future__ import annotations

from functools import cache, partial

from chalicelib.casework import commit
from chalicelib.casework.loading import Case
from chalicelib.complaints import advance
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import Instant
from chalicelib.limits.exceeded import WAKE_STEPS, limited_work
from chalicelib.ports import Sealer
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Store


def apply(store: Store, sealer: Sealer, tenant: str, case: Case, now: Instant) -> Flow:
    """The complaint at `now`, with its due events as drafts in the flow.

    If there are more due events than one transaction takes, the first ones are committed here. Raises `CommitConflict`
    if another process committed first, and `TooMuchWork`: the events that were
    committed until then stay. Time never goes back behind the last event, which another
    process with a fast clock may have recorded: events due by then are applied too, since that event may have moved a
    due time to its own instant.
    """
    commit.check_words(tenant, case.policy)
    flow, at = Flow(case.policy, case.complaint), max(now, case.complaint.at)
    flow.masks_left = masks_left = cache(partial(_masks_left, store, sealer, tenant, case))
    with limited_work(WAKE_STEPS):
        while not advance.advance(flow, at):
            flow = Flow(case.policy, record(store, sealer, tenant, flow, now))
            flow.masks_left = masks_left
    tell_of_unstaffed_duties(store, tenant, flow, case.complaint)
    return flow


def _masks_left(store: Store, sealer: Sealer, tenant: str, case: Case) -> bool:
    from chalicelib.casework import masking  # few complaints wait for decisions on masks

    return masking.load(store, sealer, case.policy, CaseRef(tenant, case.complaint.number)).is_left


def record(store: Store, sealer: Sealer, tenant: str, flow: Flow, now: Instant) -> Complaint:
    """Commit the flow's drafts, if any, in a separate transaction, and return the complaint after them.

    Raises `CommitConflict` if the complaint has changed since it was loaded.
    """
    if not flow.drafts:
        return flow.complaint
    complaint, writes = commit.writes(sealer, tenant, flow, now)
    store.commit(writes)
    return complaint


def preview(case: Case, now: Instant) -> Flow:
    """The complaint at `now` without writing: reads show due events before a sweep has recorded them."""
    flow, at = Flow(case.policy, case.complaint), max(now, case.complaint.at)
    with limited_work(WAKE_STEPS):
        while not advance.advance(flow, at):
            flow = Flow(case.policy, flow.complaint)
    return flow


def tell_of_unstaffed_duties(store: Store, tenant: str, flow: Flow, before: Complaint | None) -> None:
    """Adds a message to the owners, if the events since `before` exclude the last person who could do something.

    Without `before`, all events are new. Reads nothing unless the policy excludes people, and they did so.
    """
    if flow.complaint.recused or flow.policy.excludes_people:
        from chalicelib.casework import unstaffed_duties  # few policies exclude people

        unstaffed_duties.tell_owners(store, tenant, flow, before)
