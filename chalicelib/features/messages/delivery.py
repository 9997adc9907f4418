"""A delivery: the stored state of one effect, that is of one event for one reader in one way."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import msgspec
from msgspec.structs import replace

from chalicelib.complaints.envelope import Event
from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.instants import MINUTE, Instant
from chalicelib.ports import MailTrouble
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key, Put, Remove, Store, Write
from chalicelib.store.stored_form import Form

KIND = "effect"
STATE_ROW_KIND = "effect-row"
"""Rows by which pending and failed deliveries are listed. Sent deliveries have none."""
LEASE = 5 * MINUTE
"""How long one worker has an attempt for itself. Longer than any worker's timeout; then the sweep enqueues it again."""

After = Mapping[str, str] | None
"""Where a page starts; None at the start, and after the last page."""
DeliveryState = Literal["pending", "sent", "failed"]


class Delivery(StoredPart, frozen=True, kw_only=True, omit_defaults=True):
    """The stored item. It holds no address."""

    event: str
    number: str
    seq: int
    at: str
    """When the event was recorded."""
    about: str
    """The wording's name for a notice; the event's type for a webhook."""
    reader: str
    """A person's `sub`, `C#<number>` for the complainant, a webhook's id, or the name of an unstaffed role."""
    way: str
    """A name of `ways.WAYS`."""
    state: DeliveryState = "pending"
    why: str | None = None
    """Why the delivery, or its latest attempt, failed."""
    tries: int = 0
    since: Instant
    """When the first attempt was due. A replay sets it anew."""
    again: Instant | None = None
    """When the next attempt is due; None unless pending."""
    ended: Instant | None = None
    mail: MailTrouble | None = None
    """Of a mail that was returned, or not sent because an earlier one was."""
    asked_again: bool = False
    """An owner asked to send it again."""


FORM = Form(KIND, Delivery)


class StoredDelivery(msgspec.Struct, frozen=True):
    """A delivery as it was read, with the item's version, on which the next write is conditional."""

    delivery: Delivery
    version: int


def delivery_of(number: str, event: Event, reader: str, way: str, now: Instant) -> Delivery:
    """Return a new delivery of a `notified` event."""
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


def delivered(delivery: Delivery, now: Instant) -> Delivery:
    """The new delivery as sent: in its way, nothing more is to be done than to write the message beside it."""
    return replace(delivery, state="sent", tries=1, ended=now)


def begin_attempt(delivery: Delivery, now: Instant) -> Delivery:
    """Count an attempt and take the lease for it."""
    return replace(delivery, tries=delivery.tries + 1, again=now + LEASE)


def mark_sent(delivery: Delivery, now: Instant) -> Delivery:
    return replace(delivery, state="sent", why=None, again=None, ended=now)


def mark_failed(delivery: Delivery, why: str, now: Instant, mail: MailTrouble | None = None) -> Delivery:
    """Mark the delivery as failed for good."""
    return replace(delivery, state="failed", why=why, again=None, ended=now, mail=mail)


def reset(delivery: Delivery, now: Instant) -> Delivery:
    """Make the delivery pending again, with a new retry period. The next sweep enqueues it.

    `since` always changes: `ses_feedback` uses it to tell the new mail from the one before.
    """
    since = max(now, delivery.since + 1)
    return replace(
        delivery, state="pending", why=None, tries=0, since=since, again=now, ended=None, mail=None, asked_again=True
    )


def key_of(tenant: str, delivery: Delivery) -> Key:
    return key(tenant, delivery.at, delivery.event, delivery.way, delivery.reader)


def key(tenant: str, recorded_at: str, event: str, way: str, reader: str) -> Key:
    """`reader`: as in `Delivery`."""
    return keys.effect(tenant, recorded_at, event, way, reader)


def key_in_tag(tenant: str, tag: str) -> Key:
    """The key of which a mail has the tag."""
    return keys.effect_by_sort_key(tenant, base64.urlsafe_b64decode(tag + "=" * (-len(tag) % 4)).decode())


def tag_of(tenant: str, delivery: Delivery) -> str:
    return base64.urlsafe_b64encode(key_of(tenant, delivery).sk.encode()).rstrip(b"=").decode()


def of_event(store: Store, tenant: str, one: Delivery) -> list[Delivery]:
    """All deliveries of the event of this one, in its way."""
    found = key_of(tenant, replace(one, reader=""))
    within = keys.starting_with(found.sk)
    page = store.query(found.pk, first=within.first, last=within.last)
    return [stored.delivery for stored in _deliveries(page.entries)]


def page(
    store: Store, tenant: str, part: str, limit: int, after: After, since: str | None = None
) -> tuple[list[StoredDelivery], After]:
    """A page of a month (`yyyy-mm`) or of the state `pending` or `failed`, and where the next one starts.

    Newest first or, with `since` (UTC text), those that were recorded since then, oldest first.
    """
    found = store.query(
        keys.effects(tenant, part), first=since or "", limit=limit, after=after, newest_first=since is None
    )
    entries = found.entries
    if entries and entries[0].kind == STATE_ROW_KIND:
        wanted = [keys.effect_by_sort_key(tenant, row.key.sk) for row in entries]
        stored = store.get(wanted)
        entries = [stored[key] for key in wanted if key in stored]
    return list(_deliveries(entries)), found.after


def _deliveries(entries: Iterable[Entry]) -> Iterator[StoredDelivery]:
    return (stored for entry in entries if (stored := stored_delivery(entry)))


def insert_writes(tenant: str, delivery: Delivery, *, due: Instant | None = None) -> list[Write]:
    """Return the writes that add a delivery. The commit conflicts when it exists: its key is deterministic.

    `due`: as in `update_writes`.
    """
    return [*insert_attempted(tenant, delivery, due=due), *_state_rows(tenant, delivery)]


def insert_attempted(tenant: str, delivery: Delivery, *, due: Instant | None = None) -> list[Write]:
    """The same for a delivery that is attempted at once, by this process. It is not listed as pending.

    Nearly every attempt succeeds, so a row would be written and removed within a second. `first_result_writes` lists
    those that fail. If the process ends in between, the sweep finds the delivery, and its next attempt lists it.
    """
    return [_write(tenant, delivery, 0, due)]


def first_result_writes(tenant: str, stored: StoredDelivery, after: Delivery) -> list[Write]:
    """Return the writes that record the attempt of `insert_attempted`. The commit conflicts as `update_writes`."""
    return [_write(tenant, after, stored.version, plain=True), *_state_rows(tenant, after)]


def update_writes(tenant: str, stored: StoredDelivery, after: Delivery, *, due: Instant | None = None) -> list[Write]:
    """Return the writes that change a delivery. The commit conflicts when another worker has changed it.

    `due`: when the sweep finds the delivery; by default `after.again`.
    """
    before = stored.delivery
    writes = [_write(tenant, after, stored.version, due)]
    if before.state != after.state:
        if before.state != "sent":
            writes.append(Remove(_state_row_key(tenant, before)))
        writes += _state_rows(tenant, after)
    elif after.tries > before.tries >= 1:  # the first attempt may have ended before its result was recorded
        writes += _state_rows(tenant, after)
    return writes


def _write(tenant: str, delivery: Delivery, before: int, due: Instant | None = None, *, plain: bool = False) -> Write:
    """`before`: the version, 0 if new. A pending delivery is in index `due`, so a worker that dies does not lose it."""
    wake_at = (due or delivery.again) if delivery.state == "pending" else None
    due_key = None if wake_at is None else keys.due(tenant, keys.effects_name(delivery.at), wake_at)
    return FORM.write(key_of(tenant, delivery), delivery, before, plain=plain, due=due_key)


def stored_delivery(entry: Entry | None) -> StoredDelivery | None:
    """Decode an item. Returns None when there is none or it is not a delivery."""
    if entry is None or entry.kind != KIND:
        return None
    return StoredDelivery(FORM.read(entry), entry.version or 0)


def _state_rows(tenant: str, delivery: Delivery) -> list[Put]:
    if delivery.state == "sent":
        return []
    return [Put(Entry(key=_state_row_key(tenant, delivery), kind=STATE_ROW_KIND, body="{}"), if_absent=False)]


def _state_row_key(tenant: str, delivery: Delivery) -> Key:
    return keys.effect_in_state(tenant, delivery.state, key_of(tenant, delivery))
