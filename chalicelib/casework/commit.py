"""Commit: drafts become recorded events. All writes of a command go into one transaction."""

from __future__ import annotations

import msgspec

from chalicelib import observability
from chalicelib.casework import anchor_marks, snapshot
from chalicelib.complaints.envelope import Recorded, RecordPosition, chain_event
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.state import Complaint
from chalicelib.instants import Instant
from chalicelib.limits.exceeded import TooMuchWork
from chalicelib.policy.compiled import Policy
from chalicelib.ports import Sealer
from chalicelib.problem import Text
from chalicelib.store import event_log, keys, sizes
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Change, Put, Write
from chalicelib.store.stored_form import Form

PRIVATE_KIND = "private"
PRIVATE = Form(PRIVATE_KIND, str)


def check_words(tenant: str, policy: Policy) -> None:
    """Raises `LaterRelease` if only a later release knows the whole policy, or a version that defines an open task."""
    for one in (policy, *policy.carried.values()):
        if one.unknown_words:
            from chalicelib.policy.reading import published  # only during an update

            observability.error("A later release has written what would be changed", tenant=tenant)
            observability.measure("LaterRelease")
            raise published.refusal(one.version, one.unknown_words)


def writes(sealer: Sealer, tenant: str, flow: Flow, now: Instant) -> tuple[Complaint, list[Write]]:
    """The complaint with its new head hash, and the writes: the snapshot, events with private items, the anchor mark.

    At `seq` 0 the snapshot must not exist yet. Otherwise its version must still be the one that the flow started from.
    Raises `TooMuchWork` if an item would be too large, from the runs of very many clocks with warnings and pauses, and
    `LaterRelease` as `check_words`.
    """
    before, policy = flow.before, flow.policy
    check_words(tenant, policy)
    pk = keys.aggregate(tenant, before.number)
    head, items = before.head, list[Write]()
    for position, draft in enumerate(flow.drafts):
        defining = policy.defining(draft.fields)
        recorded = chain_event(
            draft,
            RecordPosition(before.number, before.seq + 1 + position, head, defining.version, defining.calendar.edition),
            now,
        )
        head = recorded.event.hash
        items.extend(_items(sealer, tenant, pk, before.number, recorded))
    complete = msgspec.structs.replace(flow.complaint, head=head)
    entry = snapshot.entry(tenant, complete, policy)
    first: Write = Put(entry) if before.seq == 0 else Change(entry, before.seq)
    return complete, _storable([first, *items, anchor_marks.mark(CaseRef(tenant, before.number), now)])


def _storable(found: list[Write]) -> list[Write]:
    try:
        sizes.check_writes(found)
    except sizes.TooLarge as error:
        raise TooMuchWork(Text("The complaint's deadlines and pauses are too many to store.")) from error
    return found


def _items(sealer: Sealer, tenant: str, pk: str, number: str, recorded: Recorded) -> list[Write]:
    event = recorded.event
    body = msgspec.json.encode(event).decode()
    items: list[Write] = [event_log.put(pk, event.seq, body)]
    for position, value in enumerate(recorded.private):
        sealed = sealer.seal(tenant, number, msgspec.json.encode(value))
        items.append(Put(PRIVATE.entry(keys.private(pk, event.seq, position), sealed)))
    return items
