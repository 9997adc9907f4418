"""The erasure as a job: when it begins, and how far it has come."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.instants import DAY, Instant
from chalicelib.jobs import job as jobs
from chalicelib.jobs.job import Job
from chalicelib.oversight.backtest.period import Month, NumberPosition
from chalicelib.store.port import CommitConflict
from chalicelib.tenants.directory import Directory, DirectoryEntry, next_job
from chalicelib.wiring import Wiring

NAME = "erasure"
AGAIN = DAY
"""The domain's time after which an erasure that failed is begun again, or one that a hold stopped."""


class ErasureCursor(Struct, kw_only=True):
    phase: str = "begin"
    months: list[Month] = []
    place: NumberPosition | None = NumberPosition()
    counts: dict[str, int] = {}
    after: tuple[str, str] | None = None
    """The last object that stays: key and version."""
    locked: str | None = None
    """The latest time until which an object is locked that cannot be deleted before."""


def due(wiring: Wiring, directory: Directory, tenant: str, found: DirectoryEntry, now: Instant) -> None:
    """What the tenant's hourly job does about its leaving. Runs may overlap, or die anywhere."""
    listing, version = found.listing, found.version
    if listing.state == "leaving" and listing.leaves_at is not None and listing.leaves_at <= now:
        listing = replace(listing, state="erasing")
        try:
            directory.change(tenant, listing, version, next_job(tenant, now))
        except CommitConflict:
            return  # they stay, or another run was faster
    if listing.state == "erasing":
        with binding.tenant(tenant):
            _ensure(wiring, tenant, now)


def _ensure(wiring: Wiring, tenant: str, now: Instant) -> None:
    held = jobs.read(wiring.store, tenant, NAME)
    fresh = Job(id=NAME, kind=NAME, by="system", started=now, cursor=jobs.cursor(ErasureCursor()))
    try:
        if held is None:
            wiring.store.commit([jobs.new(tenant, fresh)])
        elif held.job.over and (held.job.ended or 0) + AGAIN <= now:
            again = replace(held.job, state="queued", reason=None, tries=0, ended=None, started=now)
            wiring.store.commit([jobs.change(tenant, held, again)])
    except CommitConflict:
        return  # another run began it
