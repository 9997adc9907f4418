"""Delivery of a `notified` event: in-app messages and mails to the people it is addressed to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

from msgspec.structs import replace

from chalicelib.casework.composing.committed_event import CommittedEvent, Reaction
from chalicelib.complaints.envelope import Event
from chalicelib.features.messages import ways
from chalicelib.features.messages.delivery import (
    Delivery,
    StoredDelivery,
    begin_attempt,
    delivered,
    delivery_of,
    first_result_writes,
    insert_attempted,
    insert_writes,
)
from chalicelib.features.messages.inbox import message, recipients, unstaffed_roles
from chalicelib.features.messages.inbox.message import Message, is_notice
from chalicelib.features.messages.inbox.message_source import MessageSource
from chalicelib.features.messages.inbox.readers import Readers, readers_of
from chalicelib.features.messages.inbox.recipients import Addressed
from chalicelib.features.messages.inbox.rendering import render
from chalicelib.features.messages.record_attempt import run_and_record
from chalicelib.features.messages.relay.relay import RelayedEvent
from chalicelib.kit.instants import Instant, from_text
from chalicelib.policy.language.wording.default_wording import ReaderKind
from chalicelib.ports import DeliveryFailed
from chalicelib.store import sizes
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.port import CommitConflict, Store, Write
from chalicelib.tenants.names import OWNER
from chalicelib.wiring import Wiring


def applies(committed: CommittedEvent) -> bool:
    return is_notice(committed.event)


def deliver(wiring: Wiring, committed: CommittedEvent, now: Instant) -> int:
    """Deliver the event. Returns how many readers were newly notified: a repeat notifies no reader again.

    A mail that fails is retried from index `due`, whether this call succeeds or raises. The caller binds the tenant.
    """
    event = committed.event
    relayed = RelayedEvent(committed.tenant, committed.number, event.seq, committed.again)
    readers = readers_of(wiring.store, relayed, event)
    count = _handle_unstaffed(wiring, relayed, event, readers, now) if readers.unstaffed_roles else 0
    return count + _notify(wiring, relayed, event, readers.all, now)


def _handle_unstaffed(wiring: Wiring, relayed: RelayedEvent, event: Event, readers: Readers, now: Instant) -> int:
    """Record the unstaffed roles and notify the owners. Returns how many owners were newly notified.

    A retry notifies the owners again, in case the run before ended early; `_notify` skips those who have the message.
    """
    before = unstaffed_roles.recorded_deliveries(wiring.store, relayed, event, now)
    if unstaffed_roles.was_delivered(before, event):
        return 0
    roles = unstaffed_roles.unrecorded_roles(before, readers.unstaffed_roles)
    notice = unstaffed_roles.owners_notice(wiring.store, relayed, event, readers)
    if notice is not None:
        unstaffed_roles.alert_operators(relayed, event, unstaffed_roles.awaited_roles(notice, roles))
    unstaffed_roles.record_failures(wiring.store, relayed, event, roles, now)
    if notice is None:
        return 0
    owners = readers_of(wiring.store, relayed, notice, [OWNER], readers.members)
    return _notify(wiring, relayed, notice, owners.all, now)


def _notify(wiring: Wiring, relayed: RelayedEvent, event: Event, to: list[str], now: Instant) -> int:
    """`to`: the readers. If the event is relayed again, nearly all of them have its message already."""
    if relayed.again:
        to = message.readers_without(wiring.store, relayed.tenant, to, event.id)
    if not to:
        return 0
    found = recipients.addressed(wiring, relayed.ref, event, to)
    notified = _write_messages(wiring, relayed, event, to, found, now)
    for name, way in ways.of_notice(event).items():
        reached = [reader for reader in notified if way.begins(found, reader)]
        if reached:
            begun = [begin_attempt(delivery_of(relayed.number, event, one, name, now), now) for one in reached]
            _send_each(wiring, relayed.tenant, event, begun, found, now)
    return len(notified)


def _write_messages(
    wiring: Wiring,
    relayed: RelayedEvent,
    event: Event,
    to: Sequence[str],
    found: Addressed,
    now: Instant,
) -> list[str]:
    """Write each reader's message and deliveries in one transaction. Returns the readers who did not have them yet."""
    policy, recorded = wiring.compiled.get(relayed.tenant, event.policy), from_text(event.recorded_at)
    texts = {
        kind: Message(
            id=event.id,
            number=relayed.number,
            at=event.at,
            about=event.fields["about"],
            wording=event.fields["wording"],
            text=render(MessageSource(policy, event, relayed.number, found.subject, found.units, found.people), kind),
            encloses=kind != "staff" and bool(event.fields.get("encloses")),
        )
        for kind in {found.kind_of(reader) for reader in to}
    }
    writes = {
        reader: [
            message.put_message(relayed.tenant, reader, _for_reader(texts, event, found, reader), now, recorded),
            *_deliveries(relayed, event, reader, found, now),
        ]
        for reader in to
    }
    size = sizes.groups_per_commit(writes.values())
    batches = [{one: writes[one] for one in to[first : first + size]} for first in range(0, len(to), size)]
    return [reader for batch in batches for reader in _commit(wiring.store, relayed.tenant, event, batch)]


def _for_reader(texts: Mapping[ReaderKind, Message], event: Event, found: Addressed, reader: str) -> Message:
    """The message, with a mark if the daily mail tells of it in place of a mail of its own."""
    text, to = texts[found.kind_of(reader)], found.recipients.get(reader)
    is_daily = to is not None and to.mails == "daily" and "email" in ways.of_notice(event)
    return replace(text, daily=True) if is_daily else text


def _commit(store: Store, tenant: str, event: Event, writes: dict[str, list[Write]]) -> list[str]:
    """Commit the writes of the readers who have no message yet, in one transaction. Returns these readers.

    Raises `Problem("conflict")` after repeated conflicts: a retry does not help if a delivery exists without its
    message.
    """

    def attempt() -> list[str]:
        missing = message.readers_without(store, tenant, list(writes), event.id)
        if missing:
            store.commit([write for reader in missing for write in writes[reader]])
        return missing

    with suppress(CommitConflict):  # the messages are not there yet: a look beforehand would cost a unit each time
        store.commit([write for each in writes.values() for write in each])
        return list(writes)
    return retry_or_refuse(attempt, "Another request changed the same items at the same time.")


def _deliveries(relayed: RelayedEvent, event: Event, reader: str, found: Addressed, now: Instant) -> list[Write]:
    """One in each way that reaches the reader."""
    writes: list[Write] = []
    for name, way in ways.of_notice(event).items():
        new = delivery_of(relayed.number, event, reader, name, now)
        if way.send is None:
            writes += insert_writes(relayed.tenant, delivered(new, now))
        elif way.begins(found, reader):
            writes += insert_attempted(relayed.tenant, begin_attempt(new, now))
    return writes


def _send_each(
    wiring: Wiring, tenant: str, event: Event, begun: Sequence[Delivery], found: Addressed, now: Instant
) -> None:
    """Send one delivery of a way after the other. When its service fails, the remaining ones wait for a retry."""
    failure: str | None = None
    for delivery in begun:

        def send(one: Delivery = delivery, failure: str | None = failure) -> None:
            if failure is not None:
                raise DeliveryFailed(failure)
            ways.send(wiring, tenant, event, one, found)

        after = run_and_record(wiring.store, tenant, StoredDelivery(delivery, 1), now, send, first_result_writes)
        failure = after.why if after.state == "pending" else None


REACTION = Reaction("messages", applies, deliver)
