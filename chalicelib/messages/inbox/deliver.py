"""Delivering: a `notified` event becomes messages of those whom it names, and mails to them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chalicelib.access import binding
from chalicelib.complaints.envelope import Event
from chalicelib.instants import Instant
from chalicelib.messages.delivery import Delivery, StoredDelivery, begun, delivery_of, new
from chalicelib.messages.inbox import message, readers, recipients, unstaffed_roles
from chalicelib.messages.inbox.message import Message, tells, text_of
from chalicelib.messages.inbox.readers import Readers
from chalicelib.messages.inbox.recipients import Recipient
from chalicelib.messages.mail import send_mail
from chalicelib.messages.record_attempt import attempted
from chalicelib.messages.relay.relay import Effect
from chalicelib.ports import DeliveryFailed
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict, Write
from chalicelib.tenants.names import OWNER
from chalicelib.wiring import Wiring

_BATCH = 24
"""Readers in one transaction: each has a message, two deliveries and a row, of the hundred items that it may hold."""
_ATTEMPTS = 3


def deliver(wiring: Wiring, effect: Effect, event: Event, now: Instant) -> int:
    """How many readers were told anew. A repeat changes nothing: a message's key is its reader and its event.

    A mail that does not get through is tried again from the due index, however this call ends.
    """
    if not tells(event):
        return 0
    with binding.tenant(effect.tenant):
        found = readers.of(wiring, effect, event)
        told = _vacant(wiring, effect, event, found, now) if found.nobody else 0
        return told + _tell(wiring, effect, event, found.all, now)


def _vacant(wiring: Wiring, effect: Effect, event: Event, found: Readers, now: Instant) -> int:
    """How many owners hear of roles that nobody has. They are told whenever it is tried again, in case a run died."""
    before = unstaffed_roles.of_before(wiring, effect, event, now)
    if unstaffed_roles.reached(before, event):
        return 0
    roles = unstaffed_roles.unnoted(before, found.nobody)
    alarm = unstaffed_roles.alarm(wiring, effect, event) if found.vacant else None
    if alarm is not None:
        unstaffed_roles.count(effect, event, roles)
    unstaffed_roles.note(wiring, effect, event, roles, now)
    if alarm is None:
        return 0
    return _tell(wiring, effect, alarm, readers.of(wiring, effect, alarm, [OWNER]).all, now)


def _tell(wiring: Wiring, effect: Effect, event: Event, to: list[str], now: Instant) -> int:
    reached = recipients.of_readers(wiring, effect.tenant, effect.number, to) if to else {}
    told = _write(wiring, effect, event, to, reached, now)
    _mail(wiring, effect, event, {reader: reached[reader] for reader in told if reader in reached}, now)
    return len(told)


def _write(
    wiring: Wiring,
    effect: Effect,
    event: Event,
    to: Sequence[str],
    reached: dict[str, Recipient],
    now: Instant,
) -> list[str]:
    """What each reader gets, in one transaction; who had not got it before."""
    policy = wiring.compiled.get(wiring.store, effect.tenant, event.policy)
    told = Message(
        id=event.id,
        number=effect.number,
        at=event.at,
        about=event.fields["about"],
        wording=event.fields["wording"],
        text=text_of(policy, event, effect.number),
    )
    items = {
        reader: [
            message.put(effect.tenant, reader, told, now),
            *new(effect.tenant, _told(effect, event, reader, now)),
            *(new(effect.tenant, _mailed(effect, event, reader, now)) if reader in reached else []),
        ]
        for reader in to
    }
    batches = [to[first : first + _BATCH] for first in range(0, len(to), _BATCH)]
    return [reader for batch in batches for reader in _put(wiring, effect, event, {one: items[one] for one in batch})]


def _put(wiring: Wiring, effect: Effect, event: Event, items: dict[str, list[Write]]) -> list[str]:
    """Those that are not there yet, in one transaction; one that lost the race is looked at again.

    Raises `Problem("conflict")`: where an effect is there and its message is not, no attempt mends it.
    """
    for _ in range(_ATTEMPTS):
        there = wiring.store.get([keys.message(effect.tenant, reader, event.id) for reader in items])
        missing = [reader for reader in items if keys.message(effect.tenant, reader, event.id) not in there]
        try:
            if missing:
                wiring.store.commit([write for reader in missing for write in items[reader]])
        except CommitConflict:
            continue
        return missing
    raise Problem("conflict", "Others acted on it at the same time.")


def _told(effect: Effect, event: Event, reader: str, now: Instant) -> Delivery:
    """Done as soon as it is written, for it is written together with the message."""
    told = delivery_of(effect.number, event, reader, "in_app", now)
    return msgspec.structs.replace(told, state="sent", tries=1, ended=now)


def _mailed(effect: Effect, event: Event, reader: str, now: Instant) -> Delivery:
    return begun(delivery_of(effect.number, event, reader, "email", now), now)


def _mail(wiring: Wiring, effect: Effect, event: Event, reached: dict[str, Recipient], now: Instant) -> None:
    """One after the other; once the mail service is away, the rest wait without asking it."""
    away: str | None = None
    for reader, recipient in reached.items():
        held = StoredDelivery(_mailed(effect, event, reader, now), 1)

        def send(mail: Delivery = held.delivery, to: Recipient = recipient, why: str | None = away) -> None:
            if why is not None:
                raise DeliveryFailed(why)
            send_mail.send(wiring, effect.tenant, event, mail, to)

        after = attempted(wiring, effect.tenant, held, now, send)
        away = after.why if after.state == "pending" else None
