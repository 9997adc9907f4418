"""Relay: from the table's stream to the effects queue (design §8).

The stream is KEYS_ONLY and filtered to inserts of `E#`. Each event goes on as its name, unread: whether anything comes
of it is seen by whoever reads it once to do it. So neither a table that is away nor an event that cannot be read holds
up the stream. It is idempotent (effects are, by event id) and assumes no order.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chalicelib import observability
from chalicelib.access import binding
from chalicelib.complaints.envelope import Event
from chalicelib.messages.sqs import BATCH
from chalicelib.messages.webhooks import webhook
from chalicelib.messages.webhooks.webhook import Webhooks
from chalicelib.ports import QueueMessage
from chalicelib.store import keys
from chalicelib.store.port import Key
from chalicelib.wiring import Wiring


class Effect(msgspec.Struct, frozen=True, tag="effect"):
    """What the effects worker is told: which event, never what is in it. `number`: `U#<unit>` of a unit's."""

    tenant: str
    number: str
    seq: int


def effect_of(key: Key) -> Effect | None:
    """The complaint's or unit's event that a stream record's key names; None for other items. Raises ValueError."""
    if not key.pk.startswith("T#") or not key.sk.startswith("E#"):
        return None
    _, tenant, rest = key.pk.split("#", 2)
    kind, _, number = rest.partition("#")
    if kind not in ("C", "U"):
        return None
    return Effect(tenant, number if kind == "C" else rest, int(key.sk.removeprefix("E#")))


def relay(wiring: Wiring, inserted: Sequence[Key]) -> int | None:
    """Enqueue the inserted events. The place of the first that may not be enqueued, before which all are; else None."""
    found = [(place, effect) for place, key in enumerate(inserted) if (effect := _readable(key)) is not None]
    for batch in (found[first : first + BATCH] for first in range(0, len(found), BATCH)):
        try:
            wiring.effects.send([QueueMessage.of(effect) for _, effect in batch])
        except Exception as error:  # noqa: BLE001  logged; the records come again
            observability.error("Events could not be relayed", count=len(batch), error=observability.frames(error))
            return batch[0][0]
    return None


def read(wiring: Wiring, effect: Effect) -> tuple[Event | None, Webhooks]:
    """The event, unless it was erased, and the webhooks that may want to hear of it."""
    key, hooks = keys.event(keys.aggregate(effect.tenant, effect.number), effect.seq), keys.webhooks(effect.tenant)
    with binding.tenant(effect.tenant):
        found = wiring.store.get([key, hooks])
    event = msgspec.json.decode(found[key].body, type=Event) if key in found else None
    return event, webhook.read(found.get(hooks))


def _readable(key: Key) -> Effect | None:
    """A key that no code of ours writes is passed over with an alarm: it must not stop its shard for a day."""
    try:
        return effect_of(key)
    except ValueError as error:
        observability.error("A record of the stream names no event", error=observability.frames(error))
        observability.measure("EffectFault")
        return None
