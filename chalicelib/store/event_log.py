"""The event log: the events of a complaint, a unit or the organisation, in the partition of its snapshot.

Only this module knows how events are stored. An `Event` has the JSON keys that the program uses. An `Envelope` has
every stored key, for hashing and export.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import msgspec

from chalicelib.complaints.envelope import Event
from chalicelib.store import keys, reads, scope
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key, Put, Store
from chalicelib.store.stored_form import Form

Envelope = dict[str, Any]

FORM = Form("event", Event, keeps=False, packs=True)


class EnvelopePage(NamedTuple):
    events: list[Envelope]
    after: Mapping[str, str] | None


class StoredRecord(NamedTuple):
    """Items of one partition that one query reads, each in the order of their keys.

    `others`: the snapshot and the evidence, if they were asked for.
    """

    events: list[Entry]
    private_values: list[Entry]
    others: list[Entry]


def key(pk: str, seq: int) -> Key:
    """Of one event, to read it together with other items: `find` takes it from what was read."""
    return keys.event(pk, seq)


def of_complaint(ref: CaseRef, seq: int) -> Key:
    """As `key`. A number that a request names is always that of a complaint here, never of a unit."""
    return keys.event(keys.complaint(ref.tenant, ref.number), seq)


def place_of(key: Key) -> tuple[str, str, int] | None:
    """Tenant, number and seq; None for the key of something else than an event of a complaint or a unit.

    Raises ValueError for an event's key that is malformed.
    """
    record = keys.parse_record(key.pk) if keys.is_event(key) else None
    return None if record is None else (*record, keys.event_seq(key))


def put(pk: str, seq: int, body: str) -> Put:
    """The write of a new event. `body`: its envelope as JSON. Fails if there is an event with this number."""
    return Put(FORM.of_text(keys.event(pk, seq), body))


def decode(entry: Entry) -> Event:
    return FORM.read(entry)


def is_later(entry: Entry) -> bool:
    """True if a later release has recorded the event, whose effect may then be another one."""
    return (entry.form or 0) > FORM.version


def decode_envelope(entry: Entry) -> Envelope:
    return FORM.read_part(entry, Envelope)


def events_in(envelopes: Sequence[Envelope]) -> list[Event]:
    """The events in envelopes that were read."""
    return msgspec.convert(envelopes, list[Event])


def find(entries: Mapping[Key, Entry], key: Key) -> Event | None:
    """The event among entries that were read. None if it was erased or never recorded."""
    entry = entries.get(key)
    return None if entry is None else decode(entry)


def read(store: Store, pk: str) -> Iterator[Event]:
    """Yields the events in order. Reads page by page."""
    return map(decode, reads.items(store, pk, keys.EVENTS))


def read_between(store: Store, pk: str, first: int, last: int, page_size: int) -> Iterator[Event]:
    """Yields the events with these numbers, both included. Reads nothing if there can be none."""
    return map(decode, reads.items(store, pk, keys.events(first, last), page_size))


def read_envelopes(store: Store, pk: str, page_size: int = reads.PAGE_SIZE) -> Iterator[Envelope]:
    """Yields the whole envelopes, with all their JSON keys, in order of `seq`. Consistent within a page.

    `page_size`: items per query. The pages are read lazily (see `reads.pages`).
    """
    return map(decode_envelope, reads.items(store, pk, keys.EVENTS, page_size))


def read_entries(store: Store, pk: str) -> Iterator[Entry]:
    """As `read_envelopes`, as they are stored."""
    return reads.items(store, pk, keys.EVENTS)


def read_backwards(store: Store, pk: str, page_size: int) -> Iterator[Envelope]:
    """Yields the whole envelopes, latest event first. Reads each page when its first event is asked for."""
    return map(decode_envelope, read_entries_backwards(store, pk, page_size))


def read_entries_backwards(store: Store, pk: str, page_size: int = reads.PAGE_SIZE) -> Iterator[Entry]:
    """As `read_backwards`, as they are stored."""
    fetch = partial(store.query, pk, first=keys.EVENTS.first, last=keys.EVENTS.last, limit=page_size, newest_first=True)
    return reads.entries(fetch)


def read_newest(store: Store, pk: str, limit: int, after: Mapping[str, str] | None) -> EnvelopePage:
    """One page, latest event first."""
    page = store.query(pk, first=keys.EVENTS.first, last=keys.EVENTS.last, limit=limit, after=after, newest_first=True)
    return EnvelopePage([decode_envelope(entry) for entry in page.entries], page.after)


def read_record(store: Store, pk: str, page_size: int, *, evidence: bool = False) -> StoredRecord:
    """All events and private values. With `evidence`, also the snapshot and the evidence, which sort behind them."""
    record = StoredRecord([], [], [])
    within = keys.EVENTS_TO_EVIDENCE if evidence else keys.EVENTS_AND_PRIVATE_VALUES
    for entry in reads.items(store, pk, within, page_size):
        if keys.is_event(entry.key):
            record.events.append(entry)
        elif keys.is_private(entry.key):
            record.private_values.append(entry)
        else:
            record.others.append(entry)
    return record


class AfterRecord:
    """`port.Store` for a request that has read a record: its events and private values take no further call, also those
    that were not there. Later events are read."""

    def __init__(self, store: Store, record: StoredRecord) -> None:
        self._store = store
        self._known = {entry.key: entry for entry in (*record.events, *record.private_values)}
        last = record.events[-1].key if record.events else Key("", "")
        self._pk, self._last = last.pk, keys.written_seq(last)

    def get(self, wanted: Sequence[Key]) -> dict[Key, Entry]:
        scope.check_partitions(key.pk for key in wanted)
        unknown = [key for key in wanted if not self._was_read(key)]
        known = {key: self._known[key] for key in wanted if key in self._known}
        return known | self._store.get(unknown) if unknown else known

    def _was_read(self, key: Key) -> bool:
        return key.pk == self._pk and "" < keys.written_seq(key) <= self._last

    def __getattr__(self, name: str) -> Any:
        """What a request queries or writes is the store's."""
        return getattr(self._store, name)
