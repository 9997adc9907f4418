"""Schedule of the policy versions: which version applies at which time (pure)."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chalicelib.instants import Instant


class Scheduled(msgspec.Struct, frozen=True):
    version: str
    effective_at: Instant


def applicable(schedule: Sequence[Scheduled], now: Instant) -> str:
    """The version that took effect last before `now`. Of two with the same time: the one published later.

    If all versions are later than `now`, returns the earliest. This happens if another version was published while the
    request was running: the version that applied before is then no longer in the schedule. Raises ValueError for an
    empty schedule.
    """
    if not schedule:
        raise ValueError("no policy version is in effect")
    return (_current(schedule, now) or min(schedule, key=lambda entry: entry.effective_at)).version


def with_version(schedule: Sequence[Scheduled], new: Scheduled, now: Instant) -> list[Scheduled]:
    """The schedule with one more version, without versions that can no longer apply, to keep the snapshot small."""
    whole = [*schedule, new]
    current = _current(whole, now)
    return [entry for entry in whole if entry is current or entry.effective_at > now]


def _current(schedule: Sequence[Scheduled], now: Instant) -> Scheduled | None:
    started = [(entry.effective_at, place) for place, entry in enumerate(schedule) if entry.effective_at <= now]
    return schedule[max(started)[1]] if started else None
