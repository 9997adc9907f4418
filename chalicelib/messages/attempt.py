"""Trying a pending delivery again, when the due index says that it is time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from chalicelib.complaints.envelope import Event
from chalicelib.instants import Instant
from chalicelib.messages import recipients, send_mail
from chalicelib.messages.conclude import attempted
from chalicelib.messages.delivery import LEASE, Delivery, Held, begun, changed, held_in
from chalicelib.ports import QueueMessage, Refused
from chalicelib.store import keys
from chalicelib.store.port import Key, Lost
from chalicelib.tenants import binding
from chalicelib.wiring import Wiring


class Attempt(msgspec.Struct, frozen=True, tag="attempt"):
    """What the effects worker is told: which delivery. Its key says all."""

    tenant: str
    pk: str
    sk: str


Send = Callable[[Wiring, str, Event, Delivery], None]


def enqueue(wiring: Wiring, tenant: str, key: Key, now: Instant) -> int:
    """From the sweep: put a delivery that is due on the queue, once a lease. The tenant is bound by the caller."""
    held = held_in(wiring.store.get([key]).get(key))
    if held is None or not _due(held.delivery, now):
        return 0
    try:
        wiring.store.commit(changed(tenant, held, held.delivery, due=now + LEASE))
    except Lost:
        return 0  # another sweep was faster
    send(wiring, tenant, key)
    return 1


def send(wiring: Wiring, tenant: str, key: Key) -> None:
    body = msgspec.json.encode(Attempt(tenant, key.pk, key.sk)).decode()
    wiring.effects.send([QueueMessage(tenant=tenant, body=body)])


def run(wiring: Wiring, attempt: Attempt, now: Instant) -> Delivery | None:
    """One try; None where there was nothing to do. Two of the same message at once make one try."""
    tenant, key = attempt.tenant, Key(attempt.pk, attempt.sk)
    with binding.tenant(tenant):
        held = held_in(wiring.store.get([key]).get(key))
        if held is None or not _due(held.delivery, now):
            return None
        mine = Held(begun(held.delivery, now), held.version + 1)
        try:
            wiring.store.commit(changed(tenant, held, mine.delivery))
        except Lost:
            return None
        return attempted(wiring, tenant, mine, now, lambda: _do(wiring, tenant, mine.delivery))


def _due(delivery: Delivery, now: Instant) -> bool:
    return delivery.state == "pending" and delivery.again is not None and delivery.again <= now


def _do(wiring: Wiring, tenant: str, delivery: Delivery) -> None:
    key = keys.event(keys.aggregate(tenant, delivery.number), delivery.seq)
    event = msgspec.json.decode(wiring.store.get([key])[key].body, type=Event)
    _WAYS[delivery.way](wiring, tenant, event, delivery)


def _email(wiring: Wiring, tenant: str, event: Event, delivery: Delivery) -> None:
    found = recipients.of_readers(wiring, tenant, delivery.number, [delivery.reader])
    if delivery.reader not in found:
        raise Refused("the reader has no address any more")
    send_mail.send(wiring, tenant, event, delivery, found[delivery.reader])


_WAYS: Mapping[str, Send] = {"email": _email}
