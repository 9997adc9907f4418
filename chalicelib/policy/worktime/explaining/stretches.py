"""Stretches of time that a limit did not count, and their causes."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from chalicelib.kit.instants import Instant, to_text
from chalicelib.policy.worktime.days import Cause
from chalicelib.policy.worktime.holidays import HolidayName

SkipCause = Cause | Literal["closed_hours", "start_day", "pause", "ends_in_pause"]
"""`ends_in_pause`: a day with which the limit would have ended, but in a pause."""

MAX_LISTED = 100
"""The maximum number of stretches listed one by one. More are summed by year and cause, to keep records small."""


class Stretch(msgspec.Struct, frozen=True):
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
