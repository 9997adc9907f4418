"""Relay: from the table's stream to the effects queue (design §8).

The stream is KEYS_ONLY and filtered to inserts of `E#`. Whom to tell was decided with the act, so of messages only
`notified` events go on; beside them what a webhook wants, changes a work list, or moves other aggregates. It is
idempotent (effects are, by event id) and assumes no order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from chalicelib.complaints.envelope import Event
from chalicelib.messages import webhook
from chalicelib.messages.message import tells
from chalicelib.messages.webhook import Webhooks
from chalicelib.policy.compiled import Policy
from chalicelib.ports import QueueMessage
from chalicelib.store import keys
from chalicelib.store.port import Key
from chalicelib.tenants import binding
from chalicelib.wiring import Wiring


class Effect(msgspec.Struct, frozen=True, tag="effect"):
    """What the effects worker is told: which event, never what is in it. `number`: `U#<unit>` of a unit's."""

    tenant: str
    number: str
    seq: int


def effect_of(key: Key) -> Effect | None:
    """The complaint's or unit's event that a stream record's key names; None for other items."""
    if not key.pk.startswith("T#") or not key.sk.startswith("E#"):
        return None
    _, tenant, rest = key.pk.split("#", 2)
    kind, _, number = rest.partition("#")
    if kind not in ("C", "U"):
        return None
    return Effect(tenant, number if kind == "C" else rest, int(key.sk.removeprefix("E#")))


Concerns = Callable[[Policy, Event], bool]
"""Whether an effect of some kind comes of the event, besides messages."""


def relay(wiring: Wiring, inserted: Sequence[Key], others: Sequence[Concerns] = ()) -> None:
    """Enqueue what the inserted events cause. Raises where the queue or the store does: the records come again."""
    for key in inserted:
        effect = effect_of(key)
        if effect is None:
            continue
        event, hooks = read(wiring, effect)
        if event is not None:
            with binding.tenant(effect.tenant):
                pass_on(wiring, effect, event, hooks, others)


def read(wiring: Wiring, effect: Effect) -> tuple[Event | None, Webhooks]:
    """The event, unless it was erased, and the webhooks that may want to hear of it."""
    key, hooks = keys.event(keys.aggregate(effect.tenant, effect.number), effect.seq), keys.webhooks(effect.tenant)
    with binding.tenant(effect.tenant):
        found = wiring.store.get([key, hooks])
    event = msgspec.json.decode(found[key].body, type=Event) if key in found else None
    return event, webhook.read(found.get(hooks))


def pass_on(wiring: Wiring, effect: Effect, event: Event, hooks: Webhooks, others: Sequence[Concerns]) -> bool:
    """Enqueue one event, if it causes anything; whether it does. The tenant is bound."""
    if not _causes(wiring, effect, event, hooks, others):
        return False
    message = QueueMessage(tenant=effect.tenant, body=msgspec.json.encode(effect).decode())
    wiring.effects.send([message])
    return True


def _causes(wiring: Wiring, effect: Effect, event: Event, hooks: Webhooks, others: Sequence[Concerns]) -> bool:
    if tells(event) or (effect.number[:1] != "U" and any(hook.wants(event) for hook in hooks.all)):
        return True
    policy = wiring.compiled.get(wiring.store, effect.tenant, event.policy)
    return any(concerns(policy, event) for concerns in others)
