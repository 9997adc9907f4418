"""The sentences of an explanation, for one language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec

from chalicelib.kit import catalogue
from chalicelib.policy.worktime.calendars.holidays import HolidayName
from chalicelib.policy.worktime.limit import Limit


class Wording(msgspec.Struct, frozen=True):
    """Format strings of one language, from the section `explanation` of the text catalogue."""

    language: str
    space: str
    comma: str
    date: str
    time: str
    weekdays: tuple[str, ...]
    units: Mapping[str, Mapping[str, str]]
    """`one` and `many` of each unit of a limit."""
    fixed: Mapping[str, str]
    """The limits without a number."""
    including: str
    until: str
    joint: Mapping[str, str]
    joint_comma: str
    then: str
    months: tuple[str, ...]
    zones: Mapping[str, str]
    """Time zones with a name of their own; `zone` is for all others, and for those without one in this language."""
    zone: str
    in_zone: str
    end_of_day: str
    before: str
    """A time with its preposition, as `end_of_day` has it."""
    due: str
    alone: str
    """As `due`, for a limit of several that does not decide."""
    part: str
    """As `due`, for a part after which another one starts."""
    paused: str
    beyond: str
    decides: str
    used: str
    """What passed in the calendar of an earlier unit."""
    no_limit: str
    rules: Mapping[str, str]
    first_day_rules: Mapping[str, str]
    """Of limits that include the first day."""
    skipped: str
    moved: Mapping[str, str]
    """By the calendar's `last_day`; `moved_of`: by the working days of another calendar."""
    moved_of: Mapping[str, str]
    held: str
    """A last day whose end lies in a pause; `held_moved`: the calendar's `last_day` moves the end into one."""
    held_moved: str
    stretch: str
    one_day: str
    since: str
    more: str
    causes: Mapping[str, str]
    holiday: str
    worked: str
    swapped: str
    own_opening: str
    edition: str
    provisional: str
    unlisted: str
    """Provisional because the organisation's own dates are not listed yet."""

    def limit(self, limit: Limit) -> str:
        if limit.kind == "then":
            return self.then.join(map(self.limit, limit.parts))
        if limit.parts:
            return self.joint[limit.kind].format(list=self.joint_comma.join(map(self.limit, limit.parts)))
        if limit.date is not None:
            month, day = limit.date
            return self.until.format(month=self.months[month - 1], day=day)
        if not limit.unit:
            return self.fixed[limit.kind]
        number = self.units[limit.unit]["many" if limit.number > 1 else "one"].format(number=limit.number)
        return self.including.format(limit=number) if limit.first_day else number

    def count(self, number: int, unit: str) -> str:
        return self.units[unit]["one" if number == 1 else "many"].format(number=number)

    def name(self, name: HolidayName) -> str:
        """Two holidays on one day are joined by `; ` in the tables."""
        return name.zh.replace("; ", "、") if self.language == "zh" else name.en


@cache
def wording(language: str) -> Wording:
    """In `zh` or `en`."""
    of_language = _in(catalogue.section("explanation", dict[str, Any]), language)
    return msgspec.convert({**of_language, "language": language}, Wording)


def _in(part: Any, language: str) -> Any:
    """Without the other language."""
    if isinstance(part, list):
        return [_in(one, language) for one in part]
    if part.keys() == {"zh", "en"}:
        return part[language]
    return {name: _in(one, language) for name, one in part.items()}
