"""Views of deadlines: the clock, its due time and state, and the explanation (`because`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from chalicelib.complaints.deadlines.because_view import BecauseView, Words
from chalicelib.complaints.runs import Run, StoredRun, from_json
from chalicelib.kit.instants import to_text
from chalicelib.policy.compiled import Policy
from chalicelib.store.keys import CaseRef

if TYPE_CHECKING:
    from chalicelib.wiring import CompiledPolicies


class DeadlineView(msgspec.Struct, frozen=True, kw_only=True):
    """One run of a clock. Times are UTC text."""

    clock: str
    run: int
    started: str
    due: str | None
    state: str
    provisional: bool
    rung: int
    because: BecauseView
    label: Words | msgspec.UnsetType = msgspec.UNSET
    ended: str | msgspec.UnsetType = msgspec.UNSET


class DeadlinesView(msgspec.Struct, frozen=True):
    deadlines: list[DeadlineView]


def views(policy: Policy, clocks: Iterable[Run | StoredRun], number: str) -> list[DeadlineView]:
    """Views of runs, or of runs in the form that events hold, ordered by start."""
    runs = [clock if isinstance(clock, Run) else from_json(clock) for clock in clocks]
    ordered = sorted(runs, key=lambda run: (run.started, run.clock, run.n))
    return [view(policy, run, number) for run in ordered]


def views_by_version(compiled: CompiledPolicies, ref: CaseRef, runs: Iterable[tuple[Run, str]]) -> list[DeadlineView]:
    """Views of runs with their policy versions: a complaint that was switched has runs of several versions."""
    ordered = sorted(runs, key=lambda pair: (pair[0].started, pair[0].clock, pair[0].n))
    return [view(compiled.get(ref.tenant, version), run, ref.number) for run, version in ordered]


def view(policy: Policy, run: Run, number: str) -> DeadlineView:
    from chalicelib.complaints.deadlines.because import explain  # many modules that most requests do not need

    label = policy.clocks[run.clock].clock.name
    return DeadlineView(
        clock=run.clock,
        run=run.n,
        started=to_text(run.started),
        due=None if run.due is None else to_text(run.due),
        state=run.state,
        provisional=run.provisional,
        rung=run.rung,
        because=explain(policy, run, number),
        label=msgspec.UNSET if label is None else label.to_json(),
        ended=msgspec.UNSET if run.ended is None else to_text(run.ended),
    )
