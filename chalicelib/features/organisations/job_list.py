"""The organisation's jobs, of all kinds: for owners all, for others those that they have started."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Literal

import msgspec

from chalicelib.composition import FEATURES
from chalicelib.jobs import job as jobs
from chalicelib.jobs.job import Job, JobRow, JobState
from chalicelib.kit import catalogue
from chalicelib.kit.instants import to_text
from chalicelib.store import reads
from chalicelib.store.port import Page, Store
from chalicelib.tenants.people import queries
from chalicelib.tenants.people.queries import MemberRequest

Words = dict[Literal["zh", "en"], str]
MOST_PAGES = 3
"""Most pages of the list that one answer reads. A member with few jobs can get a short page with a cursor."""


class ListedJob(msgspec.Struct, frozen=True, kw_only=True):
    """`label`: of its kind. `by`: the id of the person who started it, or `system` or `operator`. `progress`: `of` is
    null while the total is unknown. `reason`: of a job that has failed or was stopped."""

    id: str
    kind: str
    label: Words
    by: str
    state: JobState
    progress: dict[str, int | None]
    reason: str | None
    started_at: str
    ended_at: str | None


class JobPage(msgspec.Struct, frozen=True):
    jobs: list[ListedJob]
    after: Mapping[str, str] | None


def list_jobs(store: Store, request: MemberRequest, limit: int, after: Mapping[str, str] | None) -> JobPage:
    """The latest first. Raises `Problem("forbidden")` if the caller is no member."""
    tenant, sub, _ = request
    _, person = queries.load_member(store, tenant, sub)
    return seen_jobs(store, tenant, None if person.owner else sub, limit, after)


def seen_jobs(store: Store, tenant: str, only: str | None, limit: int, after: Mapping[str, str] | None) -> JobPage:
    """`only`: of this person. None for all."""
    found = list[JobRow]()

    def fetch(after: Mapping[str, str] | None) -> Page:
        return jobs.listed(store, tenant, limit - len(found), after)

    for page in islice(reads.pages(fetch, after), MOST_PAGES):
        found.extend(row for row in jobs.rows(page) if only in (None, row.by))
        after = page.after
        if len(found) >= limit:
            break
    return JobPage([_view(one) for one in jobs.read_some(store, tenant, [row.id for row in found])], after)


def _view(job: Job) -> ListedJob:
    return ListedJob(
        id=job.id,
        kind=job.kind,
        label=label_of(job.kind),
        by=job.by,
        state=job.state,
        progress={"done": job.done, "of": job.of},
        reason=job.reason,
        started_at=to_text(job.started),
        ended_at=None if job.ended is None else to_text(job.ended),
    )


def label_of(kind: str) -> Words:
    """The name of a kind of job. A later release can have started one that this release does not know."""
    found = catalogue.texts("pages").get(f"job_kind.{kind}")
    return {"zh": kind, "en": kind} if found is None else {"zh": found.zh, "en": found.en}


def page_of(kind: str) -> str | None:
    """The path of the kind's page, below the desk's; None if it has none."""
    return next((one.job_pages[kind] for one in FEATURES if kind in one.job_pages), None)


def end_of(kind: str) -> str | None:
    """The path of the page that cancels a job of the kind, below the desk's; None if nobody can."""
    return next((one.job_ends[kind] for one in FEATURES if kind in one.job_ends), None)
