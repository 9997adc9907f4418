"""What packages store of an organisation, for its erasure. Rows of `composition` name it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile
from typing import Any, NamedTuple

from chalicelib.casework import anchor_marks
from chalicelib.casework.composing.committed_event import CommittedEvent
from chalicelib.kit.instants import DAY, SECOND, Instant
from chalicelib.store import event_log, keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import CommitConflict, Entry, Key, Put, Require, Store, Write
from chalicelib.wiring import Wiring

MARK_KIND = "erasure-mark"
_LASTS = DAY
"""Real time for which the mark of an erasure stays."""
_EVENTS = 10
"""Read at once."""


class Leaver(NamedTuple):
    """`months`: those (`yyyymm`) that its numbers may have."""

    tenant: str
    units: Sequence[str]
    roles: Sequence[str]
    months: Sequence[str]


def _nothing(*_: Any) -> tuple[()]:
    return ()


class Erased(NamedTuple):
    """The items of a package. The caller binds the tenant, and can call each function again.

    `record`, `person`, `organisation`: the partitions of a record (of a complaint, a unit, or the organisation as a
    whole), of a person's sub, and of the organisation. `with_snapshot`: single items of a record, which are removed in
    the commit that removes its snapshot. The next two remove what only other items of the package name.

    `values_of`: erases what the package keeps of a complaint's private values and files. Called when the event
    `values_erased` is recorded, the erasure is marked, and the private items are removed. The complaint stays.
    """

    record: Callable[[CaseRef], Iterable[str]] = _nothing
    person: Callable[[str, str], Iterable[str]] = _nothing
    organisation: Callable[[Leaver], Iterable[str]] = _nothing
    with_snapshot: Callable[[CaseRef], Iterable[Key]] = _nothing
    remove_of_record: Callable[[Store, CaseRef], object] = _nothing
    remove_of_organisation: Callable[[Wiring, str], object] = _nothing
    values_of: Callable[[Wiring, CommittedEvent, Instant], object] = _nothing


def values_erased_since(store: Store, ref: CaseRef, version: int) -> bool:
    """Asks the store for later events: a request that has read the complaint gets its snapshot from its cache."""
    events = event_log.read_backwards(store, ref.pk, _EVENTS)
    return any(one["type"] == "values_erased" for one in takewhile(lambda one: one["seq"] > version, events))


def mark_erasure(wiring: Wiring, ref: CaseRef) -> None:
    """From now on, nothing that is made of the complaint's values is written (`unless_erased`).

    The mark outlasts each request, reaction and step of a job that has read the values before. Later ones find none.
    The caller binds the tenant.
    """
    expires = (wiring.real_clock() + _LASTS) // SECOND
    mark = Entry(key=keys.erasure_mark(*ref), kind=MARK_KIND, body="{}", expires=expires)
    wiring.store.commit([Put(mark, if_absent=False, plain=True)])


def unless_erased(ref: CaseRef) -> Require:
    """The condition of each write of what is made of private values, and is no part of the record.

    So it is written either before the mark, and removed by the erasure, or not at all.
    """
    return Require(keys.erasure_mark(*ref), present=False)


def commit_unless_erased(store: Store, ref: CaseRef, writes: Sequence[Write]) -> bool:
    """False, and nothing is written, if the values of the complaint are being erased. Raises `CommitConflict`."""
    try:
        store.commit([unless_erased(ref), *writes])
    except CommitConflict as lost:
        if 0 in lost.positions:
            return False
        raise
    return True


ERASED = Erased(
    record=lambda ref: [keys.reads_of(ref.tenant, ref.number)],
    organisation=lambda leaver: [
        *(keys.unit(leaver.tenant, name) for name in (keys.WHOLE, *leaver.units)),
        *anchor_marks.partitions(leaver.tenant),
    ],
)
