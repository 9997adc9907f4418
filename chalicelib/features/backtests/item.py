"""A back-test's items: the job with its progress and report, the draft policy, and the parts with all lines.

The report has totals, and the first lines of each kind. Its size is independent of the complaints' number.

Sort keys: `J#backtest-<id>` for the job, `…#policy` for the draft, `…#<6 digits>` for the parts.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chalicelib.casework.numbers import Month, NumberPosition
from chalicelib.features.backtests.comparison import Line, is_breached
from chalicelib.features.backtests.outcome import Outcome, Runs
from chalicelib.jobs.job import Job, cursor
from chalicelib.kit.instants import DAY, SECOND, Instant
from chalicelib.store import keys
from chalicelib.store.port import Key, Put
from chalicelib.store.stored_form import Form

MAX_SHOWN = 20
"""Lines of each kind in the report. The parts have all lines."""
MAX_REASONS = 50


class Pair(msgspec.Struct):
    before: int = 0
    after: int = 0


class BacktestReport(msgspec.Struct, kw_only=True):
    complaints: int = 0
    """Number of replayed complaints."""
    unreadable: int = 0
    """Number of complaints that could not be replayed. The other counts do not include them."""
    deadlines: Pair = msgspec.field(default_factory=Pair)
    breaches: Pair = msgspec.field(default_factory=Pair)
    accepted: Pair = msgspec.field(default_factory=Pair)
    tiers: dict[str, Pair] = {}
    """Number of escalations to each tier."""
    moved: dict[str, dict[str, int]] = {}
    """By clock: how many deadlines are `earlier` and `later`."""
    counts: dict[str, int] = {}
    """Number of lines by kind."""
    concerned: dict[str, int] = {}
    """Number of complaints with a line of the kind."""
    shown: dict[str, list[Line]] = {}
    """The first `MAX_SHOWN` lines by kind."""
    reasons: dict[str, int] = {}
    """Why acts are not possible: counts by act and reason, for the first `MAX_REASONS` reasons."""

    def add(self, before: Outcome, after: Outcome, lines: Sequence[Line]) -> None:
        """Add one complaint."""
        self.complaints += 1
        _add(self.deadlines, len(before.runs), len(after.runs))
        _add(self.breaches, _count_breaches(before.runs), _count_breaches(after.runs))
        _add(self.accepted, int(before.accepted), int(after.accepted))
        for tier in sorted({*before.tiers, *after.tiers}):
            _add(self.tiers.setdefault(str(tier), Pair()), before.tiers[tier], after.tiers[tier])
        for line in lines:
            self._add_line(line)
        for kind in dict.fromkeys(line.kind for line in lines):
            self.concerned[kind] = self.concerned.get(kind, 0) + 1

    def add_unreadable(self, number: str, reason: str | None = None) -> list[Line]:
        """Add a complaint that could not be replayed, and return its line."""
        self.unreadable += 1
        line = Line(kind="unreadable", number=number, reason=reason)
        self._add_line(line)
        return [line]

    def _add_line(self, line: Line) -> None:
        self.counts[line.kind] = self.counts.get(line.kind, 0) + 1
        shown = self.shown.setdefault(line.kind, [])
        if len(shown) < MAX_SHOWN:
            shown.append(line)
        if line.kind in ("earlier", "later") and line.clock is not None:
            moved = self.moved.setdefault(line.clock, {"earlier": 0, "later": 0})
            moved[line.kind] += 1
        if line.kind == "act_not_possible":
            self._add_reason(f"{line.act}: {line.reason}")

    def _add_reason(self, reason: str) -> None:
        if reason in self.reasons or len(self.reasons) < MAX_REASONS:
            self.reasons[reason] = self.reasons.get(reason, 0) + 1


def _add(pair: Pair, before: int, after: int) -> None:
    pair.before += before
    pair.after += after


def _count_breaches(runs: Runs) -> int:
    return sum(is_breached(run) for run in runs.values())


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
    report: BacktestReport = msgspec.field(default_factory=BacktestReport)

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
