"""What became of a complaint under a policy, as far as two policies are compared by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from chalicelib.complaints import advance
from chalicelib.complaints.envelope import NO_HASH, Actor, Event, EventDraft, Result
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.runs import Run, from_json
from chalicelib.complaints.state import Complaint, evolve
from chalicelib.instants import Instant, from_text
from chalicelib.oversight.backtest.recorded_past import PolicyLookup

Runs = dict[tuple[str, int], Run]
"""Every run of every clock, by clock and number, as it was last."""
NO_LIMIT = 1_000_000
"""Events that time may cause in a flow that nobody commits."""


class RejectedAct(msgspec.Struct, frozen=True):
    """An act that the policy does not let happen: why, in the words of the problem's kind and places."""

    act: str
    reason: str


class Outcome(msgspec.Struct, kw_only=True):
    runs: Runs = msgspec.field(default_factory=dict)
    tiers: Counter[int] = msgspec.field(default_factory=Counter)
    """Escalations that reached each tier."""
    taken: bool
    """Registered, and neither refused nor turned down at acceptance."""
    turned_down: list[RejectedAct] = msgspec.field(default_factory=list)
    waiting: list[str] = msgspec.field(default_factory=list)
    """Acts that wait for an approval which nobody gave."""
    other_roles: list[tuple[str, str]] = msgspec.field(default_factory=list)
    """Acts, and the role that did them, which has no part in them any more."""


def add_drafts(outcome: Outcome, drafts: Iterable[EventDraft]) -> None:
    for draft in drafts:
        outcome.runs.update({(run.clock, run.n): run for run in map(from_json, draft.result.clocks)})
        if draft.type == "escalated":
            outcome.tiers[draft.fields["tier"]] += 1


def recorded_outcome(events: Sequence[Event], policies: PolicyLookup, until: Instant) -> Outcome:
    """What happened, from the record; what had fallen due by `until` counts, whether a sweep has come by or not."""
    drafts = [_draft(event) for event in events]
    first, last = events[0], events[-1]
    complaint = Complaint(number=first.id.partition("/")[0], head=NO_HASH, policy=last.policy, calendar=last.calendar)
    for draft in drafts:
        complaint = evolve(complaint, draft)
    flow = Flow(policies(last.policy), complaint)
    advance.advance(flow, until, most=NO_LIMIT)
    outcome = Outcome(taken="refused" not in complaint.seen)
    add_drafts(outcome, [*drafts, *flow.drafts])
    return outcome


def _draft(event: Event) -> EventDraft:
    return EventDraft(
        type=event.type,
        at=from_text(event.at),
        actor=msgspec.convert(event.actor, Actor),
        act=event.act,
        fields=event.fields,
        result=msgspec.convert(event.result, Result),
    )
