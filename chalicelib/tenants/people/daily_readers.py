"""The members who get one mail a day, each with how far the last one told them (`T#<tenant>#DAILY`).

So the hourly job reads these alone. An item stays when the member chooses otherwise, until what came before is told.
"""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.instants import Instant
from chalicelib.store import keys, reads
from chalicelib.store.port import Entry, Key, Put, Remove, Store, Update, Write
from chalicelib.store.stored_form import Form

KIND = "daily-mails"


class DailyReader(StoredPart, frozen=True, kw_only=True):
    """`told`: what was listed before is in an earlier mail. `leased`: real time until which one run sends a mail."""

    told: Instant
    leased: Instant = 0


FORM = Form(KIND, DailyReader)


def key(tenant: str, sub: str) -> Key:
    return keys.daily_mails_of(tenant, sub)


def begin(tenant: str, sub: str, now: Instant, before: Entry | None) -> list[Write]:
    """The write of a new one. Nothing if there is one: it goes on where it is."""
    return [] if before is not None else [Put(FORM.entry(key(tenant, sub), DailyReader(told=now), version=1))]


def change(entry: Entry, after: DailyReader) -> Update | Put:
    """The write of the next version of the item, as it was read."""
    return FORM.write(entry.key, after, entry)


def end(entry: Entry) -> Remove:
    return Remove(entry.key, entry.version)


def every(store: Store, tenant: str) -> Iterator[Entry]:
    return reads.items(store, keys.daily_mails(tenant))
