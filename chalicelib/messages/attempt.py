"""Trying a pending delivery again, when the due index says that it is time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress

import msgspec
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.complaints.envelope import Event
from chalicelib.instants import Instant
from chalicelib.messages import backoff
from chalicelib.messages.delivery import LEASE, Delivery, StoredDelivery, begun, changed, held_in
from chalicelib.messages.inbox import recipients
from chalicelib.messages.mail import send_mail
from chalicelib.messages.record_attempt import attempted
from chalicelib.messages.webhooks import disable_webhook, send_webhook, webhook
from chalicelib.messages.webhooks.payload import payload
from chalicelib.messages.webhooks.webhook import DISABLED, Webhook, Webhooks
from chalicelib.ports import DeliveryFailed, DeliveryRefused, QueueMessage
from chalicelib.store import keys
from chalicelib.store.port import Change, CommitConflict, Key
from chalicelib.wiring import Wiring


class Attempt(msgspec.Struct, frozen=True, tag="attempt"):
    """What a worker is told: which delivery. Its key says all."""

    tenant: str
    pk: str
    sk: str


Send = Callable[[Wiring, str, Event, Delivery, Instant], None]


def enqueue(wiring: Wiring, tenant: str, key: Key, now: Instant) -> int:
    """From the sweep: put a delivery that is due on the queue, once a lease. The tenant is bound by the caller."""
    held = held_in(wiring.store.get([key]).get(key))
    if held is None or not _due(held.delivery, now):
        return 0
    try:
        wiring.store.commit(changed(tenant, held, held.delivery, due=now + LEASE))
    except CommitConflict:
        return 0  # another sweep was faster
    send(wiring, tenant, key)
    return 1


def send(wiring: Wiring, tenant: str, key: Key) -> None:
    """Each to its own queue: tries of webhooks may hang, and mails must not wait for them."""
    queue = wiring.hooks if keys.is_webhook_effect(key) else wiring.effects
    queue.send([QueueMessage.of(Attempt(tenant, key.pk, key.sk))])


def run_or_pass_on(wiring: Wiring, attempt: Attempt, now: Instant) -> None:
    """From the effects queue, which tries no webhook itself.

    While a new version is rolled out, functions of one that knows a single queue put tries of webhooks there.
    """
    key = Key(attempt.pk, attempt.sk)
    if keys.is_webhook_effect(key):
        send(wiring, attempt.tenant, key)
    else:
        run(wiring, attempt, now)


def run(wiring: Wiring, attempt: Attempt, now: Instant) -> Delivery | None:
    """One try; None where there was nothing to do. Two of the same message at once make one try."""
    tenant, key = attempt.tenant, Key(attempt.pk, attempt.sk)
    with binding.tenant(tenant):
        held = held_in(wiring.store.get([key]).get(key))
        if held is None or not _due(held.delivery, now):
            return None
        mine = StoredDelivery(begun(held.delivery, now), held.version + 1)
        try:
            wiring.store.commit(changed(tenant, held, mine.delivery))
        except CommitConflict:
            return None
        return attempted(wiring, tenant, mine, now, lambda: _do(wiring, tenant, mine.delivery, now))


def _due(delivery: Delivery, now: Instant) -> bool:
    return delivery.state == "pending" and delivery.again is not None and delivery.again <= now


def _do(wiring: Wiring, tenant: str, delivery: Delivery, now: Instant) -> None:
    of_tenant = delivery.number == keys.ORGANISATION
    pk = keys.organisation(tenant) if of_tenant else keys.aggregate(tenant, delivery.number)
    key = keys.event(pk, delivery.seq)
    event = msgspec.json.decode(wiring.store.get([key])[key].body, type=Event)
    _WAYS[delivery.way](wiring, tenant, event, delivery, now)


def _email(wiring: Wiring, tenant: str, event: Event, delivery: Delivery, now: Instant) -> None:
    found = recipients.of_readers(wiring, tenant, delivery.number, [delivery.reader])
    if delivery.reader not in found:
        raise DeliveryRefused("the reader has no address any more")
    send_mail.send(wiring, tenant, event, delivery, found[delivery.reader])


def _webhook(wiring: Wiring, tenant: str, event: Event, delivery: Delivery, now: Instant) -> None:
    """It is disabled, and its owners told, before the delivery is given up: whoever dies in between does both again."""
    key = keys.webhooks(tenant)
    hooks = webhook.read(wiring.store.get([key]).get(key))
    hook = hooks.find(delivery.reader)
    if hook is None:
        raise DeliveryRefused("the webhook was removed")
    if hook.disabled is not None:
        raise DeliveryRefused(DISABLED)
    try:
        send_webhook.send(wiring, tenant, hook, f"{tenant}/{event.id}", payload(tenant, delivery.number, event))
    except send_webhook.Gone:
        disable_webhook.disable(wiring, tenant, hook.id, "gone", now)
        raise DeliveryRefused("answered 410: it wants nothing any more") from None
    except DeliveryFailed:
        if backoff.next_try(delivery.tries, delivery.since, now) is None:
            _give_up(wiring, tenant, hook, delivery, now)
        raise
    _arrived(wiring, tenant, hooks, hook, now)


def _give_up(wiring: Wiring, tenant: str, hook: Webhook, delivery: Delivery, now: Instant) -> None:
    """A receiver that takes others, and not this one, goes on hearing of what it takes."""
    if hook.arrived_since(delivery.since):
        disable_webhook.pass_over(wiring, tenant, hook.id, delivery.event, now)
    else:
        disable_webhook.disable(wiring, tenant, hook.id, "unreachable", now)


def _arrived(wiring: Wiring, tenant: str, hooks: Webhooks, hook: Webhook, now: Instant) -> None:
    if hook.arrived_since(now):
        return
    noted = hooks.having(replace(hook, delivered=now))
    with suppress(CommitConflict):  # whoever changed it meanwhile has left it to the next that arrives
        wiring.store.commit([Change(webhook.entry_of(tenant, noted, hooks.version + 1), hooks.version)])


_WAYS: Mapping[str, Send] = {"email": _email, "webhook": _webhook}
