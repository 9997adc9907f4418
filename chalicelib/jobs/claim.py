"""A claim on one step of a job. All writes to a running job's item go through it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from chalicelib.jobs import job as jobs
from chalicelib.jobs.job import Job, StoredJob
from chalicelib.kit.instants import Instant
from chalicelib.store.port import CommitConflict, Write
from chalicelib.wiring import Wiring


class ClaimLost(Exception):
    """Another worker has claimed the job since this claim, and continues it."""


class PermanentFailure(Exception):
    """The job can never succeed. `str()` is the reason that users see."""


class Claim:
    """The right to run one step of a job. `now` is domain time.

    If another worker claims the job, writes raise `CommitConflict`; `check` finds this cause.
    """

    def __init__(self, wiring: Wiring, tenant: str, stored: StoredJob, now: Instant) -> None:
        self.wiring = wiring
        self.tenant = tenant
        self.stored = stored
        self.now = now

    @property
    def job(self) -> Job:
        return self.stored.job

    def save(self, after: Job, writes: Sequence[Write] = ()) -> None:
        """Commits the step's writes and the job's progress in one transaction.

        Raises `ClaimLost` if the job has changed, and `CommitConflict` if another item of the writes has.
        """
        ended = self.now if after.over else None
        try:
            self._write(replace(after, tries=0, retry_at=None, ended=ended), writes)
        except CommitConflict:
            self._check()
            raise

    def begin(self) -> None:
        """Counts the try before the step runs, so that a step that kills the process is counted too.

        Does not check the limit of tries (`driver.MAX_TRIES`). Raises `CommitConflict` if another worker was faster.
        """
        self._write(replace(self.job, state="running", tries=self.job.tries + 1, retry_at=None))

    def retry(self, at: Instant) -> None:
        self._write(replace(self.job, retry_at=at))

    def wait(self, at: Instant) -> None:
        """As `retry`, for a step that could not begin its work: the try is not counted."""
        self._write(replace(self.job, tries=self.job.tries - 1, retry_at=at))

    def fail(self, reason: str) -> None:
        self._write(replace(self.job, state="failed", reason=reason, ended=self.now, retry_at=None))

    def _check(self) -> None:
        current = jobs.read(self.wiring.store, self.tenant, self.job.id)
        if current is None or current.version != self.stored.version:
            raise ClaimLost

    def _write(self, after: Job, writes: Sequence[Write] = ()) -> None:
        self.wiring.store.commit([jobs.change(self.tenant, self.stored, after), *writes])
        self.stored = StoredJob(after, self.stored.version + 1)
