"""Stored items that follow from records, and what is wrong with them. Rows of `composition` name the items of features.

A repair mends the faults, and a check only names them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import msgspec

from chalicelib.casework.composing.committed_event import CommittedEvent
from chalicelib.casework.loading import Case
from chalicelib.complaints.envelope import Event
from chalicelib.kit.instants import Instant
from chalicelib.store import keys, reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key, Store, Write
from chalicelib.store.restoring import restore
from chalicelib.wiring import Wiring


class Replayed(NamedTuple):
    """A complaint or a unit as its events give it. `events`: all, at least one, which verify. `stored`: its snapshot,
    read before them, so it cannot be newer."""

    wiring: Wiring
    ref: CaseRef
    events: Sequence[Event]
    stored: Entry | None
    case: Case

    @property
    def store(self) -> Store:
        return self.wiring.store

    def committed(self, place: int) -> CommittedEvent:
        event = self.events[place]
        load = partial(self.wiring.compiled.get, self.ref.tenant, event.policy)
        return CommittedEvent(*self.ref, event=event, entries={}, load_policy=load, again=True)


class DerivedFault(NamedTuple):
    """An item that is missing or differs. `item`: its kind, or the name of its look-up. `what`: `missing`,
    `unreadable`, or the name of what differs, never a value. `mend`: None for what a repair may not write, such as
    events. It raises `CommitConflict` if it comes too late. `is_later`: only a later
    release can tell."""

    item: str
    what: str
    mend: Callable[[], object] | None
    is_later: bool = False


Faults = Iterator[DerivedFault]


class DerivedPart(NamedTuple):
    """Items of one package. `kinds`, `lookups`: those that it writes, without the look-ups' own kind.

    `of_record`: the faults of one record. `late`: reactions write the items a moment after the event.
    `of_organisation`: other faults, before those of all records. `begin`: starts what computes the rest anew, after
    these have been mended. The caller binds the tenant.
    """

    name: str
    of_record: Callable[[Replayed], Faults]
    kinds: tuple[str, ...] = ()
    lookups: tuple[str, ...] = ()
    late: bool = False
    of_organisation: Callable[[Wiring, str], Faults] = lambda wiring, tenant: iter(())
    begin: Callable[[Wiring, str, Instant], object] = lambda wiring, tenant, now: None


class Derived(NamedTuple):
    """An item as the record gives it. `is_kept`: whether a stored item that differs is right as well."""

    entry: Entry
    is_kept: Callable[[Entry], bool] = lambda _: False


def compared(store: Store, wanted: Iterable[Derived]) -> Faults:
    """The faults of these items. The caller binds the tenant."""
    every = list(wanted)
    found = reads.read_all(store, [one.entry.key for one in every])
    for one in every:
        yield from against(store, found.get(one.entry.key), one)


def against(store: Store, stored: Entry | None, wanted: Derived, *guards: Write) -> Faults:
    """The fault of an item that was read, if it has one. `guards`: conditions of the write."""
    entry = wanted.entry
    if stored != entry and not (stored is not None and (_is_later(stored, entry) or wanted.is_kept(stored))):
        yield DerivedFault(_name(entry), _difference(stored, entry), partial(restore, store, stored, entry, *guards))


def _is_later(stored: Entry, wanted: Entry) -> bool:
    """True for an item of a later release, which has what this one cannot compute."""
    return (stored.form or 0) > (wanted.form or 0)


def missing(
    store: Store, alternatives: Iterable[Sequence[Key]], entry_of: Callable[[Key], Entry], *guards: Write
) -> Faults:
    """Of each sequence of keys, one must be stored. If none is, the item with the first key is missing."""
    for names in alternatives:
        found = store.get(names)
        if not any(one == entry_of(key) for key, one in found.items()):
            wanted = Derived(entry_of(next(iter(found), names[0])))
            yield from against(store, found.get(wanted.entry.key), wanted, *guards)


def _name(entry: Entry) -> str:
    return keys.lookup_name(entry.key) if entry.kind == keys.LOOKUP_KIND else entry.kind


def _difference(stored: Entry | None, wanted: Entry) -> str:
    if stored is None:
        return "missing"
    if stored.body != wanted.body:
        return _difference_of_bodies(stored.body, wanted.body)
    return next(name for name in wanted.__struct_fields__ if getattr(stored, name) != getattr(wanted, name))


def _difference_of_bodies(stored: str, wanted: str) -> str:
    """The name of the first member that differs, if both are JSON objects."""
    try:
        found, expected = (msgspec.json.decode(body, type=dict[str, msgspec.Raw]) for body in (stored, wanted))
    except msgspec.DecodeError:
        return "unreadable" if wanted.startswith("{") else "body"
    names = [*expected, *(name for name in found if name not in expected)]
    return next((name for name in names if found.get(name) != expected.get(name)), "body")
