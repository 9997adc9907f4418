"""Voids: a number that was taken and never used is explained, so that the register has no gaps (P3.2).

A gap counts as one when it is older than 15 minutes: a filing takes seconds. The job remembers how far the month's
counter stood at its last run; what lies below that and has no snapshot an interval later gets a `void` in its place,
and a filing that came too late finds its snapshot's place taken.
"""

from __future__ import annotations

from typing import Any

import msgspec

from chalicelib.casework.numbers import month_of
from chalicelib.instants import DAY, MINUTE, Instant, to_text
from chalicelib.store import keys
from chalicelib.store.port import Change, CommitConflict, Entry, Key, Put
from chalicelib.tenants import organisation
from chalicelib.wiring import Wiring

KIND = "void"
SHELF = "void"
REASON = "A filing took this number and did not complete; nothing was registered under it."
GRACE = 15 * MINUTE
_BATCH = 50


class Progress(msgspec.Struct, frozen=True):
    """One month of the job: numbers up to `explained` are accounted for; the counter was at `seen` at time `at`."""

    explained: int = 0
    seen: int = 0
    at: Instant = 0


def explain_gaps(wiring: Wiring, tenant: str, now: Instant) -> int:
    """How many numbers of the present and the previous month were explained. The tenant is bound by the caller."""
    org_key = keys.snapshot(keys.organisation(tenant))
    org = organisation.parse(wiring.store.get([org_key])[org_key])
    policy = wiring.compiled.get(wiring.store, tenant, org.policy_at(now))
    months = dict.fromkeys([month_of(policy, now - 28 * DAY), month_of(policy, now)])
    return sum(_month(wiring, tenant, month, now) for month in months)


def _month(wiring: Wiring, tenant: str, month: str, now: Instant) -> int:
    counter, job = keys.month_counter(tenant, month), keys.job(tenant, f"numbers-{month}")
    entries = wiring.store.get([counter, job])
    if counter not in entries:
        return 0
    found = entries.get(job)
    progress = Progress() if found is None else msgspec.json.decode(found.body, type=Progress)
    if now - progress.at < GRACE:
        return 0
    explained = _explain(wiring, tenant, month, progress, now)
    after = Progress(progress.seen, entries[counter].count or 0, now)
    body = msgspec.json.encode(after).decode()
    version = 1 if found is None else (found.version or 0) + 1
    entry = Entry(key=job, kind="job", body=body, version=version)
    try:
        wiring.store.commit([Put(entry) if found is None else Change(entry, version - 1)])
    except CommitConflict:
        return explained  # another run has written the same progress
    return explained


def _explain(wiring: Wiring, tenant: str, month: str, progress: Progress, now: Instant) -> int:
    explained = 0
    for first in range(progress.explained + 1, progress.seen + 1, _BATCH):
        numbers = [f"{month}-{n:06d}" for n in range(first, min(first + _BATCH, progress.seen + 1))]
        there = wiring.store.get([_key(tenant, number) for number in numbers])
        explained += sum(_put(wiring, tenant, number, now) for number in numbers if _key(tenant, number) not in there)
    return explained


def _key(tenant: str, number: str) -> Key:
    return keys.snapshot(keys.complaint(tenant, number))


def _put(wiring: Wiring, tenant: str, number: str, now: Instant) -> bool:
    row: dict[str, Any] = {"number": number, "void": REASON, "at": to_text(now)}
    body = msgspec.json.encode(row).decode()
    listed = keys.listed(tenant, SHELF, keys.NEVER, number)
    entry = Entry(key=_key(tenant, number), kind=KIND, body=body, listed=listed, row=body)
    try:
        wiring.store.commit([Put(entry)])
    except CommitConflict:
        return False  # the filing came through after all
    return True
