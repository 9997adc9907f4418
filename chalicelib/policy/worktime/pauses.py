"""Pauses as the arithmetic wants them: in order, apart from each other, and none before the start."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chalicelib.instants import Instant

Pause = tuple[Instant, Instant | None]
"""From (inclusive) and until (exclusive); None where it is still open."""


def normalise_pauses(pauses: Iterable[Pause], start: Instant) -> list[Pause]:
    """Sorted, overlapping and touching ones joined, empty ones dropped, clipped to the start."""
    tidied: list[Pause] = []
    for begin, end in sorted(pauses, key=lambda pause: pause[0]):
        begin = max(begin, start)
        if end is not None and end <= begin:
            continue
        if tidied and ((last := tidied[-1][1]) is None or begin <= last):
            tidied[-1] = (tidied[-1][0], _later(tidied[-1][1], end))
        else:
            tidied.append((begin, end))
    return tidied


def _later(one: Instant | None, other: Instant | None) -> Instant | None:
    return None if one is None or other is None else max(one, other)


def pauses_before(pauses: Sequence[Pause], instant: Instant) -> list[tuple[Instant, Instant]]:
    """The parts of tidied pauses before the instant, open ones cut there."""
    return [(begin, instant if end is None else min(end, instant)) for begin, end in pauses if begin < instant]
