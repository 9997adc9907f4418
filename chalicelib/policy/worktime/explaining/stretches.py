"""Stretches of time that a limit did not count, with their causes; joined where they belong together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from chalicelib.kit.instants import Instant, from_instant, to_text
from chalicelib.policy.worktime.calendars.document import Cause
from chalicelib.policy.worktime.calendars.holidays import HolidayName

SkipCause = Cause | Literal["closed_hours", "start_day", "pause", "ends_in_pause"]
"""`ends_in_pause`: a day with which the limit would have ended, but in a pause."""

MAX_LISTED = 100
"""The maximum number of stretches listed one by one. More are summed by year and cause, to keep records small."""


class SkippedStretch(msgspec.Struct, frozen=True):
    """[begin, end) was skipped. `end` is None for an open pause; `days` is None unless the limit is in days."""

    begin: Instant
    end: Instant | None
    cause: SkipCause
    name: HolidayName | None = None
    days: int | None = None
    skipped: int | None = None
    """The total milliseconds if this is the sum of several stretches."""
    times: int = 1

    @property
    def length(self) -> int | None:
        if self.skipped is not None:
            return self.skipped
        return None if self.end is None else self.end - self.begin

    def to_json(self) -> dict[str, Any]:
        value: dict[str, Any] = {
            "cause": self.cause,
            "from": to_text(self.begin),
            "until": None if self.end is None else to_text(self.end),
            "ms": self.length,
            "times": self.times,
        }
        if self.name:
            value["name"] = {"en": self.name.en, "zh": self.name.zh}
        if self.days is not None:
            value["days"] = self.days
        return value


def join_stretches(stretches: Iterable[SkippedStretch]) -> Iterator[SkippedStretch]:
    """Merges adjacent stretches of the same cause, and closed hours with adjacent closed days."""
    last: SkippedStretch | None = None
    for new in stretches:
        joined = _joined(last, new) if last and last.end == new.begin else None
        if last and joined is None:
            yield last
        last = joined or new
    if last:
        yield last


def _joined(last: SkippedStretch, new: SkippedStretch) -> SkippedStretch | None:
    days = None if last.days is None or new.days is None else last.days + new.days
    if last.cause != new.cause and not {last.cause, new.cause}.isdisjoint(("pause", "ends_in_pause")):
        return None
    if (last.cause, last.name) == (new.cause, new.name) or new.cause == "closed_hours":
        return replace(last, end=new.end, days=days)
    if last.cause == "closed_hours":
        return replace(new, begin=last.begin, days=days)
    return None


def summarise(stretches: list[SkippedStretch]) -> list[SkippedStretch]:
    """Returns up to `MAX_LISTED` stretches unchanged; otherwise one sum per year (UTC), cause and holiday."""
    if len(stretches) <= MAX_LISTED:
        return stretches
    sums: dict[Any, SkippedStretch] = {}
    for stretch in stretches:
        key = (from_instant(stretch.begin).year, stretch.cause, stretch.name, stretch.end is None)
        sums[key] = _added(sums[key], stretch) if key in sums else stretch
    return list(sums.values())


def _added(one: SkippedStretch, other: SkippedStretch) -> SkippedStretch:
    return replace(
        one,
        end=other.end,
        days=None if one.days is None else one.days + (other.days or 0),
        skipped=(one.length or 0) + (other.length or 0),
        times=one.times + other.times,
    )
