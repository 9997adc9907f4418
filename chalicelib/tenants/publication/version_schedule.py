"""Which policy version applies when (pure)."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chalicelib.instants import Instant


class Scheduled(msgspec.Struct, frozen=True):
    version: str
    effective_at: Instant


def applicable(schedule: Sequence[Scheduled], now: Instant) -> str:
    """The version that took effect last; of two at one instant, the later published.

    The first one is from sign-up on. So where all lie ahead, another was published while the caller's request was on
    its way: what applied before is dropped by then, and the earliest stands for it. Raises ValueError where there is
    none at all.
    """
    if not schedule:
        raise ValueError("no policy version is in effect")
    return (_current(schedule, now) or min(schedule, key=lambda entry: entry.effective_at)).version


def with_version(schedule: Sequence[Scheduled], new: Scheduled, now: Instant) -> list[Scheduled]:
    """The schedule with one more version, without those that no longer can apply: it lies in the tenant's snapshot."""
    whole = [*schedule, new]
    current = _current(whole, now)
    return [entry for entry in whole if entry is current or entry.effective_at > now]


def _current(schedule: Sequence[Scheduled], now: Instant) -> Scheduled | None:
    started = [(entry.effective_at, place) for place, entry in enumerate(schedule) if entry.effective_at <= now]
    return schedule[max(started)[1]] if started else None
