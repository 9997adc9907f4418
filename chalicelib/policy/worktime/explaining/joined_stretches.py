"""Joins stretches of time that belong together, and sums up long lists of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from chalicelib.kit.instants import from_instant
from chalicelib.policy.worktime.explaining.stretches import MAX_LISTED, Stretch


def join_stretches(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Merges adjacent stretches of the same cause, and closed hours with adjacent closed days."""
    last: Stretch | None = None
    for new in stretches:
        joined = _joined(last, new) if last and last.end == new.begin else None
        if last and joined is None:
            yield last
        last = joined or new
    if last:
        yield last


def _joined(last: Stretch, new: Stretch) -> Stretch | None:
    days = None if last.days is None or new.days is None else last.days + new.days
    if last.cause != new.cause and not {last.cause, new.cause}.isdisjoint(("pause", "ends_in_pause")):
        return None
    if (last.cause, last.name) == (new.cause, new.name) or new.cause == "closed_hours":
        return replace(last, end=new.end, days=days)
    if last.cause == "closed_hours":
        return replace(new, begin=last.begin, days=days)
    return None


def summarise(stretches: list[Stretch]) -> list[Stretch]:
    """Returns up to `MAX_LISTED` stretches unchanged; otherwise one sum per year (UTC), cause and holiday."""
    if len(stretches) <= MAX_LISTED:
        return stretches
    sums: dict[Any, Stretch] = {}
    for stretch in stretches:
        key = (from_instant(stretch.begin).year, stretch.cause, stretch.name, stretch.end is None)
        sums[key] = _added(sums[key], stretch) if key in sums else stretch
    return list(sums.values())


def _added(one: Stretch, other: Stretch) -> Stretch:
    return replace(
        one,
        end=other.end,
        days=None if one.days is None else one.days + (other.days or 0),
        skipped=(one.length or 0) + (other.length or 0),
        times=one.times + other.times,
    )
