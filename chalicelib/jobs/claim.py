"""A claimed step: the one way in which a job's item is written while it runs."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from chalicelib.instants import Instant
from chalicelib.jobs import job as jobs
from chalicelib.jobs.job import Job, StoredJob
from chalicelib.store.port import Write
from chalicelib.wiring import Wiring


class Overtaken(Exception):
    """Another worker does this job at the same time, and goes on with it."""


class Impossible(Exception):
    """The job can never be done; `str()` is the reason that is shown."""


class Claim:
    """One step of one job, for whoever claimed it last. `now` is the domain's."""

    def __init__(self, wiring: Wiring, tenant: str, held: StoredJob, now: Instant) -> None:
        self.wiring = wiring
        self.tenant = tenant
        self.held = held
        self.now = now

    @property
    def job(self) -> Job:
        return self.held.job

    def save(self, after: Job, writes: Sequence[Write] = ()) -> None:
        """Write what the step came to, and how far the job is, in one transaction. Raises `Lost`."""
        ended = self.now if after.over else None
        self._write(replace(after, tries=0, retry_at=None, ended=ended), writes)

    def begin(self) -> None:
        """Count the beginning before anything is done, so that a step is counted too that takes the process with it."""
        self._write(replace(self.job, state="running", tries=self.job.tries + 1, retry_at=None))

    def retry(self, at: Instant) -> None:
        self._write(replace(self.job, retry_at=at))

    def fail(self, reason: str) -> None:
        self._write(replace(self.job, state="failed", reason=reason, ended=self.now, retry_at=None))

    def check(self) -> None:
        """Raises `Overtaken` where the job was not what a lost commit was lost for."""
        current = jobs.read(self.wiring.store, self.tenant, self.job.id)
        if current is None or current.version != self.held.version:
            raise Overtaken

    def _write(self, after: Job, writes: Sequence[Write] = ()) -> None:
        self.wiring.store.commit([jobs.change(self.tenant, self.held, after), *writes])
        self.held = StoredJob(after, self.held.version + 1)
