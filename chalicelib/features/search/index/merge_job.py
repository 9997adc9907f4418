"""Merges without an end: the hourly run merges a little, and a job merges the rest of a large import at once.

The job stops when nothing is pending, while a rebuild runs (both would write the manifest), and when the manifest has
`MOST_RETIRED` replaced objects. The next hourly run starts it again. Until then, searches say that they are incomplete.
"""

from __future__ import annotations

from contextlib import suppress

from msgspec.structs import replace

from chalicelib.features.search import entitlement
from chalicelib.features.search.index import merging
from chalicelib.features.search.index.merging import Merged
from chalicelib.jobs import driver
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim
from chalicelib.jobs.hourly import HourlyStep
from chalicelib.jobs.job import Job
from chalicelib.kit import observability
from chalicelib.kit.instants import Instant
from chalicelib.store.port import CommitConflict
from chalicelib.wiring import Wiring

JOB_KIND = "search-merge"
MOST_RETIRED = 1_000
"""Replaced objects in a manifest with which the job stops: some 70 KB of its item. They are removed after an hour."""


def merge_if_due(wiring: Wiring, tenant: str, now: Instant) -> None:
    """A failure is only logged: the texts stay pending, where searches find them. The caller binds the tenant."""
    try:
        if not entitlement.has_search(wiring, tenant):
            merging.forget(wiring, tenant)
        elif _is_to_continue(merging.merge(wiring, tenant, now)):
            _start(wiring, tenant, now)
    except CommitConflict:
        return  # an overlapping run or a rebuild has changed the manifest; the next run continues
    except Exception as error:  # noqa: BLE001  a search that is late must not stop the rest of the hourly job
        observability.error("The search index was not merged", tenant=tenant, error=observability.frames(error))


def _is_to_continue(merged: Merged) -> bool:
    found = merged.manifest
    return merged.left and not found.missing and len(found.retired) < MOST_RETIRED


def _start(wiring: Wiring, tenant: str, now: Instant) -> None:
    """Unless the job runs."""
    stored = jobs.read(wiring.store, tenant, JOB_KIND)
    if stored is not None and not stored.job.over:
        return
    job = Job(id=JOB_KIND, kind=JOB_KIND, by="system", started=now)
    with suppress(CommitConflict):  # another run has started it
        wiring.store.commit([jobs.new(tenant, job) if stored is None else jobs.change(tenant, stored, job)])
        driver.send(wiring.effects, tenant, JOB_KIND, 1 + (stored.version if stored else 0))


def step(claim: Claim) -> None:
    """`driver.Step`: one merge of at most `merging.MOST_MERGES` segments."""
    if not entitlement.has_search(claim.wiring, claim.tenant):
        claim.save(replace(claim.job, state="done"))
        return
    merged = merging.merge(claim.wiring, claim.tenant, claim.now)
    state = "running" if _is_to_continue(merged) else "done"
    claim.save(replace(claim.job, state=state, done=claim.job.done + merged.texts))


HOURLY = HourlyStep("search", lambda hour: merge_if_due(hour.wiring, hour.tenant, hour.now), after=("next run",))
