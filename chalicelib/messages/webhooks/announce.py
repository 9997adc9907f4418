"""Announcing: an event becomes a delivery to each webhook that wants its type."""

from __future__ import annotations

from chalicelib.access import binding
from chalicelib.complaints.envelope import Event
from chalicelib.instants import Instant
from chalicelib.messages import attempt
from chalicelib.messages.delivery import LEASE, Delivery, key_of, new
from chalicelib.messages.record_attempt import failed
from chalicelib.messages.relay.relay import Effect
from chalicelib.messages.webhooks.webhook import DISABLED, Webhook, Webhooks
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict, Write
from chalicelib.wiring import Wiring


def announce(wiring: Wiring, effect: Effect, event: Event, hooks: Webhooks, now: Instant) -> int:
    """How many deliveries are to be tried now. A repeat changes nothing: the key is the event's and the webhook's.

    Each try is a message of its own, on the webhooks' queue: a receiver that is slow holds up no message to people.
    """
    if effect.number.startswith(keys.UNIT):
        return 0  # webhooks hear of complaints
    with binding.tenant(effect.tenant):
        wanted = [_delivery(effect, event, hook, now) for hook in hooks.all if hook.wants(event)]
        tried = [one for one in _put(wiring, effect.tenant, wanted) if one.state == "pending"]
        for delivery in tried:
            attempt.send(wiring, effect.tenant, key_of(effect.tenant, delivery))
        return len(tried)


def _put(wiring: Wiring, tenant: str, wanted: list[Delivery]) -> list[Delivery]:
    """Those that were not there yet."""
    while True:
        there = wiring.store.get([key_of(tenant, one) for one in wanted]) if wanted else {}
        missing = [one for one in wanted if key_of(tenant, one) not in there]
        writes: list[Write] = [write for one in missing for write in new(tenant, one, due=one.since + LEASE)]
        try:
            if writes:
                wiring.store.commit(writes)
        except CommitConflict:
            continue
        return missing


def _delivery(effect: Effect, event: Event, hook: Webhook, now: Instant) -> Delivery:
    """One for a webhook that is disabled has failed from the start: it is there to be replayed."""
    delivery = Delivery(
        event=event.id,
        number=effect.number,
        seq=event.seq,
        at=event.recorded_at,
        about=event.type,
        reader=hook.id,
        way="webhook",
        since=now,
        again=now,
    )
    return delivery if hook.disabled is None else failed(delivery, DISABLED, now)
