"""A back-test's items: the job with its progress and report, the draft policy, and the parts with all lines.

Sort keys: `J#backtest-<id>` for the job, `…#policy` for the draft, `…#<6 digits>` for the parts.
"""

from __future__ import annotations

import msgspec

from chalicelib.casework.numbers import Month, NumberPosition
from chalicelib.features.backtests.comparison import Line
from chalicelib.features.backtests.report import Report
from chalicelib.jobs.job import Job, cursor
from chalicelib.kit.instants import DAY, SECOND, Instant
from chalicelib.store import keys
from chalicelib.store.port import Key, Put
from chalicelib.store.stored_form import Form

JOB_KIND = "backtest"
PART = Form("backtest-part", list[Line], keeps=False)
POLICY = Form("backtest-policy", str)
KEPT = 30 * DAY
"""Real time for which a back-test is kept."""
PART_SIZE = 500


class Backtest(msgspec.Struct, kw_only=True):
    """The job's cursor. The period contains complaints registered from `first` until before `last`."""

    id: str
    by: str
    at: Instant
    """Domain time of the request. Later events are ignored."""
    first: Instant
    last: Instant
    most: int | None
    """Limit of the complaints."""
    version: str | None
    """The published version to replay; None if a draft is stored with the job."""
    months: list[Month]
    place: NumberPosition | None
    """None at the end."""
    looked_at: int = 0
    """How many numbers are done."""
    parts: int = 0
    figure_parts: int = 0
    """Items with the figures of complaints, for reports (`figures.parts`)."""
    report: Report = msgspec.field(default_factory=Report)

    @property
    def name(self) -> str:
        return f"{JOB_KIND}-{self.id}"

    @property
    def total(self) -> int:
        return sum(month.count for month in self.months)


def policy_key(tenant: str, name: str) -> Key:
    return keys.job_policy(tenant, name)


def put_policy(tenant: str, job: Job, body: bytes) -> Put:
    return Put(POLICY.entry(policy_key(tenant, job.id), body.decode(), expires=job.expires))


def part_key(tenant: str, name: str, number: int) -> Key:
    return keys.job_part(tenant, name, number)


def expiry(real_now: Instant) -> int:
    """Return the expiry of a back-test's job and parts, if it starts now: seconds since the epoch (DynamoDB TTL)."""
    return (real_now + KEPT) // SECOND


def part_writes(tenant: str, job: Backtest, lines: list[Line], expires: int) -> list[Put]:
    """Split one step's lines into parts and return one write for each. Changes `job`: adds their number to `parts`."""
    writes = []
    for first in range(0, len(lines), PART_SIZE):
        job.parts += 1
        part = lines[first : first + PART_SIZE]
        writes.append(Put(PART.entry(part_key(tenant, job.name, job.parts), part, expires=expires)))
    return writes


def new_job(test: Backtest, expires: int) -> Job:
    """Return the job before its first step."""
    return Job(
        id=test.name, kind=JOB_KIND, by=test.by, started=test.at, cursor=cursor(test), of=test.total, expires=expires
    )
