"""Checks that the names of events are those of the language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, EVENTS
from chalicelib.policy.reading.faults import Fault, Path


def undefined_events(path: Path, used: Iterable[str], known: Collection[str] = EVENTS) -> Iterator[Fault]:
    """A fault for each used name that is no event of the language. Authors often write the act in its place.

    `known`: the events that the fault lists.
    """
    for name in used:
        if name in EVENT_OF_ACT and name not in EVENTS:
            yield Fault(path, "act-for-event", name=name, event=EVENT_OF_ACT[name])
        elif name not in EVENTS:
            yield Fault(path, "no-event", name=name, known=sorted(known))
