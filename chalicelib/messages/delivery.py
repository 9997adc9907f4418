"""A delivery: one effect, an event on its way to one reader by one way, and what became of it (pure)."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from chalicelib.complaints.envelope import Event
from chalicelib.instants import MINUTE, Instant, to_text
from chalicelib.store import keys
from chalicelib.store.port import Change, Entry, Key, Put, Remove, Write

KIND = "effect"
SHELVED = "effect-row"
LEASE = 5 * MINUTE
"""How long whoever tries has it to itself: more than any worker's time. Then the sweep has it tried again."""

Way = Literal["in_app", "email", "webhook"]
DeliveryState = Literal["pending", "sent", "failed"]


class Delivery(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    event: str
    number: str
    seq: int
    at: str
    """When the event was recorded."""
    about: str
    """What it says: the wording's name, or the event's type."""
    reader: str
    """A person's `sub`, `C#<number>` for the complainant, a webhook's id, or a role that nobody has. No address."""
    way: Way
    state: DeliveryState = "pending"
    why: str | None = None
    """Why it failed, or why the latest try did."""
    tries: int = 0
    since: Instant
    """When it was first tried, or asked for anew."""
    again: Instant | None = None
    """When it is tried next, while it is pending."""
    ended: Instant | None = None


class StoredDelivery(msgspec.Struct, frozen=True):
    """A delivery as it was read, with the version that the next write is conditional on."""

    delivery: Delivery
    version: int


def delivery_of(number: str, event: Event, reader: str, way: Way, now: Instant) -> Delivery:
    """Of a `notified` event."""
    return Delivery(
        event=event.id,
        number=number,
        seq=event.seq,
        at=event.recorded_at,
        about=event.fields["wording"],
        reader=reader,
        way=way,
        since=now,
    )


def key_of(tenant: str, delivery: Delivery) -> Key:
    return keys.effect(tenant, delivery.at, delivery.event, delivery.way, delivery.reader)


def begun(delivery: Delivery, now: Instant) -> Delivery:
    """Being tried now, by whoever writes this."""
    return msgspec.structs.replace(delivery, tries=delivery.tries + 1, again=now + LEASE)


def new(tenant: str, delivery: Delivery, *, due: Instant | None = None) -> list[Write]:
    """A delivery that is not there yet; a repeat loses on its deterministic key. `due`: as in `changed`."""
    writes: list[Write] = [Put(entry(tenant, delivery, 1, due=due))]
    return writes if delivery.state == "sent" else [*writes, _shelve(tenant, delivery)]


def changed(tenant: str, held: StoredDelivery, after: Delivery, *, due: Instant | None = None) -> list[Write]:
    """Raises nothing here: the commit loses where somebody else changed it. `due`: when it wakes, if not `again`."""
    before = held.delivery
    writes: list[Write] = [Change(entry(tenant, after, held.version + 1, due=due), held.version)]
    if before.state != after.state:
        if before.state != "sent":
            writes.append(Remove(_shelf_key(tenant, before)))
        if after.state != "sent":
            writes.append(_shelve(tenant, after))
    return writes


def entry(tenant: str, delivery: Delivery, version: int, *, due: Instant | None = None) -> Entry:
    """The item. While it is pending it hangs on the due index, so nothing that dies in between loses it."""
    wakes = (due or delivery.again) if delivery.state == "pending" else None
    aggregate = f"F#{delivery.at[:7]}"
    return Entry(
        key=key_of(tenant, delivery),
        kind=KIND,
        body=msgspec.json.encode(delivery).decode(),
        version=version,
        due=None if wakes is None else keys.due(tenant, aggregate, wakes),
    )


def held_in(found: Entry | None) -> StoredDelivery | None:
    if found is None or found.kind != KIND:
        return None
    return StoredDelivery(msgspec.json.decode(found.body, type=Delivery), found.version or 0)


def view(delivery: Delivery) -> dict[str, Any]:
    return {
        "event": delivery.event,
        "number": delivery.number,
        "recorded_at": delivery.at,
        "about": delivery.about,
        "reader": delivery.reader,
        "way": delivery.way,
        "state": delivery.state,
        "why": delivery.why,
        "tries": delivery.tries,
        "next_try_at": None if delivery.again is None else to_text(delivery.again),
        "ended_at": None if delivery.ended is None else to_text(delivery.ended),
    }


def _shelve(tenant: str, delivery: Delivery) -> Put:
    return Put(Entry(key=_shelf_key(tenant, delivery), kind=SHELVED, body="{}"), if_absent=False)


def _shelf_key(tenant: str, delivery: Delivery) -> Key:
    return Key(keys.effects(tenant, delivery.state), key_of(tenant, delivery).sk)
