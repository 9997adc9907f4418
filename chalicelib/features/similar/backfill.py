"""The job that signs the complaints of before a plan included the search of similar complaints, and those that an
earlier edition has signed.

Each organisation has one such job: the item of the ended job says that nothing is missing in its edition. Later filings
are signed by their reaction.
"""

from __future__ import annotations

from contextlib import suppress

import msgspec
from msgspec.structs import replace

from chalicelib.casework import numbers, private_values, snapshot
from chalicelib.casework.loading import parse_complaint
from chalicelib.features.similar import index, signing, stock
from chalicelib.jobs import driver
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim
from chalicelib.jobs.hourly import Hour, HourlyStep
from chalicelib.jobs.job import Job, StoredJob
from chalicelib.kit.instants import DAY, Instant
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import CommitConflict, Entry, Store, Write
from chalicelib.store.sizes import MAX_KEYS
from chalicelib.tenants import organisation
from chalicelib.wiring import Wiring

JOB_KIND = "similar-backfill"
PAGE = MAX_KEYS // 2
"""Numbers of one step: their snapshots and signatures are one read."""
NOT_INCLUDED = "The plan does not include similar complaints any more."
_AGAIN = DAY
"""Domain time after which a failed job starts again, where it stopped."""


class BackfillCursor(msgspec.Struct, frozen=True, omit_defaults=True):
    """The last number that is done: its month (`yyyymm`), and its place in the month. `edition`: of the signatures."""

    month: str = ""
    after: int = 0
    edition: int = 0


def start_if_needed(wiring: Wiring, tenant: str, now: Instant) -> bool:
    """Without similar complaints in the plan, the ended job is forgotten: a later plan begins anew.

    Returns whether all complaints are signed. The caller binds the tenant.
    """
    key, org_key = jobs.key(tenant, JOB_KIND), organisation.key(tenant)
    entries = wiring.store.get([key, org_key])
    stored, included = jobs.stored_in(entries.get(key)), _includes(entries[org_key])
    write = _start(wiring.store, tenant, stored, now) if included else _forget(tenant, stored)
    if write is not None:
        with suppress(CommitConflict):  # an overlapping run was faster
            wiring.store.commit([write])
            if included:
                driver.send(wiring.effects, tenant, JOB_KIND, 1 + (stored.version if stored else 0))
    return included and write is None and stored is not None and stored.job.state == "done"


def _start(store: Store, tenant: str, stored: StoredJob | None, now: Instant) -> Write | None:
    """None if the job runs or is done, and as long as no number was given out. A stopped job goes on at once."""
    begin = jobs.cursor(BackfillCursor(edition=index.EDITION))
    if stored is None:
        job = Job(id=JOB_KIND, kind=JOB_KIND, by="system", started=now, cursor=begin)
        return jobs.new(tenant, job) if numbers.months(store, tenant) else None
    again = replace(stored.job, state="queued", tries=0, started=now, ended=None, reason=None)
    if stored.job.over and stored.job.at(BackfillCursor).edition < index.EDITION:
        return jobs.change(tenant, stored, replace(again, cursor=begin, done=0, counts={}))
    waits = {"failed": _AGAIN, "stopped": 0}.get(stored.job.state)
    if waits is None or (stored.job.ended or 0) + waits > now:
        return None
    return jobs.change(tenant, stored, again)


def _forget(tenant: str, stored: StoredJob | None) -> Write | None:
    return jobs.forget(tenant, stored) if stored is not None and stored.job.over else None


def step(claim: Claim) -> None:
    """`driver.Step`: signs the complaints of one page that have no signature. Repeated, it writes what is missing.

    It stops when the plan includes similar complaints no longer.
    """
    if not _is_included(claim.wiring.store, claim.tenant):
        claim.save(replace(claim.job, state="stopped", reason=NOT_INCLUDED))
        return
    at = claim.job.at(BackfillCursor)
    page = _next_page(claim.wiring.store, claim.tenant, at)
    if page is None:
        claim.save(replace(claim.job, state="done"))
        return
    month, numbers = page
    written = _sign_missing(claim.wiring, claim.tenant, numbers)
    reached = BackfillCursor(month, int(numbers[-1].rpartition("-")[2]), at.edition)
    signed = claim.job.counts.get("signed", 0) + written
    claim.save(
        replace(
            claim.job,
            state="running",
            cursor=jobs.cursor(reached),
            done=claim.job.done + len(numbers),
            counts={"signed": signed},
        )
    )


def _is_included(store: Store, tenant: str) -> bool:
    key = organisation.key(tenant)
    return _includes(store.get([key])[key])


def _includes(entry: Entry) -> bool:
    return organisation.parse(entry).limits.similar


def _next_page(store: Store, tenant: str, at: BackfillCursor) -> tuple[str, list[str]] | None:
    """The month and the next numbers of it; None at the end."""
    for month in numbers.months(store, tenant):
        done = at.after if month.name == at.month else 0
        if month.name >= at.month and done < month.count:
            return month.name, [f"{month.name}-{n:06d}" for n in range(done + 1, min(done + PAGE, month.count) + 1)]
    return None


def _sign_missing(wiring: Wiring, tenant: str, numbers: list[str]) -> int:
    """Returns how many complaints got a signature of this edition."""
    refs = [CaseRef(tenant, number) for number in numbers]
    found = wiring.store.get([key for ref in refs for key in (snapshot.key(ref), index.key_of(ref))])
    missing = [
        ref
        for ref in refs
        if not index.is_current(found.get(index.key_of(ref)))
        and (entry := found.get(snapshot.key(ref))) is not None
        and entry.kind == snapshot.KIND
    ]
    return sum(_sign(wiring, ref) for ref in missing)


def _sign(wiring: Wiring, ref: CaseRef) -> bool:
    entries = wiring.store.get([snapshot.key(ref), *private_values.filing_keys(ref)])
    case = parse_complaint(wiring.compiled, ref, entries)
    return signing.sign(wiring, ref, case, case.policy) > 0


def _hourly(hour: Hour) -> None:
    if start_if_needed(hour.wiring, hour.tenant, hour.now):
        stock.refresh(hour.wiring, hour.tenant)


HOURLY = HourlyStep("signatures", _hourly, after=("next run",))
