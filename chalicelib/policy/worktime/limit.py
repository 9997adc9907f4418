"""A time limit: what it counts, its text, and the answer to a question for its due time."""

from __future__ import annotations

from typing import Literal

import msgspec

from chalicelib.kit.instants import DAY, Instant

Count = Literal["elapsed", "months", "working_time", "working_days", "calendar_days", "calendar_months"]
"""The kinds that count a number of something."""
LimitKind = Literal[Count, "same_working_day", "same_day", "until", "later_of", "earlier_of", "then", "none"]
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
THEN = " then "
INCLUDING = " including the first day"
TEN_YEARS = 3_660 * DAY
"""The longest limit, so that due times stay within the years of the calendar."""


class Limit(msgspec.Struct, frozen=True):
    """`amount` is in milliseconds for `elapsed` and `working_time`, otherwise a number of months or days.

    `number` and `unit` are as written: `24` and `hour` in `24 hours`; `unit` is empty for texts without a number.
    """

    kind: LimitKind
    amount: int = 0
    number: int = 0
    unit: str = ""
    date: tuple[int, int] | None = None
    """Month and day of `until`. 29 February is the last day of February."""
    parts: tuple[Limit, ...] = ()
    """The limits of `later of`, `earlier of` and `then`."""
    first_day: bool = False
    """`including the first day`: the count begins with the day of the start."""

    def __str__(self) -> str:
        if self.kind == "then":
            return THEN.join(map(str, self.parts))
        if self.parts:
            return f"{self.kind.replace('_', ' ')} {', '.join(map(str, self.parts))}"
        if self.date is not None:
            return f"until {self.date[1]} {MONTHS[self.date[0] - 1]}"
        if not self.unit:
            return self.kind.replace("_", " ")
        return f"{self.number} {self.unit}{'s' if self.number > 1 else ''}{INCLUDING if self.first_day else ''}"

    @property
    def is_working(self) -> bool:
        """True if the limit counts open time or working days."""
        return self.kind in ("working_time", "working_days", "same_working_day")

    @property
    def ends_with_calendar_day(self) -> bool:
        """True if a calendar's `last_day` and `calendar_days_end` hold for the limit."""
        return self.kind in ("calendar_days", "calendar_months", "same_day", "until")

    @property
    def counts_days(self) -> bool:
        """True if the limit, or a part of it, ends with a day."""
        days = self.ends_with_calendar_day or self.kind in ("working_days", "same_working_day")
        return days or any(part.counts_days for part in self.parts)

    @property
    def is_one_day(self) -> bool:
        """True for one working day or calendar day; an `amount` of 1 can also be a month."""
        return self.amount == 1 and self.kind in ("working_days", "calendar_days")

    @property
    def includes_start_day(self) -> bool:
        return self.first_day or self.kind in ("same_day", "same_working_day")

    @property
    def is_elapsed_days(self) -> bool:
        """True if authors may have meant whole days: two days or more in elapsed days, weeks or months."""
        if self.parts:
            return any(part.is_elapsed_days for part in self.parts)
        return self.unit in ("week", "month") or (self.unit == "day" and self.number > 1)


NO_LIMIT = Limit("none")
SAME_WORKING_DAY = Limit("same_working_day", 1)
SAME_DAY = Limit("same_day")


class DueTime(msgspec.Struct, frozen=True):
    """`due` is None for the limit `none`, while a pause is open, and if it would lie beyond `instants.LAST`.

    `provisional` is True if the calculation needs a year whose holidays are not published, or dates not listed, yet.
    """

    due: Instant | None
    provisional: bool
    beyond: bool = False
    """True if the limit would end after the last instant that can be stored. It is then never due."""


NOT_DUE = DueTime(None, False)
BEYOND = DueTime(None, True, True)
