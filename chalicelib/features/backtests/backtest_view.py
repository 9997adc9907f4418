"""Views of a back-test and of its lines for owners (pure)."""

from __future__ import annotations

from typing import Literal

import msgspec

from chalicelib.features.backtests.comparison import DifferenceKind, Line
from chalicelib.features.backtests.item import Backtest
from chalicelib.jobs.job import Job
from chalicelib.kit.instants import to_text

State = Literal["queued", "running", "done", "failed", "stopped"]
"""`stopped`: by an owner. Its result has what was replayed until then."""


class LineView(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`before`: as recorded. `after`: under the draft. Instants are UTC text.

    The kind `unreadable` is not a difference: the complaint could not be replayed.
    """

    kind: DifferenceKind
    number: str
    clock: str | None = None
    run: int | None = None
    before: str | None = None
    after: str | None = None
    act: str | None = None
    reason: str | None = None
    role: str | None = None


class BeforeAfter(msgspec.Struct, frozen=True, kw_only=True):
    before: int
    after: int


class BacktestResult(msgspec.Struct, frozen=True, kw_only=True):
    """`moved`: by clock, how many deadlines are `earlier` and `later`. `counts`, `concerned`, `shown`: lines,
    complaints and the first lines of each kind. `reasons`: why acts are not possible."""

    complaints: int
    unreadable: int
    deadlines: BeforeAfter
    breaches: BeforeAfter
    accepted: BeforeAfter
    tiers: dict[str, BeforeAfter]
    moved: dict[str, dict[str, int]]
    counts: dict[str, int]
    concerned: dict[str, int]
    shown: dict[str, list[LineView]]
    reasons: dict[str, int]


class BacktestView(msgspec.Struct, frozen=True, kw_only=True):
    """`progress`: complaints `done` and in total; `result` grows until `state` is `done`; `reason`: of an early end."""

    id: str
    state: State
    reason: str | None
    progress: dict[str, int]
    from_: str = msgspec.field(name="from")
    to: str
    as_of: str
    version: str | None
    result: BacktestResult


def backtest_view(job: Job) -> BacktestView:
    test = job.at(Backtest)
    return BacktestView(
        id=test.id,
        state=job.state,
        reason=job.reason,
        progress={"done": job.done, "of": test.total},
        from_=to_text(test.first),
        to=to_text(test.last),
        as_of=to_text(test.at),
        version=test.version,
        result=msgspec.convert(test.report, BacktestResult, from_attributes=True),
    )


def line_view(line: Line) -> LineView:
    return msgspec.convert(line, LineView, from_attributes=True)
