"""The outcome of a complaint under a policy: the results by which two policies are compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from chalicelib.casework.replay import draft_of
from chalicelib.complaints.acting import advance
from chalicelib.complaints.applying.evolve import evolve
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import NO_HASH, Event, EventDraft
from chalicelib.complaints.runs import Run, from_json
from chalicelib.complaints.state import Complaint
from chalicelib.features.backtests.history import PolicyLookup
from chalicelib.kit.instants import Instant

Runs = dict[tuple[str, int], Run]
"""The last state of every clock's runs, by clock and run number."""
NO_LIMIT = 1_000_000
"""Limit of the events that the passing of time adds to a flow. A replay is not committed, so it needs none."""
OPENING_ACTS = frozenset({"register", "accept"})
"""Acts without which a case does not begin. `register` is the filing itself."""


class RejectedAct(msgspec.Struct, frozen=True):
    """An act that the policy does not allow. `reason`: the problem's kind and places."""

    act: str
    reason: str


class Outcome(msgspec.Struct, kw_only=True):
    runs: Runs = msgspec.field(default_factory=dict)
    tiers: Counter[int] = msgspec.field(default_factory=Counter)
    """Number of escalations to each tier."""
    accepted: bool
    """Registered, not refused, and its acceptance was allowed."""
    rejected_acts: list[RejectedAct] = msgspec.field(default_factory=list)
    awaiting_approval: list[str] = msgspec.field(default_factory=list)
    """Acts whose approval is missing."""
    unauthorised_roles: list[tuple[str, str]] = msgspec.field(default_factory=list)
    """Acts that the policy does not give to the role in which they were done: `(act, role)`."""
    drafts: list[EventDraft] = msgspec.field(default_factory=list)
    """All events up to the end, from the first on. Empty if the policy does not accept the filing."""


def add_drafts(outcome: Outcome, drafts: Iterable[EventDraft]) -> None:
    """Add the events, the clocks' runs and the escalations to `outcome`."""
    for draft in drafts:
        outcome.drafts.append(draft)
        outcome.runs.update({(run.clock, run.n): run for run in map(from_json, draft.result.clocks)})
        if draft.type == "escalated":
            outcome.tiers[draft.fields["tier"]] += 1


def recorded_outcome(events: Sequence[Event], policy_of: PolicyLookup, until: Instant) -> Outcome:
    """Return the outcome according to the record. Deadlines up to `until` count even if no sweep has handled them."""
    drafts = [draft_of(event) for event in events]
    first, last = events[0], events[-1]
    complaint = Complaint(number=first.id.partition("/")[0], head=NO_HASH, policy=last.policy, calendar=last.calendar)
    for draft in drafts:
        complaint = evolve(complaint, draft)
    flow = Flow(policy_of(last.policy), complaint)
    advance.advance(flow, until, most=NO_LIMIT)
    outcome = Outcome(accepted="refused" not in complaint.seen)
    add_drafts(outcome, [*drafts, *flow.drafts])
    return outcome
