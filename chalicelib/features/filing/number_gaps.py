"""Number gaps: an unused complaint number gets a `void` entry, which explains it (P3.2).

A filing takes seconds, so a number without a snapshot is unused after 15 minutes. The job stores the state of the
month's counter at each run. At a later run, numbers up to that state without a snapshot get a `void` in place of the
snapshot. A filing that commits after that fails, because the place is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from chalicelib.casework.numbers import month_of
from chalicelib.casework.queue_row import VoidRow
from chalicelib.casework.snapshot import VOID, VOID_SHELF
from chalicelib.jobs.hourly import Hour, HourlyStep
from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.instants import DAY, MINUTE, Instant, to_text
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import CommitConflict, Entry, Key, Put, Store
from chalicelib.store.stored_form import Form
from chalicelib.tenants import organisation

if TYPE_CHECKING:
    from chalicelib.wiring import CompiledPolicies

PROGRESS_KIND = "job"
REASON = "A filing took this number and did not complete; nothing was registered under it."
GRACE = 15 * MINUTE
_BATCH = 50


class GapProgress(StoredPart, frozen=True):
    """The job's progress in one month: numbers up to `explained` are checked. `seen`: the counter at time `at`."""

    explained: int = 0
    seen: int = 0
    at: Instant = 0


PROGRESS = Form(PROGRESS_KIND, GapProgress)


def explain_gaps(store: Store, compiled: CompiledPolicies, tenant: str, now: Instant) -> int:
    """Explain unused numbers of this and the previous month. Returns their count. The caller binds the tenant."""
    org = organisation.load(store, tenant)
    policy = compiled.get(tenant, org.policy_at(now))
    months = list(dict.fromkeys([month_of(policy, now - 28 * DAY), month_of(policy, now)]))
    entries = store.get([key for month in months for key in _keys(tenant, month)])
    return sum(_explain_month(store, entries, tenant, month, now) for month in months)


def _keys(tenant: str, month: str) -> tuple[Key, Key]:
    """Of the month's counter and of the job's progress in the month."""
    return keys.month_counter(tenant, month), keys.job(tenant, f"numbers-{month}")


def _explain_month(store: Store, entries: Mapping[Key, Entry], tenant: str, month: str, now: Instant) -> int:
    counter, job = _keys(tenant, month)
    if counter not in entries:
        return 0
    stored = entries.get(job)
    progress = GapProgress() if stored is None else PROGRESS.read(stored)
    count = entries[counter].count or 0
    if now - progress.at < GRACE or progress.explained == progress.seen == count:
        return 0
    explained = _put_voids(store, tenant, month, progress, now)
    after = replace(progress, explained=progress.seen, seen=count, at=now)
    with suppress(CommitConflict):  # another run has written the same progress
        store.commit([PROGRESS.write(job, after, stored)])
    return explained


def _put_voids(store: Store, tenant: str, month: str, progress: GapProgress, now: Instant) -> int:
    explained = 0
    for first in range(progress.explained + 1, progress.seen + 1, _BATCH):
        numbers = [f"{month}-{n:06d}" for n in range(first, min(first + _BATCH, progress.seen + 1))]
        present = store.get([_key(CaseRef(tenant, number)) for number in numbers])
        explained += sum(
            _put_void(store, CaseRef(tenant, number), now)
            for number in numbers
            if _key(CaseRef(tenant, number)) not in present
        )
    return explained


def _key(ref: CaseRef) -> Key:
    return keys.snapshot(keys.complaint(ref.tenant, ref.number))


def _put_void(store: Store, ref: CaseRef, now: Instant) -> bool:
    void = VoidRow(number=ref.number, void=REASON, at=to_text(now))
    listed = keys.listed(ref.tenant, VOID_SHELF, keys.NEVER, ref.number)
    entry = VOID.entry(_key(ref), void, listed=listed, row=msgspec.json.encode(void).decode())
    try:
        store.commit([Put(entry)])
    except CommitConflict:
        return False  # the filing was committed meanwhile
    return True


def _explain(hour: Hour) -> None:
    hour.left[GAPS] = explain_gaps(hour.wiring.store, hour.wiring.compiled, hour.tenant, hour.now)


GAPS = "number gaps"
HOURLY = HourlyStep(GAPS, _explain, after=("reconciliation",))
"""Leaves how many numbers it has explained."""
