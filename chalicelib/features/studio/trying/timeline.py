"""What a preview shows on one time axis: the runs of each clock, the events, the stages. Times are instants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from chalicelib.complaints.deadlines.because import explain
from chalicelib.complaints.deadlines.because_view import Words
from chalicelib.complaints.runs import MISSED, Run
from chalicelib.complaints.trial.preview import NUMBER, Preview
from chalicelib.kit.instants import DAY, Instant
from chalicelib.policy.compiled import Policy

RUNS, PAUSED, LATE, AHEAD = "runs", "paused", "late", "ahead"
_AHEAD = 10 * DAY
"""What is drawn after the last moment at least, if something is due then."""
_TIMES_AHEAD = 2
"""What is drawn after the last moment at most, in times of what came before. A later due time is said in words."""


class DrawnStretch(NamedTuple):
    """`kind`: one of the words above."""

    begin: Instant
    end: Instant
    kind: str


class TierTold(NamedTuple):
    """`tier`: that was told."""

    at: Instant
    tier: int


class DrawnRun(NamedTuple):
    """`reason`: of its due time, by language. `warned`: also the times of warnings that are still to come."""

    run: Run
    reason: Words
    stretches: list[DrawnStretch]
    warned: list[Instant]
    rungs: list[TierTold]

    @property
    def begin(self) -> Instant:
        return self.stretches[0].begin

    @property
    def end(self) -> Instant:
        return self.stretches[-1].end


class ClockRow(NamedTuple):
    """`runs`: that do not overlap."""

    clock: str
    runs: list[DrawnRun]


class StageSpan(NamedTuple):
    stage: str
    begin: Instant
    end: Instant


class AxisEvent(NamedTuple):
    """An assumed event. `number`: from 1, as its line in the form."""

    number: int
    at: Instant
    type: str


class Timeline(NamedTuple):
    """`now`: the moment at which the runs are as they are. `end`: of the axis."""

    begin: Instant
    now: Instant
    end: Instant
    events: list[AxisEvent]
    rows: list[ClockRow]
    stages: list[StageSpan]


def timeline(policy: Policy, found: Preview) -> Timeline:
    events = [AxisEvent(number, one.event.at, one.event.type) for number, one in enumerate(found.steps, 1)]
    begin = min([events[0].at, *(run.started for run in found.runs)])
    horizon = found.now + max(_AHEAD, _TIMES_AHEAD * (found.now - begin))
    rows = _rows([_drawn(policy, found, run, horizon) for run in _ordered(found.runs)])
    drawn = [one for row in rows for one in row.runs]
    end = max([found.now, *(one.end for one in drawn), *(at for one in drawn for at in one.warned)])
    return Timeline(begin, found.now, end, events, rows, list(_stages(found)))


def _ordered(runs: Sequence[Run]) -> list[Run]:
    """By their start, then by what is due first."""
    return sorted(runs, key=lambda run: (run.started, run.due is None, run.due or 0, run.clock, run.n))


def _drawn(policy: Policy, found: Preview, run: Run, horizon: Instant) -> DrawnRun:
    said = {"clock": run.clock, "run": run.n}
    of_run = [one for one in found.drafts if said.items() <= one.fields.items()]
    told = [one.due_at or one.at for one in of_run if one.type == "warned"]
    rungs = [TierTold(one.due_at or one.at, one.fields["tier"]) for one in of_run if one.type == "escalated"]
    ahead = [at for at in run.warns if at <= horizon] if run.open else []
    reason = explain(policy, run, NUMBER).text
    return DrawnRun(run, reason, list(_stretches(run, found.now, horizon)), sorted({*told, *ahead}), rungs)


def _stretches(run: Run, now: Instant, horizon: Instant) -> Iterator[DrawnStretch]:
    """Consecutive. What is to come ends at the due time, or at the edge of what is drawn."""
    begin = run.started
    end = max(now if run.ended is None else run.ended, begin)
    late = end if run.state != MISSED or run.due is None else min(max(run.due, begin), end)
    cuts = {begin, end, late, *(min(max(one or end, begin), end) for pause in run.pauses for one in pause)}
    yield from (DrawnStretch(one, other, _kind(run, one, late)) for one, other in pairwise(sorted(cuts)))
    if len(cuts) == 1:
        yield DrawnStretch(begin, end, RUNS)
    if run.open and run.due is not None and run.due > end and run.state != MISSED:
        yield DrawnStretch(end, min(run.due, horizon), AHEAD)


def _kind(run: Run, at: Instant, late: Instant) -> str:
    if any(begin is not None and begin <= at and (end is None or at < end) for begin, end in run.pauses):
        return PAUSED
    return LATE if run.state == MISSED and at >= late else RUNS


def _rows(drawn: Sequence[DrawnRun]) -> list[ClockRow]:
    """By the first start. A run that overlaps another one of its clock has a row of its own."""
    rows: list[ClockRow] = []
    for one in drawn:
        own = [row for row in rows if row.clock == one.run.clock and row.runs[-1].end <= one.begin]
        if own:
            own[0].runs.append(one)
        else:
            rows.append(ClockRow(one.run.clock, [one]))
    first = {row.clock: at for at, row in reversed(list(enumerate(rows)))}
    return sorted(rows, key=lambda row: first[row.clock])


def _stages(found: Preview) -> Iterator[StageSpan]:
    first = found.drafts[0]
    begin, stage = first.at, first.result.stage
    for one in found.drafts:
        if one.result.stage != stage:
            yield StageSpan(stage, begin, one.at)
            begin, stage = one.at, one.result.stage
    yield StageSpan(stage, begin, max(found.now, begin))
