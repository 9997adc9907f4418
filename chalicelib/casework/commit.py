"""Commit: drafts become recorded events. All writes of a command go into one transaction."""

from __future__ import annotations

import msgspec

from chalicelib.casework import anchor_marks, private_values, snapshot
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import Recorded, RecordPosition, chain_event
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Text
from chalicelib.limits.exceeded import TooMuchWork
from chalicelib.policy.compiled import Policy
from chalicelib.ports import Sealer
from chalicelib.store import event_log, sizes
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Write


def check_words(tenant: str, policy: Policy) -> None:
    """Raises `LaterRelease` if only a later release knows the whole policy, or a version that defines an open task."""
    for one in (policy, *policy.carried.values()):
        if one.unknown_words:
            from chalicelib.tenants.publication import known_policies  # only during an update

            raise known_policies.refusal(tenant, one)


def writes(sealer: Sealer, tenant: str, flow: Flow, now: Instant) -> tuple[Complaint, list[Write]]:
    """The complaint with its new head hash, and the writes: the snapshot, events with private items, the anchor mark.

    At `seq` 0 the snapshot must not exist yet. Otherwise its version must still be the one that the flow started from.
    Raises `TooMuchWork` if an item would be too large, from the runs of very many clocks with warnings and pauses, and
    `LaterRelease` as `check_words`.
    """
    flow.tell_moves()
    before, policy = flow.before, flow.policy
    check_words(tenant, policy)
    ref, head, items = CaseRef(tenant, before.number), before.head, list[Write]()
    for position, draft in enumerate(flow.drafts):
        defining = policy.defining(draft.fields)
        recorded = chain_event(
            draft,
            RecordPosition(before.number, before.seq + 1 + position, head, defining.version, defining.calendar.edition),
            now,
        )
        head = recorded.event.hash
        items.extend(_items(sealer, ref, recorded))
    complete = msgspec.structs.replace(flow.complaint, head=head)
    first = snapshot.write(tenant, complete, policy, before.seq)
    return complete, _storable([first, *items, anchor_marks.mark(ref, now)])


def _storable(found: list[Write]) -> list[Write]:
    try:
        sizes.check_writes(found)
    except sizes.TooLarge as error:
        raise TooMuchWork(Text("The complaint's deadlines and pauses are too many to store.")) from error
    return found


def _items(sealer: Sealer, ref: CaseRef, recorded: Recorded) -> list[Write]:
    event = recorded.event
    private = [private_values.put(sealer, ref, event.seq, place, one) for place, one in enumerate(recorded.private)]
    return [event_log.put(ref.pk, event.seq, msgspec.json.encode(event).decode()), *private]
