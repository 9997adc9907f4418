"""A bulk with its list, for the person who asked for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, cast

import msgspec

from chalicelib.features.bulk import lines
from chalicelib.features.bulk.lines import CaseLine, Outcome
from chalicelib.features.bulk.order import JOB_KIND, TRIAL_KIND, BulkCursor
from chalicelib.jobs import job as jobs
from chalicelib.jobs.job import Job, JobState
from chalicelib.kit.instants import to_text
from chalicelib.kit.problem import Problem
from chalicelib.store.port import Store
from chalicelib.tenants.people import queries

Words = dict[Literal["zh", "en"], str]


class BulkReason(msgspec.Struct, frozen=True, kw_only=True):
    """`complaints`: on how many it was refused for this reason."""

    text: Words
    complaints: int


class BulkLine(msgspec.Struct, frozen=True, kw_only=True):
    """`outcome`: waiting, possible (of a dry run), done, refused, changed since the dry run, or not_done, because the
    job was stopped. `problem`: the kind; `text`: the reason. Both are empty unless it is refused or changed."""

    number: str
    outcome: Outcome
    problem: str
    text: Words


class BulkView(msgspec.Struct, frozen=True, kw_only=True):
    """`checked`: the dry run that it does; null for a dry run. `counts`: complaints by outcome so far. `reasons`: why
    the others were refused. `progress`: `of` is null while the complaints are collected. `reason`: why it has failed or
    was stopped; of a job that is running, why it only lists what is left as not done."""

    id: str
    act: str
    state: JobState
    reason: str | None
    checked: str | None
    progress: dict[str, int | None]
    counts: dict[str, int]
    reasons: list[BulkReason]
    started_at: str
    ended_at: str | None


class BulkList(msgspec.Struct, frozen=True, kw_only=True):
    bulk: BulkView
    complaints: list[BulkLine]
    cursor: str | None


def bulk_view(job: Job) -> BulkView:
    cursor = job.at(BulkCursor)
    return BulkView(
        id=job.id,
        act=str(job.asked["act"]),
        state=job.state,
        reason=job.reason or cursor.stopped or None,
        checked=cursor.checked or None,
        progress={"done": job.done, "of": job.of if cursor.collected else None},
        counts=job.counts,
        reasons=[
            BulkReason(text={"zh": zh, "en": en}, complaints=number) for en, (zh, number) in cursor.reasons.items()
        ],
        started_at=to_text(job.started),
        ended_at=None if job.ended is None else to_text(job.ended),
    )


def own_job(store: Store, tenant: str, sub: str, id_: str) -> Job:
    """The bulk that the caller asked for. Raises `Problem`: `forbidden` if they are no member, `not-found`."""
    queries.load_member(store, tenant, sub)
    stored = jobs.read(store, tenant, id_)
    if stored is None or stored.job.kind not in (JOB_KIND, TRIAL_KIND) or stored.job.by != sub:
        raise Problem("not-found", "You have asked for no such bulk.")
    return stored.job


def seen_job(store: Store, tenant: str, sub: str, id_: str) -> Job:
    """The bulk that the caller may cancel: their own, and for an owner each. Raises `Problem` as `own_job`."""
    _, person = queries.load_member(store, tenant, sub)
    stored = jobs.read(store, tenant, id_)
    if stored is None or stored.job.kind not in (JOB_KIND, TRIAL_KIND) or not (person.owner or stored.job.by == sub):
        raise Problem("not-found", "There is no such bulk that you may cancel.")
    return stored.job


def listed(store: Store, tenant: str, sub: str, id_: str, slice_: int) -> tuple[Job, list[BulkLine], int | None]:
    """The bulk, one slice of its list, and the number of the next slice. Raises `Problem` as `own_job`."""
    job = own_job(store, tenant, sub, id_)
    found = lines.read(store, tenant, id_, slice_)
    return job, [line_view(one) for one in found], _next(job, slice_)


def _next(job: Job, slice_: int) -> int | None:
    """A bulk has the slices that it has worked on; its dry run has all from the start."""
    cursor = job.at(BulkCursor)
    there = cursor.slice if cursor.checked else cursor.slices
    return slice_ + 1 if slice_ + 1 < there else None


def all_lines(store: Store, tenant: str, sub: str, id_: str) -> tuple[BulkView, Iterator[BulkLine]]:
    """The bulk with its whole list. Raises `Problem` as `own_job`."""
    job = own_job(store, tenant, sub, id_)
    return bulk_view(job), (line_view(one) for one in lines.read_all(store, tenant, id_))


def line_view(line: CaseLine) -> BulkLine:
    text = cast(Words, {"zh": line.text.zh, "en": line.text.en})
    return BulkLine(number=line.number, outcome=line.outcome, problem=line.problem, text=text)
