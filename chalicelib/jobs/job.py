"""Jobs (`J#<id>`): work that is too long for one call, recorded and done in bounded steps.

A job stays on index `due` until it has ended. If a process dies, the next sweep continues the job from its item.
`jobs.driver` runs the steps.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal, NamedTuple, TypedDict, TypeVar

import msgspec
from msgspec.structs import replace

from chalicelib.kit import canonical
from chalicelib.kit.decoding import JsonValue, StoredPart
from chalicelib.kit.instants import Instant, to_text
from chalicelib.kit.problem import Problem
from chalicelib.store import keys, reads
from chalicelib.store.port import Change, Entry, Key, Put, Remove, Store
from chalicelib.store.stored_form import Form

KIND = "background-job"
FIRST = 1
"""The version of a job that has not begun."""

JobState = Literal["queued", "running", "done", "failed", "stopped"]
"""`stopped`: the person who started the job has lost the permission for it, the plan includes its work no longer, or a
later job does it."""
ENDED = frozenset({"done", "failed", "stopped"})
_T = TypeVar("_T")


class RefusedComplaint(StoredPart, frozen=True, kw_only=True):
    """`problem`: the kind of the problem. `pointers`: to places of the request."""

    number: str
    problem: str
    detail: str
    pointers: list[str]


class Listed(TypedDict, total=False):
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
    listed: Listed = {}
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
    """The job's item. It is due at its start, or when a failed step may be tried again. An ended job is never due."""
    due = None if job.over else keys.due(tenant, keys.ORGANISATION, job.retry_at or job.started)
    return FORM.entry(key(tenant, job.id), job, version=version, due=due, expires=job.expires)


def change(tenant: str, stored: StoredJob, after: Job) -> Change:
    return Change(entry(tenant, after, stored.version + 1), stored.version)


def forget(tenant: str, stored: StoredJob) -> Remove:
    return Remove(key(tenant, stored.job.id), stored.version)


def stored_in(found: Entry | None) -> StoredJob | None:
    """Decodes an entry. Returns None if there is no entry or it is not a job."""
    if found is None or found.kind != KIND:
        return None
    return StoredJob(FORM.read(found), found.version or 0)


def read(store: Store, tenant: str, job: str) -> StoredJob | None:
    return stored_in(reads.find(store, key(tenant, job)))


def get(store: Store, tenant: str, job: str) -> Job:
    """Raises `Problem("not-found")` if the organisation has no such job."""
    stored = read(store, tenant, job)
    if stored is None:
        raise Problem("not-found", "The organisation has no such job.")
    return stored.job


class RefusedSwitch(msgspec.Struct, frozen=True, kw_only=True):
    """`problem`: the kind of the problem. `pointers`: to places of the request."""

    number: str
    problem: str
    detail: str
    pointers: list[str]


class ListedComplaints(TypedDict, total=False):
    """`breached`: in a dry run, complaints with deadlines that the switch would miss. Other jobs list nothing."""

    breached: list[str]
    refused: list[RefusedSwitch]


class JobView(msgspec.Struct, frozen=True, kw_only=True):
    """`state`: queued, running, done, failed or stopped; the last two have a `reason`. `progress`: `of` is null while
    the total is unknown. `token`: of a completed dry run."""

    id: str
    kind: str
    state: str
    reason: str | None
    progress: dict[str, int | None]
    started_at: str
    ended_at: str | None
    asked: dict[str, JsonValue]
    counts: dict[str, int]
    listed: ListedComplaints
    token: str | msgspec.UnsetType | None = msgspec.UNSET


def dry_run_token(job: Job) -> str | None:
    """The token of a finished dry run: it authorizes the same work on the same terms. None for every other job."""
    if job.state != "done" or not job.asked.get("dry_run"):
        return None
    return f"{job.id}.{canonical.digest(msgspec.json.decode(msgspec.json.encode(job)))[:32]}"


def job_view(job: Job) -> JobView:
    """With a `token`, or null, only for kinds of jobs that have dry runs."""
    return JobView(
        id=job.id,
        kind=job.kind,
        state=job.state,
        reason=job.reason,
        progress={"done": job.done, "of": job.of},
        started_at=to_text(job.started),
        ended_at=None if job.ended is None else to_text(job.ended),
        asked=job.asked,
        counts=job.counts,
        listed=msgspec.convert(job.listed, ListedComplaints, from_attributes=True),
        token=dry_run_token(job) if "dry_run" in job.asked else msgspec.UNSET,
    )


def naming(view: JobView, numbers: Collection[str]) -> JobView:
    """The view that lists only these complaints."""
    listed = ListedComplaints()
    if "breached" in view.listed:
        listed["breached"] = [number for number in view.listed["breached"] if number in numbers]
    if "refused" in view.listed:
        listed["refused"] = [one for one in view.listed["refused"] if one.number in numbers]
    return replace(view, listed=listed)


def named_by(view: JobView) -> list[str]:
    """The numbers of the complaints that the view lists."""
    return [*view.listed.get("breached", []), *(one.number for one in view.listed.get("refused", []))]
