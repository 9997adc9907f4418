"""Checks a record against its own hashes and against anchors. Works offline, on an exported archive."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from chalicelib.complaints.envelope import NO_HASH, PrivateValue, break_in_chain
from chalicelib.features.record import anchor
from chalicelib.features.record.anchor import Head

Events = Sequence[dict[str, Any]]


def record_faults(name: str, events: Events, head: str, heads: Sequence[Head] = ()) -> Iterator[str]:
    """Yields the faults of a whole record. `head`: the hash in its state; `heads`: its heads in all anchors."""
    broken = break_in_chain(events)
    if broken is not None:
        yield f"{name}: event {broken + 1} was changed, inserted or moved"
    elif head != (events[-1]["hash"] if events else NO_HASH):
        yield f"{name}: the record's last event is not the one in its state"
    for anchored in heads:
        if len(events) < anchored.seq:
            yield f"{name}: an anchor has event {anchored.seq}, but the record ends at event {len(events)}"
        elif not anchor.matches(anchored, events):
            yield f"{name}: event {anchored.seq} is not the event that an anchor has"


def private_value_faults(
    name: str,
    events: Events,
    values: Mapping[tuple[int, int], PrivateValue],
    unreadable: Collection[tuple[int, int]] = (),
) -> Iterator[str]:
    """Yields private values that are missing or changed. The service never erases a single one.

    `values` and `unreadable`: by event number and place.
    """
    digests = {event.get("seq"): event.get("private", []) for event in events}
    for (seq, place), value in sorted(values.items()):
        recorded = digests.get(seq, [])
        if place >= len(recorded) or recorded[place] != value.digest():
            yield f"{name}: private value {place} of event {seq} was changed"
    for event in events:
        for place in range(len(event.get("private", []))):
            if (at := (event.get("seq"), place)) not in values and at not in unreadable:
                yield f"{name}: private value {place} of event {at[0]} is missing"
