"""Background jobs (`J#<id>`): work over many complaints, done in bounded steps, on record and resumable.

A job hangs on the due index until it has ended, so whatever dies between two of its steps, the next sweep goes on
where the item says. `deadlines.sweep_jobs` runs the steps.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import msgspec

from chalicelib.instants import Instant, to_text
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import Change, Entry, Store

KIND = "background-job"


class Job(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: str
    kind: str
    """Which use case does its steps."""
    state: Literal["running", "done", "stopped"] = "running"
    by: str
    """The `sub` of the owner who asked for it."""
    started: Instant
    ended: Instant | None = None
    asked: dict[str, Any]
    place: dict[str, Any] = {}
    """How far it has come, in the words of its kind."""
    counts: dict[str, int] = {}
    listed: dict[str, list[Any]] = {}
    """Complaints that the counts do not tell enough about: the first of each."""


class Held(NamedTuple):
    """A job as it was read, with the version that the next write is conditional on."""

    job: Job
    version: int


def entry(tenant: str, job: Job, version: int) -> Entry:
    """Due at its start, and so at every sweep, until it has ended."""
    due = keys.due(tenant, "ORG", job.started) if job.state == "running" else None
    body = msgspec.json.encode(job).decode()
    return Entry(key=keys.job(tenant, job.id), kind=KIND, body=body, version=version, due=due)


def change(tenant: str, held: Held, after: Job) -> Change:
    return Change(entry(tenant, after, held.version + 1), held.version)


def held_in(found: Entry | None) -> Held | None:
    if found is None or found.kind != KIND:
        return None
    return Held(msgspec.json.decode(found.body, type=Job), found.version or 0)


def read(store: Store, tenant: str, job: str) -> Job:
    """Raises `Problem("not-found")`."""
    key = keys.job(tenant, job)
    held = held_in(store.get([key]).get(key))
    if held is None:
        raise Problem("not-found", "The organisation has no such job.")
    return held.job


def view(job: Job) -> dict[str, Any]:
    return {
        "id": job.id,
        "kind": job.kind,
        "state": job.state,
        "started_at": to_text(job.started),
        "ended_at": None if job.ended is None else to_text(job.ended),
        "asked": job.asked,
        "counts": job.counts,
        "listed": job.listed,
    }
