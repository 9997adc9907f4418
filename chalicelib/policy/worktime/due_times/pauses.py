"""Pauses of a clock, normalised for the arithmetic: sorted, disjoint, and none before the start."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chalicelib.kit.instants import Instant

Pause = tuple[Instant, Instant | None]
"""From (inclusive) and until (exclusive); `until` is None while the pause is open."""

EndedPauses = list[tuple[Instant, Instant]]


def normalise_pauses(pauses: Iterable[Pause], start: Instant) -> list[Pause]:
    """Sorts the pauses, merges overlapping and adjacent ones, drops empty ones, and clips them to the start."""
    merged: list[Pause] = []
    for begin, end in sorted(pauses, key=lambda pause: pause[0]):
        begin = max(begin, start)
        if end is not None and end <= begin:
            continue
        if merged and ((last := merged[-1][1]) is None or begin <= last):
            merged[-1] = (merged[-1][0], _later(merged[-1][1], end))
        else:
            merged.append((begin, end))
    return merged


def _later(one: Instant | None, other: Instant | None) -> Instant | None:
    return None if one is None or other is None else max(one, other)


def pauses_before(pauses: Sequence[Pause], instant: Instant) -> EndedPauses:
    """The parts of normalised pauses before the instant; an open pause ends at the instant."""
    return [(begin, instant if end is None else min(end, instant)) for begin, end in pauses if begin < instant]
