"""Jobs (`J#<id>`): work that is too long for one call, recorded and done in bounded steps.

A job stays on index `due` until it has ended. If a process dies, the next sweep continues the job from its item.
`jobs.driver` runs the steps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypedDict, TypeVar

import msgspec

from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem
from chalicelib.store import keys, reads
from chalicelib.store.port import Entry, Key, Page, Put, Remove, Store, Update
from chalicelib.store.stored_form import Form, read_rows

KIND = "background-job"
FIRST = 1
"""The version of a job that has not begun."""

JobState = Literal["queued", "running", "done", "failed", "stopped"]
"""`stopped`: the person who started the job has lost the permission for it, the plan includes its work no longer, or a
later job does it, or a person has cancelled it (`jobs.cancellation`)."""
ENDED = frozenset({"done", "failed", "stopped"})
_T = TypeVar("_T")


class RefusedComplaint(StoredPart, frozen=True, kw_only=True):
    """`problem`: the kind of the problem. `pointers`: to places of the request."""

    number: str
    problem: str
    detail: str
    pointers: list[str]


class CountDetails(TypedDict, total=False):
    """The first complaints of each count that needs details, in the order in which the counts began."""

    breached: list[str]
    refused: list[RefusedComplaint]


class Job(StoredPart, frozen=True, kw_only=True, omit_defaults=True):
    id: str
    kind: str
    """The use case that runs its steps."""
    state: JobState = "queued"
    by: str
    """The `sub` of the person who started it, or `system`."""
    started: Instant
    ended: Instant | None = None
    asked: dict[str, Any] = {}
    """The parameters of the request."""
    cursor: msgspec.Raw = msgspec.Raw(b"{}")
    """How far the job has come, in a form that depends on its kind (`at`)."""
    done: int = 0
    of: int | None = None
    """Progress: `done` of `of`. None if the total is not known."""
    counts: dict[str, int] = {}
    listed: CountDetails = {}
    tries: int = 0
    """How often the present step has begun."""
    retry_at: Instant | None = None
    """Domain time before which a failed step is not tried again."""
    reason: str | None = None
    """Why it failed or was stopped: a sentence for the person who started it."""
    expires: int | None = None
    """DynamoDB TTL."""

    @property
    def over(self) -> bool:
        return self.state in ENDED

    def at(self, type_: type[_T]) -> _T:
        """The decoded cursor."""
        return msgspec.json.decode(self.cursor, type=type_)


FORM = Form(KIND, Job)


class JobRow(msgspec.Struct, frozen=True):
    """A job in the list of jobs: what of it never changes."""

    id: str
    kind: str
    by: str


class StoredJob(NamedTuple):
    """A job as it was read. The next write is conditional on `version`."""

    job: Job
    version: int


def cursor(value: Any) -> msgspec.Raw:
    """Encodes the cursor that `Job.at` decodes."""
    return msgspec.Raw(msgspec.json.encode(value))


def new(tenant: str, job: Job, *, if_absent: bool = True) -> Put:
    """For the commit that starts the job."""
    return Put(entry(tenant, job, FIRST), if_absent)


def key(tenant: str, job: str) -> Key:
    """To read the job together with other items (`stored_in`)."""
    return keys.job(tenant, job)


def entry(tenant: str, job: Job, version: int) -> Entry:
    """The job's item. It is due at its start, or when a failed step may be tried again. An ended job is never due.

    Its key and row in index `list` never change, so that a step does not write them again.
    """
    due = None if job.over else keys.due(tenant, keys.ORGANISATION, job.retry_at or job.started)
    return FORM.entry(
        key(tenant, job.id),
        job,
        version=version,
        due=due,
        expires=job.expires,
        listed=keys.listed_job(tenant, job.id, job.started),
        row=msgspec.json.encode(JobRow(job.id, job.kind, job.by)).decode(),
    )


def change(tenant: str, stored: StoredJob, after: Job) -> Update:
    return Update(entry(tenant, after, stored.version + 1), stored.version)


def forget(tenant: str, stored: StoredJob) -> Remove:
    return Remove(key(tenant, stored.job.id), stored.version)


def stored_in(found: Entry | None) -> StoredJob | None:
    """Decodes an entry. Returns None if there is no entry or it is not a job."""
    if found is None or found.kind != KIND:
        return None
    return StoredJob(FORM.read(found), found.version or 0)


def read(store: Store, tenant: str, job: str) -> StoredJob | None:
    return stored_in(reads.find(store, key(tenant, job)))


def listed(store: Store, tenant: str, limit: int, after: Mapping[str, str] | None) -> Page:
    """A page of the list of jobs, the latest first. Its entries have only a `JobRow`."""
    return store.listed(keys.listed_jobs(tenant), limit=limit, after=after)


def rows(page: Page) -> list[JobRow]:
    return list(read_rows(page.entries, JobRow))


def read_some(store: Store, tenant: str, ids: Sequence[str]) -> list[Job]:
    """In the given order. Those that have expired are left out."""
    found = reads.read_all(store, [key(tenant, one) for one in ids])
    stored = (stored_in(found.get(key(tenant, one))) for one in ids)
    return [one.job for one in stored if one is not None]


def unknown() -> Problem:
    return Problem("not-found", "The organisation has no such job.")


def get(store: Store, tenant: str, job: str) -> Job:
    """Raises `Problem("not-found")` if the organisation has no such job."""
    stored = read(store, tenant, job)
    if stored is None:
        raise unknown()
    return stored.job
