"""Relay: from the table's stream to the effects queue (design §8).

The stream is KEYS_ONLY and filtered to inserts of `E#`. Whom to tell was decided with the act, so only `notified`
events go on. It is idempotent (effects are, by event id) and assumes no order.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chalicelib.complaints.envelope import Event
from chalicelib.messages.message import tells
from chalicelib.ports import QueueMessage
from chalicelib.store.port import Key
from chalicelib.tenants import binding
from chalicelib.wiring import Wiring


class Effect(msgspec.Struct, frozen=True, tag="effect"):
    """What the effects worker is told: which event, never what is in it."""

    tenant: str
    number: str
    seq: int


def effect_of(key: Key) -> Effect | None:
    """The complaint's event that a stream record's key names; None for other aggregates and items."""
    if not key.pk.startswith("T#") or not key.sk.startswith("E#"):
        return None
    _, tenant, rest = key.pk.split("#", 2)
    kind, _, number = rest.partition("#")
    return Effect(tenant, number, int(key.sk.removeprefix("E#"))) if kind == "C" else None


def relay(wiring: Wiring, keys: Sequence[Key]) -> None:
    """Enqueue what the inserted events cause. Raises where the queue or the store does: the records come again."""
    for key in keys:
        effect = effect_of(key)
        if effect is None:
            continue
        with binding.tenant(effect.tenant):
            entry = wiring.store.get([key]).get(key)
        if entry is not None and tells(msgspec.json.decode(entry.body, type=Event)):
            message = QueueMessage(tenant=effect.tenant, body=msgspec.json.encode(effect).decode())
            wiring.effects.send([message])
