"""Limit texts: `24 hours`, `1 month`, `5 working days`, `same working day`, `none`."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from chalicelib.instants import DAY, HOUR, MINUTE, SECOND

LimitKind = Literal["elapsed", "months", "working_time", "working_days", "same_working_day", "none"]

TEN_YEARS = 3_660 * DAY
"""The longest limit, so that due times stay within the years of the calendar."""

_UNITS: dict[str, tuple[LimitKind, int, int]] = {
    "second": ("elapsed", SECOND, TEN_YEARS // SECOND),
    "minute": ("elapsed", MINUTE, TEN_YEARS // MINUTE),
    "hour": ("elapsed", HOUR, TEN_YEARS // HOUR),
    "day": ("elapsed", DAY, TEN_YEARS // DAY),
    "week": ("elapsed", 7 * DAY, TEN_YEARS // (7 * DAY)),
    "month": ("months", 1, 120),
    "working minute": ("working_time", MINUTE, TEN_YEARS // MINUTE),
    "working hour": ("working_time", HOUR, TEN_YEARS // HOUR),
    "working day": ("working_days", 1, TEN_YEARS // DAY),
}

_TEXT = r"([1-9][0-9]{0,8}) ((?:working )?[a-z]+?)s?"
_HELP = 'a limit is written "24 hours", "1 month", "5 working days", "same working day" or "none"'


class Limit(msgspec.Struct, frozen=True):
    """`amount` is in milliseconds for `elapsed` and `working_time`, otherwise a number of months or working days.

    `number` and `unit` are as written: `24` and `hour` in `24 hours`; `unit` is empty for texts without a number.
    """

    kind: LimitKind
    amount: int
    number: int
    unit: str

    def __str__(self) -> str:
        if not self.unit:
            return self.kind.replace("_", " ")
        return f"{self.number} {self.unit}{'s' if self.number > 1 else ''}"

    @property
    def is_working(self) -> bool:
        """True if the limit depends on the calendar's hours and holidays."""
        return self.kind in ("working_time", "working_days", "same_working_day")


NO_LIMIT = Limit("none", 0, 0, "")
SAME_WORKING_DAY = Limit("same_working_day", 1, 0, "")


def parse_limit(text: str) -> Limit:
    """Raises ValueError with a message for the policy's author."""
    if text == "none":
        return NO_LIMIT
    if text == "same working day":
        return SAME_WORKING_DAY
    match = re.fullmatch(_TEXT, text) if isinstance(text, str) else None
    if match is None or match[2] not in _UNITS:
        raise ValueError(_HELP)
    kind, size, most = _UNITS[match[2]]
    number = int(match[1])
    if number > most:
        raise ValueError(f"a limit is at most ten years, which is {most} {match[2]}s")
    return Limit(kind, number * size, number, match[2])
