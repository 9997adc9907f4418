"""Views of deadlines: the clock, its due time and state, and the explanation (`because`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from chalicelib.complaints.because_view import BecauseView, Words
from chalicelib.complaints.envelope import Event
from chalicelib.complaints.runs import Run, StoredRun, from_json, latest
from chalicelib.instants import to_text
from chalicelib.policy.compiled import Policy
from chalicelib.store import event_log, keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Store

if TYPE_CHECKING:
    from chalicelib.tenants.publication.policy_cache import CompiledPolicies


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
    from chalicelib.complaints.because import explain  # many modules that most requests do not need

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


def promised_at_filing(store: Store, compiled: CompiledPolicies, ref: CaseRef) -> list[DeadlineView]:
    """The deadlines that were started at filing, as they were promised then.

    Of a complaint that arrived earlier, also what was late already: the events that were recorded with the filing.
    """
    pk = keys.complaint(ref.tenant, ref.number)
    first = event_log.decode(store.get([keys.event(pk, 1)])[keys.event(pk, 1)])
    events = [first, *(_recorded_with(store, pk, first) if "received_at" in first.fields else ())]
    policy = compiled.get(ref.tenant, first.policy)
    return views(policy, latest([event.result.get("clocks", []) for event in events]), ref.number)


def _recorded_with(store: Store, pk: str, first: Event) -> Iterator[Event]:
    """The events after the first that have its time, at most as many as one read returns."""
    entries = store.get([keys.event(pk, seq) for seq in range(2, _MOST_READ + 1)])
    for seq in range(2, _MOST_READ + 1):
        event = event_log.find(entries, keys.event(pk, seq))
        if event is None or event.at != first.at:
            return
        yield event


_MOST_READ = 100
