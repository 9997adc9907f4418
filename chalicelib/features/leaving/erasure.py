"""The erasure job: its start and its progress. `erase_step` does the work."""

from __future__ import annotations

from contextlib import suppress

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.casework.numbers import Month, NumberPosition
from chalicelib.jobs import job as jobs
from chalicelib.jobs.job import Job
from chalicelib.kit.instants import DAY, Instant
from chalicelib.store.port import CommitConflict, Store
from chalicelib.tenants.directory import Directory, DirectoryEntry, next_job

NAME = "erasure"
RETRY_AFTER = DAY
"""Domain time after which a failed erasure, or one stopped by a legal hold, starts again."""


class ErasureCursor(Struct, kw_only=True):
    """The progress of the job. `phase` names the next kind of step; `counts` is the number of erased items by kind."""

    phase: str = "begin"
    months: list[Month] = []
    place: NumberPosition | None = NumberPosition()
    counts: dict[str, int] = {}
    after: tuple[str, str] | None = None
    """The last object that stays: key and version. The listing continues after it."""
    locked: str | None = None
    """The latest time until which S3 Object Lock keeps an object."""
    damaged: int = 0
    """Complaints whose look-ups by subject, phone or e-mail may stay, because they follow from facts that are
    damaged or lost."""


def begin_if_due(store: Store, directory: Directory, tenant: str, found: DirectoryEntry, now: Instant) -> None:
    """Start the erasure of a leaving tenant, or of one for practice, if it is due. Called by the hourly job.

    Runs may overlap and may stop at any point.
    """
    listing, version = found.listing, found.version
    ends = listing.state == "leaving" or (listing.practice and listing.state in ("active", "suspended"))
    if ends and listing.leaves_at is not None and listing.leaves_at <= now:
        listing = replace(listing, state="erasing")
        try:
            directory.change(tenant, listing, version, next_job(tenant, now))
        except CommitConflict:
            return  # the owner cancelled the leaving, or another run was faster
    if listing.state == "erasing":
        with binding.tenant(tenant):
            _ensure_job(store, tenant, now)


def _ensure_job(store: Store, tenant: str, now: Instant) -> None:
    stored = jobs.read(store, tenant, NAME)
    fresh = Job(id=NAME, kind=NAME, by="system", started=now, cursor=jobs.cursor(ErasureCursor()))
    with suppress(CommitConflict):  # another run started the job
        if stored is None:
            store.commit([jobs.new(tenant, fresh)])
        elif stored.job.over and (stored.job.ended or 0) + RETRY_AFTER <= now:
            again = replace(stored.job, state="queued", reason=None, tries=0, ended=None, started=now)
            store.commit([jobs.change(tenant, stored, again)])
