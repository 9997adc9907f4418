"""Waking a complaint or a unit: records the events that the passing of time has caused."""

from __future__ import annotations

from collections.abc import Mapping

from chalicelib.casework import commit, due_events, loading
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key
from chalicelib.wiring import Wiring


def wake(wiring: Wiring, ref: CaseRef, now: Instant, read: Mapping[Key, Entry] | None = None) -> int:
    """Records what fell due up to and including `now`. Returns the number of events. The caller binds the tenant.

    `number` is a complaint's number, or `U#<unit>`. `read` holds entries that were read a moment ago. If they have
    changed since, the commit is rejected and they are read again. The ids of misses and the version of the snapshot
    ensure that each rung is recorded once, however often this runs (X.3). A stale index hit has no effect.
    """
    reads = iter([read])

    def attempt() -> int:
        return _wake(wiring, ref, now, next(reads, None))

    return retry_or_refuse(attempt, "Others acted on it at the same time.")


def _wake(wiring: Wiring, ref: CaseRef, now: Instant, read: Mapping[Key, Entry] | None) -> int:
    try:
        case = (
            loading.load(wiring.store, wiring.compiled, ref)
            if read is None
            else loading.parse(wiring.compiled, ref, read)
        )
    except Problem as problem:
        if problem.kind == "complaint-unknown":
            return 0  # erased since it was enqueued
        raise
    flow = due_events.apply(wiring.store, wiring.sealer, ref.tenant, case, now)
    if flow.drafts:
        _, writes = commit.writes(wiring.sealer, ref.tenant, flow, now)
        wiring.store.commit(writes)
    return flow.complaint.seq - case.complaint.seq
