"""A job in responses, with the complaints that it lists."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypedDict

import msgspec
from msgspec.structs import replace

from chalicelib.jobs.job import Job
from chalicelib.kit import canonical
from chalicelib.kit.decoding import JsonValue
from chalicelib.kit.instants import to_text


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
