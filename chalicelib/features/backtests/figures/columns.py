"""What a replayed complaint contributes to the figures, as it was and under the draft (pure).

Both are counted as the statistics count: the events of the record, with the deadlines that have passed since, and those
of the replay.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chalicelib.complaints.envelope import NO_HASH, VERSION, Event, EventDraft, event_id
from chalicelib.features.backtests.history import PolicyLookup
from chalicelib.features.backtests.outcome import Outcome
from chalicelib.kit.instants import to_text
from chalicelib.policy.compiled import Policy
from chalicelib.statistics.counting.contribution import contribution
from chalicelib.statistics.counting.series import STATE_SERIES, Increments

DRAFT = "draft"
"""The value of the dimension `policy` under a draft that has no version."""


class Columns(msgspec.Struct, frozen=True):
    before: Increments
    after: Increments


class Policies(msgspec.Struct, frozen=True):
    """`recorded`: the versions of the record. `name`: of the policy of the replay."""

    recorded: PolicyLookup
    name: str
    replayed: Policy


def columns(number: str, events: Sequence[Event], before: Outcome, after: Outcome, policies: Policies) -> Columns:
    """Raises the errors of a record that cannot be counted."""
    later = before.drafts[len(events) :]
    version = events[-1].policy
    recorded = [*events, *(_event(number, at, one, version) for at, one in enumerate(later, len(events) + 1))]
    replayed = [_event(number, at, one, policies.name) for at, one in enumerate(after.drafts, 1)]
    return Columns(
        _changes(contribution(recorded, policies.recorded)),
        _changes(contribution(replayed, lambda _: policies.replayed)),
    )


def _changes(found: Increments) -> Increments:
    """Without states at the end of each day, of which no report under a draft speaks, and without totals of months."""
    kept = {
        address: type(counts)({key: number for key, number in counts.items() if key[0] not in STATE_SERIES})
        for address, counts in found.items()
        if address.kind != "T"
    }
    return {address: counts for address, counts in kept.items() if counts}


def _event(number: str, seq: int, draft: EventDraft, policy: str) -> Event:
    """The event as counting reads it: without a place in a chain."""
    at = to_text(draft.at)
    return Event(
        id=event_id(number, seq, draft.name),
        seq=seq,
        type=draft.type,
        v=VERSION,
        at=at,
        recorded_at=at,
        due_at=None if draft.due_at is None else to_text(draft.due_at),
        actor=msgspec.to_builtins(draft.actor),
        act=draft.act,
        fields=draft.fields,
        result=msgspec.to_builtins(draft.result),
        policy=policy,
        calendar="",
        private=[],
        prev=NO_HASH,
        hash=NO_HASH,
    )
