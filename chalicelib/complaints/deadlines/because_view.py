"""Views of the explanation of a due time. `features.service.because_schema` describes them exactly."""

from __future__ import annotations

from typing import Literal

import msgspec

Words = dict[str, str]
"""A text by language: zh, en."""


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """Time that does not count. `ms`: null for an open pause. `times`: how many stretches are summed here."""

    cause: str
    start: str = msgspec.field(name="from")
    until: str | None
    ms: int | None
    times: int
    name: Words | msgspec.UnsetType = msgspec.UNSET
    days: int | msgspec.UnsetType = msgspec.UNSET


class WorkedDay(msgspec.Struct, frozen=True, kw_only=True):
    """A day with other hours than its weekday's. `hours`: `[from, to]` each."""

    date: str
    cause: str
    hours: list[tuple[str, str]]
    name: Words | msgspec.UnsetType = msgspec.UNSET


class Pause(msgspec.Struct, frozen=True, kw_only=True):
    start: str = msgspec.field(name="from")
    until: str | None


class Closing(msgspec.Struct, frozen=True, kw_only=True):
    """The end of the last day, for a limit in days."""

    date: str
    at: str


class LastDay(msgspec.Struct, frozen=True, kw_only=True):
    """The day with which the count ended, if the calendar's `rule` moved the end. `days`: those between. `of`: the
    calendar that has the working days, if it is another one."""

    date: str
    rule: str
    days: list[Stretch]
    of: str | msgspec.UnsetType = msgspec.UNSET


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """Days that do not count either: with any of them as the last day, the limit would end at `end`, in a pause."""

    start: str = msgspec.field(name="from")
    to: str
    end: str


class UsedView(msgspec.Struct, frozen=True, kw_only=True):
    """What a limit used in a calendar until its complaint got another unit: counted days, or open time in `ms`."""

    calendar: str
    until: str
    days: int | msgspec.UnsetType = msgspec.UNSET
    ms: int | msgspec.UnsetType = msgspec.UNSET


class PartView(msgspec.Struct, frozen=True, kw_only=True):
    """A due time by the calendar, step by step."""

    limit: str
    start: str
    end: str | None
    provisional: bool
    stretches: list[Stretch]
    text: Words
    timezone: str
    calendar: str
    day_ends: Literal["close", "midnight"]
    paused_days: Literal["whole"] | msgspec.UnsetType = msgspec.UNSET
    """`whole`: pauses removed the days that they cover. Without the key: those that they touch."""
    pauses: list[Pause]
    worked: list[WorkedDay]
    closing: Closing | msgspec.UnsetType = msgspec.UNSET
    beyond: bool | msgspec.UnsetType = msgspec.UNSET
    """True if the limit would end after 2099. It is then never due."""
    last_day: LastDay | msgspec.UnsetType = msgspec.UNSET
    held: list[Held] | msgspec.UnsetType = msgspec.UNSET
    counted_from: Closing | msgspec.UnsetType = msgspec.UNSET
    """The day to which a start at 24:00 belongs."""
    used: list[UsedView] | msgspec.UnsetType = msgspec.UNSET
    """What was used before `start`, in the calendars of earlier units."""


class CalculationView(PartView, frozen=True, kw_only=True):
    """`parts`: of `later of`, `earlier of` and `then`. `decides`: the number of the part that decides, from 0; absent
    for `then`, whose parts follow each other."""

    parts: list[PartView] | msgspec.UnsetType = msgspec.UNSET
    decides: int | msgspec.UnsetType | None = msgspec.UNSET


class ClockRule(msgspec.Struct, frozen=True, kw_only=True):
    """The rule of the policy. `hours`: open or closed at the start."""

    clock: str
    limit: str
    when: dict[str, list[str]]
    hours: str
    calendar: str | msgspec.UnsetType = msgspec.UNSET
    """The calendar's name in `calendars`, or `calendar`; absent if the policy has only that one."""
    clause: str | msgspec.UnsetType = msgspec.UNSET


class BecauseView(msgspec.Struct, frozen=True, kw_only=True):
    """`policy`: its version. `started_by`: the event. `due_before`: the due time before an extension.

    The rest is the due time by the calendar, step by step. A stated due time has no calendar, `pauses` or `worked`.
    """

    rule: ClockRule
    policy: str
    started_by: str
    due_at_the_change: str | msgspec.UnsetType = msgspec.UNSET
    timezone: str | msgspec.UnsetType = msgspec.UNSET
    calendar: str | msgspec.UnsetType = msgspec.UNSET
    limit: str
    start: str
    end: str | None
    due_before: str | msgspec.UnsetType = msgspec.UNSET
    provisional: bool
    day_ends: Literal["close", "midnight"] | msgspec.UnsetType = msgspec.UNSET
    paused_days: Literal["whole"] | msgspec.UnsetType = msgspec.UNSET
    """`whole`: pauses removed the days that they cover. Without the key: those that they touch."""
    pauses: list[Pause] | msgspec.UnsetType = msgspec.UNSET
    stretches: list[Stretch]
    worked: list[WorkedDay] | msgspec.UnsetType = msgspec.UNSET
    closing: Closing | msgspec.UnsetType = msgspec.UNSET
    beyond: bool | msgspec.UnsetType = msgspec.UNSET
    """True if the limit would end after 2099. It is then never due."""
    last_day: LastDay | msgspec.UnsetType = msgspec.UNSET
    held: list[Held] | msgspec.UnsetType = msgspec.UNSET
    counted_from: Closing | msgspec.UnsetType = msgspec.UNSET
    """The day to which a start at 24:00 belongs."""
    used: list[UsedView] | msgspec.UnsetType = msgspec.UNSET
    """What was used before `start`, in the calendars of earlier units."""
    event_at: str | msgspec.UnsetType = msgspec.UNSET
    """The time of the event, if its start counts as the opening of the next working day, `start`."""
    parts: list[PartView] | msgspec.UnsetType = msgspec.UNSET
    """Of `later of`, `earlier of` and `then`."""
    decides: int | msgspec.UnsetType | None = msgspec.UNSET
    """The number of the part that decides, from 0."""
    text: Words
