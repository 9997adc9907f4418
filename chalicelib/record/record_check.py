"""Checking a record by what it says of itself and what anchors say of it: for an export, and without any service."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from chalicelib.complaints.envelope import NO_HASH, PrivateValue, break_in_chain
from chalicelib.record import anchor
from chalicelib.record.anchor import Head

Events = Sequence[dict[str, Any]]


def record_faults(name: str, events: Events, head: str, heads: Sequence[Head] = ()) -> Iterator[str]:
    """What is wrong with a record, from its first event. `head`: where its state says that it ends; `heads`: those
    that anchors saw of it, at any time."""
    broken = break_in_chain(events)
    if broken is not None:
        yield f"{name}: event {broken + 1} was changed, inserted, or stands where another was"
    elif head != (events[-1]["hash"] if events else NO_HASH):
        yield f"{name}: the record does not end where the state says that it ends"
    for seen in heads:
        if len(events) < seen.seq:
            yield f"{name}: an anchor saw event {seen.seq}, and the record ends at {len(events)}"
        elif not anchor.matches(seen, events):
            yield f"{name}: event {seen.seq} is not the one that an anchor saw"


def private_value_faults(
    name: str,
    events: Events,
    values: Mapping[tuple[int, int], PrivateValue],
    unreadable: Collection[tuple[int, int]] = (),
) -> Iterator[str]:
    """`values` by event number and place: each must be there, as it was. Nothing in the service erases one alone."""
    digests = {event.get("seq"): event.get("private", []) for event in events}
    for (seq, place), value in sorted(values.items()):
        told = digests.get(seq, [])
        if place >= len(told) or told[place] != value.digest():
            yield f"{name}: private value {place} of event {seq} is not what it was"
    for event in events:
        for place in range(len(event.get("private", []))):
            if (at := (event.get("seq"), place)) not in values and at not in unreadable:
                yield f"{name}: private value {place} of event {at[0]} is missing"
