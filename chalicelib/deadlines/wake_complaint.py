"""Waking a complaint or a unit: what time has caused is recorded, under its tenant's binding (design §1, §8)."""

from __future__ import annotations

from collections.abc import Mapping

from chalicelib.casework import catch_up, commit, unit_case
from chalicelib.instants import Instant
from chalicelib.problem import Problem
from chalicelib.store.port import CommitConflict, Entry, Key
from chalicelib.wiring import Wiring

ATTEMPTS = 3


def wake(wiring: Wiring, tenant: str, number: str, now: Instant, read: Mapping[Key, Entry] | None = None) -> int:
    """Record what fell due up to `now`; how many events that were. The tenant is bound by the caller.

    `number` is a complaint's, or `U#<unit>`. `read`: what was read of it a moment ago; where it has changed since, the
    commit loses and it is read again. The misses' ids and the snapshot's version make each rung happen once,
    however often this runs (X.3). A stale index hit finds nothing to do.
    """
    for attempt in range(ATTEMPTS):
        try:
            if read is None or attempt:
                case = unit_case.load(wiring, tenant, number)
            else:
                case = unit_case.among(wiring, tenant, number, read)
        except Problem as gone:
            if gone.kind == "complaint-unknown":
                return 0  # erased since it was enqueued
            raise
        try:
            flow = catch_up.advanced(wiring, tenant, case, now)
            if flow.drafts:
                _, writes = commit.writes(wiring, tenant, flow, now)
                wiring.store.commit(writes)
        except CommitConflict:
            continue
        return flow.complaint.seq - case.complaint.seq
    raise Problem("conflict", "Others acted on it at the same time.")
