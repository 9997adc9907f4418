"""The event that a notice is about. Its id has its number, or the clock whose due time performed the act."""

from __future__ import annotations

from collections.abc import Mapping

from chalicelib.complaints.envelope import Event
from chalicelib.store import event_log
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key

_BY_TIME = "/act"
"""The end of the id of an act that time performed: `<number>/<clock>/<run>/act`."""
_MOST_BEFORE = 40
"""A notice follows its act in the same commit, which has no more events."""


def possible_keys(ref: CaseRef, notice: Event) -> list[Key]:
    """The keys under which the event can be stored. None for an event of another record, or for a missed deadline."""
    about, pk = notice.fields["about"], ref.pk
    number, _, seq = about.rpartition("/")
    if number == ref.number and seq.isdecimal():
        return [event_log.key(pk, int(seq))]
    if not about.startswith(f"{ref.number}/") or not about.endswith(_BY_TIME):
        return []
    return [event_log.key(pk, before) for before in range(max(1, notice.seq - _MOST_BEFORE), notice.seq)]


def find(entries: Mapping[Key, Entry], item_keys: list[Key], notice: Event) -> Event | None:
    """The event among entries that were read under `possible_keys`. None if it was erased."""
    found = (event_log.find(entries, key) for key in reversed(item_keys))
    return next((event for event in found if event is not None and event.id == notice.fields["about"]), None)
