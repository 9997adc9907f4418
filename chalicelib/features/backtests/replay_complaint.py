"""Replays one complaint of a back-test, and compares the outcome with the recorded one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.casework import private_values
from chalicelib.complaints.envelope import Event
from chalicelib.features.backtests.comparison import Line, compare
from chalicelib.features.backtests.figures.parts import DRAFT, Columns, Policies, columns
from chalicelib.features.backtests.history import PolicyLookup, history_of
from chalicelib.features.backtests.item import Backtest
from chalicelib.features.backtests.outcome import recorded_outcome
from chalicelib.features.backtests.replay import replay
from chalicelib.kit import observability
from chalicelib.kit.instants import Instant, from_text
from chalicelib.limits.exceeded import TooMuchWork, limited_work
from chalicelib.policy.compiled import Policy
from chalicelib.ports import Sealer
from chalicelib.store import event_log, keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Store
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.wiring import CompiledPolicies

MAX_STEPS = 60_000
"""Counted steps of one replay: less than a fifth of a second. Replays of real complaints take a few thousand."""


class Replayed(msgspec.Struct, frozen=True):
    """`figures`: what the complaint contributes to both columns of a report; None if it could not be replayed."""

    lines: list[Line]
    figures: Columns | None = None


def replay_complaint(wiring: Wiring, ref: CaseRef, job: Backtest, draft: Policy) -> Replayed:
    """Replay a complaint and add it to `job.report`. One that cannot be replayed is reported too."""
    events, values = _read_record(wiring.store, wiring.sealer, ref, job.at)
    if not events:
        return Replayed([])
    policy_of = _policy_lookup(wiring.compiled, ref.tenant)
    try:
        before = recorded_outcome(events, policy_of, job.at)
        with limited_work(MAX_STEPS):
            after = replay(draft, history_of(events, values, policy_of), job.at)
        figures = columns(ref.number, events, before, after, Policies(policy_of, job.version or DRAFT, draft))
    except TooMuchWork as problem:
        return Replayed(job.report.add_unreadable(ref.number, str(problem.detail)))
    except (LookupError, ValueError, TypeError, AttributeError) as error:
        observability.error("A complaint could not be replayed", error=observability.frames(error))
        return Replayed(job.report.add_unreadable(ref.number))
    lines = compare(ref.number, before, after)
    job.report.add(before, after, lines)
    return Replayed(lines, figures)


def _policy_lookup(compiled: CompiledPolicies, tenant: str) -> PolicyLookup:
    return lambda version: compiled.get(tenant, version)


def _read_record(
    store: Store, sealer: Sealer, ref: CaseRef, until: Instant
) -> tuple[list[Event], Mapping[int, Mapping[str, Any]]]:
    """Return the events up to an instant, and the private values by event number."""
    record = event_log.read_record(store, ref.pk, page_size=1000)
    events = [event for event in map(event_log.decode, record.events) if from_text(event.at) <= until]
    values: dict[int, dict[str, Any]] = {}
    for entry in record.private_values:
        seq, _ = keys.private_place(entry.key)
        values.setdefault(seq, {}).update(private_values.open_value(sealer, ref, entry).values)
    return events, values
