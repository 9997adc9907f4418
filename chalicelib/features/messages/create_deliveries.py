"""Webhook deliveries of an event: one for each webhook that is subscribed to its type."""

from __future__ import annotations

from chalicelib.casework.composing.committed_event import CommittedEvent, Reaction
from chalicelib.complaints.envelope import Event
from chalicelib.features.messages import attempt
from chalicelib.features.messages.delivery import LEASE, Delivery, insert_writes, key_of, mark_failed
from chalicelib.features.messages.webhooks import webhook
from chalicelib.features.messages.webhooks.webhook import DISABLED_REASON, Webhook
from chalicelib.kit.instants import Instant
from chalicelib.store.conflicts import retry_on_conflict
from chalicelib.store.port import Store, Write
from chalicelib.wiring import Wiring


def applies(committed: CommittedEvent) -> bool:
    """Whether a webhook subscribes to the event. Events of units are not sent to webhooks."""
    return not committed.is_of_unit and bool(_subscribed(committed))


def create_deliveries(wiring: Wiring, committed: CommittedEvent, now: Instant) -> int:
    """Write the deliveries and enqueue their first attempts. Returns how many were enqueued.

    A repeat changes nothing: a delivery's key is the event's id and the webhook's id. Each attempt is a message of the
    webhooks' queue, so a slow receiver does not delay messages to people. The caller binds the tenant.
    """
    tenant = committed.tenant
    deliveries = [_delivery(committed.number, committed.event, hook, now) for hook in _subscribed(committed)]
    inserted = retry_on_conflict(lambda: _insert(wiring.store, tenant, deliveries))
    pending = [one for one in inserted if one.state == "pending"]
    for delivery in pending:
        attempt.enqueue_attempt(wiring.effects, wiring.hooks, tenant, key_of(tenant, delivery))
    return len(pending)


def _subscribed(committed: CommittedEvent) -> list[Webhook]:
    hooks = webhook.among(committed.entries, committed.tenant)
    return [hook for hook in hooks.all if hook.wants(committed.event)]


def _insert(store: Store, tenant: str, deliveries: list[Delivery]) -> list[Delivery]:
    """Write the deliveries that do not exist yet, and return these.

    Raises `CommitConflict` if another run has just written one of them.
    """
    existing = store.get([key_of(tenant, one) for one in deliveries])
    missing = [one for one in deliveries if key_of(tenant, one) not in existing]
    writes: list[Write] = [write for one in missing for write in insert_writes(tenant, one, due=one.since + LEASE)]
    if writes:
        store.commit(writes)
    return missing


def _delivery(number: str, event: Event, hook: Webhook, now: Instant) -> Delivery:
    """Return a pending delivery. For a disabled webhook it is failed from the start, so that it can be replayed."""
    delivery = Delivery(
        event=event.id,
        number=number,
        seq=event.seq,
        at=event.recorded_at,
        about=event.type,
        reader=hook.id,
        way="webhook",
        since=now,
        again=now,
    )
    return delivery if hook.disabled is None else mark_failed(delivery, DISABLED_REASON, now)


REACTION = Reaction("webhooks", applies, create_deliveries)
