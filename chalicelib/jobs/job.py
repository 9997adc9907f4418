"""Jobs (`J#<id>`): work too long for one call, on record, in bounded steps (design §6).

A job hangs on the due index until it has ended, so whatever dies between two of its calls, the next sweep goes on
where the item says. `jobs.driver` runs the steps.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, TypeVar

import msgspec

from chalicelib.instants import Instant, to_text
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import Change, Entry, Put, Store

KIND = "background-job"
FIRST = 1
"""The version of a job that nobody has begun."""

JobState = Literal["queued", "running", "done", "failed", "stopped"]
"""`stopped`: who asked for it may not ask for it any more."""
ENDED = frozenset({"done", "failed", "stopped"})
_T = TypeVar("_T")


class Job(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: str
    kind: str
    """Which use case does its steps."""
    state: JobState = "queued"
    by: str
    """The `sub` of the person who asked for it, or `system`."""
    started: Instant
    ended: Instant | None = None
    asked: dict[str, Any] = {}
    cursor: msgspec.Raw = msgspec.Raw(b"{}")
    """How far it has come, in the words of its kind (`at`)."""
    done: int = 0
    of: int | None = None
    """Progress: so many of so many; None where nobody knows how many there are."""
    counts: dict[str, int] = {}
    listed: dict[str, list[Any]] = {}
    """Complaints that the counts do not tell enough about: the first of each."""
    tries: int = 0
    """How often the present step was begun."""
    retry_at: Instant | None = None
    """The domain's time before which a step that failed is not tried again."""
    reason: str | None = None
    """Why it failed or stopped: a sentence for whoever asked for it."""
    expires: int | None = None
    """DynamoDB TTL."""

    @property
    def over(self) -> bool:
        return self.state in ENDED

    def at(self, type_: type[_T]) -> _T:
        return msgspec.json.decode(self.cursor, type=type_)


class StoredJob(NamedTuple):
    """A job as it was read, with the version that the next write is conditional on."""

    job: Job
    version: int


def cursor(value: Any) -> msgspec.Raw:
    """What `Job.at` reads."""
    return msgspec.Raw(msgspec.json.encode(value))


def new(tenant: str, job: Job) -> Put:
    """For the commit that starts it."""
    return Put(entry(tenant, job, FIRST))


def entry(tenant: str, job: Job, version: int) -> Entry:
    """Due at its start, and so at every sweep, or when a failed step is tried again; not at all when it has ended."""
    due = None if job.over else keys.due(tenant, keys.ORGANISATION, job.retry_at or job.started)
    body = msgspec.json.encode(job).decode()
    return Entry(key=keys.job(tenant, job.id), kind=KIND, body=body, version=version, due=due, expires=job.expires)


def change(tenant: str, held: StoredJob, after: Job) -> Change:
    return Change(entry(tenant, after, held.version + 1), held.version)


def held_in(found: Entry | None) -> StoredJob | None:
    if found is None or found.kind != KIND:
        return None
    return StoredJob(msgspec.json.decode(found.body, type=Job), found.version or 0)


def read(store: Store, tenant: str, job: str) -> StoredJob | None:
    key = keys.job(tenant, job)
    return held_in(store.get([key]).get(key))


def known(store: Store, tenant: str, job: str) -> Job:
    """Raises `Problem("not-found")`."""
    held = read(store, tenant, job)
    if held is None:
        raise Problem("not-found", "The organisation has no such job.")
    return held.job


def view(job: Job) -> dict[str, Any]:
    return {
        "id": job.id,
        "kind": job.kind,
        "state": job.state,
        "reason": job.reason,
        "progress": {"done": job.done, "of": job.of},
        "started_at": to_text(job.started),
        "ended_at": None if job.ended is None else to_text(job.ended),
        "asked": job.asked,
        "counts": job.counts,
        "listed": job.listed,
    }
