"""Relay of inserted events from the table's stream to the effects queue.

The stream is KEYS_ONLY and filtered to inserts of `E#` items. The relay forwards an event's key without reading the
event; the worker reads it and finds the reactions that apply. So neither an unavailable table nor an unreadable event
blocks the stream. Events may be relayed twice and in any order: reactions identify an event by its id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from chalicelib.casework.composing.committed_event import CommittedEvent
from chalicelib.complaints.envelope import Event
from chalicelib.features.messages.sqs import BATCH
from chalicelib.kit import observability
from chalicelib.ports import Queue, QueueMessage
from chalicelib.store import event_log
from chalicelib.store.keys import InCase
from chalicelib.store.port import Entry, Key

if TYPE_CHECKING:
    from chalicelib.wiring import CompiledPolicies


class RelayedEvent(InCase, frozen=True, tag="effect", omit_defaults=True):
    """The relay's queue message: identifies an event without its content. `number`: the complaint's, or `U#<unit>`.

    Messages of all versions have the tag `effect`. They do not mean an effect: most events have none.
    """

    seq: int
    again: bool = False
    """True if the stream has probably delivered the event before (`stream_reconciliation`)."""


def relayed_event(key: Key) -> RelayedEvent | None:
    """Return the message for a stream record's key; None if it is not the key of an event of a complaint or unit.

    Raises ValueError for an event's key that is malformed.
    """
    found = event_log.place_of(key)
    return None if found is None else RelayedEvent(*found)


def relay(effects_queue: Queue, inserted: Sequence[Key]) -> int | None:
    """Enqueue the inserted events in order.

    Returns None on success, otherwise the index of the first key that may not be enqueued: all before it are.
    """
    found = [(index, relayed) for index, key in enumerate(inserted) if (relayed := _relayed_or_none(key)) is not None]
    for batch in (found[first : first + BATCH] for first in range(0, len(found), BATCH)):
        try:
            effects_queue.send([QueueMessage.of(relayed) for _, relayed in batch])
        except Exception as error:  # noqa: BLE001  logged; the stream delivers the records again
            observability.error("Events could not be relayed", count=len(batch), error=observability.frames(error))
            return batch[0][0]
    return None


def committed_event(
    compiled: CompiledPolicies, relayed: RelayedEvent, event: Event, entries: Mapping[Key, Entry]
) -> CommittedEvent:
    """`entries`: the items read so far, with the tenant's webhooks."""
    load_policy = partial(compiled.get, relayed.tenant, event.policy)
    return CommittedEvent(relayed.tenant, relayed.number, event, entries, load_policy, relayed.again)


def _relayed_or_none(key: Key) -> RelayedEvent | None:
    """As `relayed_event`. A malformed key is skipped with an alarm: it must not block its shard for a day."""
    try:
        return relayed_event(key)
    except ValueError as error:
        observability.error("A stream record has a malformed key", error=observability.frames(error))
        observability.measure("EffectFault")
        return None
