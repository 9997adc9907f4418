"""Attempts of pending deliveries: enqueued when index `due` says so, then run by a worker."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.casework import snapshot
from chalicelib.complaints.envelope import Event
from chalicelib.complaints.rights import exclusion
from chalicelib.features.messages import record_attempt, ways
from chalicelib.features.messages.delivery import (
    LEASE,
    Delivery,
    StoredDelivery,
    begin_attempt,
    stored_delivery,
    update_writes,
)
from chalicelib.features.messages.inbox import recipients
from chalicelib.features.messages.record_attempt import run_and_record
from chalicelib.features.messages.webhooks import disable_webhook, send_webhook, webhook
from chalicelib.features.messages.webhooks.webhook import DISABLED_REASON, EXCLUDED_REASON, Webhook, Webhooks
from chalicelib.kit.instants import Instant
from chalicelib.ports import DeliveryFailed, DeliveryRefused, Queue, QueueMessage
from chalicelib.store import event_log, keys, reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import CommitConflict, Key, Store
from chalicelib.tenants.publication import known_policies
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.wiring import CompiledPolicies


class Attempt(msgspec.Struct, frozen=True, tag="attempt"):
    """The queue message: the key of the delivery to attempt."""

    tenant: str
    pk: str
    sk: str


def enqueue_due(wiring: Wiring, tenant: str, key: Key, now: Instant) -> int:
    """Enqueue a delivery that is due, at most once per lease. Returns how many were enqueued: 1 or 0.

    The caller binds the tenant.
    """
    stored = stored_delivery(reads.find(wiring.store, key))
    if stored is None or not _is_due(stored.delivery, now):
        return 0
    try:
        wiring.store.commit(update_writes(tenant, stored, stored.delivery, due=now + LEASE))
    except CommitConflict:
        return 0  # another sweep was faster
    enqueue_attempt(wiring.effects, wiring.hooks, tenant, key)
    return 1


def enqueue_attempt(effects_queue: Queue, webhook_queue: Queue, tenant: str, key: Key) -> None:
    """Enqueue an attempt of the delivery `key`. Webhooks have their own queue: a slow receiver must not delay mails."""
    queue = webhook_queue if _is_for_webhook(key) else effects_queue
    queue.send([QueueMessage.of(Attempt(tenant, key.pk, key.sk))])


def _is_for_webhook(key: Key) -> bool:
    return any(keys.is_effect_in(key, name) for name, way in ways.WAYS.items() if not way.is_for_people)


def run(wiring: Wiring, attempt: Attempt, now: Instant) -> Delivery | None:
    """Run one attempt and return the delivery afterwards. Returns None when the delivery is not due.

    When a message is handled twice at the same time, one of the two runs the attempt.
    """
    tenant, key = attempt.tenant, Key(attempt.pk, attempt.sk)
    with binding.tenant(tenant):
        stored = stored_delivery(reads.find(wiring.store, key))
        if stored is None or not _is_due(stored.delivery, now):
            return None
        leased = StoredDelivery(begin_attempt(stored.delivery, now), stored.version + 1)
        try:
            wiring.store.commit(update_writes(tenant, stored, leased.delivery))
        except CommitConflict:
            return None
        known = known_policies.only_known(wiring)
        return run_and_record(wiring.store, tenant, leased, now, lambda: _send(known, tenant, leased.delivery, now))


def _is_due(delivery: Delivery, now: Instant) -> bool:
    return delivery.state == "pending" and delivery.again is not None and delivery.again <= now


def _send(wiring: Wiring, tenant: str, delivery: Delivery, now: Instant) -> None:
    key = event_log.key(CaseRef(tenant, delivery.number).pk, delivery.seq)
    event = event_log.decode(wiring.store.get([key])[key])
    if ways.of(delivery.way).is_for_people:
        found = recipients.addressed(wiring, CaseRef(tenant, delivery.number), event, [delivery.reader])
        ways.send(wiring, tenant, event, delivery, found)
    else:
        _send_event(wiring, tenant, event, delivery, now)


def _send_event(wiring: Wiring, tenant: str, event: Event, delivery: Delivery, now: Instant) -> None:
    """Send the event. The webhook is disabled and its owners are notified before the delivery is marked as failed.

    If the process ends in between, the next attempt repeats both steps.
    """
    of_complaint = snapshot.key(CaseRef(tenant, delivery.number))
    found = wiring.store.get([webhook.key(tenant), of_complaint])
    hooks = webhook.among(found, tenant)
    hook = hooks.find(delivery.reader)
    if hook is None:
        raise DeliveryRefused("the webhook was removed")
    if hook.disabled is not None:
        raise DeliveryRefused(DISABLED_REASON)
    complaint = snapshot.parse_state(found[of_complaint])
    if complaint is not None and not exclusion.people(complaint.recused).isdisjoint(hook.by):
        raise DeliveryRefused(EXCLUDED_REASON)
    try:
        body = send_webhook.payload(CaseRef(tenant, delivery.number), event)
        send_webhook.send(wiring, tenant, hook, f"{tenant}/{event.id}", body)
    except send_webhook.Gone:
        disable_webhook.disable(wiring.store, wiring.compiled, tenant, hook.id, "gone", now)
        raise DeliveryRefused("the receiver answered 410 (gone)") from None
    except DeliveryFailed:
        if record_attempt.next_try(delivery.tries, delivery.since, now) is None:
            _give_up(wiring.store, wiring.compiled, tenant, hook, delivery, now)
        raise
    _record_arrival(wiring.store, tenant, hooks, hook, now)


def _give_up(
    store: Store, compiled: CompiledPolicies, tenant: str, hook: Webhook, delivery: Delivery, now: Instant
) -> None:
    """Disable the webhook, unless its receiver accepted another event during the retry period."""
    if hook.arrived_since(delivery.since):
        disable_webhook.report_missed_event(store, compiled, tenant, hook.id, delivery.event, now)
    else:
        disable_webhook.disable(store, compiled, tenant, hook.id, "unreachable", now)


def _record_arrival(store: Store, tenant: str, hooks: Webhooks, hook: Webhook, now: Instant) -> None:
    if hook.arrived_since(now):
        return
    updated = hooks.with_webhook(replace(hook, delivered=now))
    with suppress(CommitConflict):  # the item was changed meanwhile; the next delivery records its arrival
        store.commit([webhook.change(tenant, hooks, updated)])
