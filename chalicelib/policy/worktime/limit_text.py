"""Reads limits: `24 hours`, `5 working days`, `30 calendar days`, `until 31 January`, `later of 1 day, same day`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from chalicelib.kit.instants import DAY, HOUR, MINUTE, SECOND
from chalicelib.policy.worktime.limit import (
    INCLUDING,
    MONTHS,
    NO_LIMIT,
    SAME_DAY,
    SAME_WORKING_DAY,
    TEN_YEARS,
    THEN,
    Count,
    Limit,
)

MOST_PARTS = 4

UNITS: dict[str, tuple[Count, int, int]] = {
    "second": ("elapsed", SECOND, TEN_YEARS // SECOND),
    "minute": ("elapsed", MINUTE, TEN_YEARS // MINUTE),
    "hour": ("elapsed", HOUR, TEN_YEARS // HOUR),
    "day": ("elapsed", DAY, TEN_YEARS // DAY),
    "week": ("elapsed", 7 * DAY, TEN_YEARS // (7 * DAY)),
    "month": ("months", 1, 120),
    "working minute": ("working_time", MINUTE, TEN_YEARS // MINUTE),
    "working hour": ("working_time", HOUR, TEN_YEARS // HOUR),
    "working day": ("working_days", 1, TEN_YEARS // DAY),
    "calendar day": ("calendar_days", 1, TEN_YEARS // DAY),
    "calendar week": ("calendar_days", 7, TEN_YEARS // (7 * DAY)),
    "calendar month": ("calendar_months", 1, 120),
    "calendar year": ("calendar_months", 12, 10),
}
"""The kind of each unit, its size, and the largest number."""
DAY_COUNTS = ("working_days", "calendar_days", "calendar_months")
"""The kinds that can include the first day."""

_FIXED = {str(limit): limit for limit in (NO_LIMIT, SAME_WORKING_DAY, SAME_DAY)}
_NUMBER = r"([1-9][0-9]{0,8}) ((?:working |calendar )?[a-z]+?)s?"
_UNTIL = r"until ([1-9]|[12][0-9]|3[01]) ([A-Z][a-z]+)"
_JOINT = r"(later|earlier) of (.+)"
_MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_HELP = (
    'a limit is written "24 hours", "1 month", "5 working days", "30 calendar days", "1 calendar month", '
    '"6 calendar months including the first day", "same working day", "same day", "until 31 January", '
    '"later of 24 hours, 1 working day", "30 calendar days then 1 calendar year" or "none"'
)
_INCLUDING_HELP = '"including the first day" goes with working days, and with calendar days to years'
_JOINT_HELP = (
    f'"later of" and "earlier of" join two to {MOST_PARTS} limits with ", ", and none of them is "none", '
    '"later of", "earlier of" or "then"'
)
_THEN_HELP = f'"then" joins two to {MOST_PARTS} limits, and none of them is "none", "later of" or "earlier of"'
_THEN_TOO_LONG = "limits that follow each other are at most ten years together"


def parse_limit(value: str | Mapping[str, Any]) -> Limit:
    """Reads a limit's text or its list form, `{"later of": ["24 hours", "1 working day"]}`.

    Raises ValueError with a message for the policy's author.
    """
    if isinstance(value, str):
        return _parse_text(value)
    if isinstance(value, Mapping) and len(value) == 1:
        [(words, parts)] = value.items()
        if words in ("later of", "earlier of") and isinstance(parts, list | tuple):
            return _joint(str(words), list(parts))
    raise ValueError(_HELP)


@lru_cache(maxsize=2_048)
def _parse_text(text: str) -> Limit:
    if text in _FIXED:
        return _FIXED[text]
    if match := re.fullmatch(_JOINT, text):
        return _joint(f"{match[1]} of", match[2].split(", "))
    if THEN in text:
        return _in_turn(text.split(THEN))
    if match := re.fullmatch(_UNTIL, text):
        return _until(int(match[1]), match[2])
    match = re.fullmatch(_NUMBER, text.removesuffix(INCLUDING))
    if match is None or match[2] not in UNITS:
        raise ValueError(_HELP)
    kind, size, most = UNITS[match[2]]
    number, first_day = int(match[1]), text.endswith(INCLUDING)
    if first_day and kind not in DAY_COUNTS:
        raise ValueError(f"{_INCLUDING_HELP}; {_HELP}")
    if number > most:
        raise ValueError(f"a limit is at most ten years, which is {most} {match[2]}s")
    return Limit(kind, number * size, number, match[2], first_day=first_day)


def _until(day: int, month: str) -> Limit:
    if month not in MONTHS or day > _MONTH_DAYS[MONTHS.index(month)]:
        raise ValueError(f"there is no {day} {month}; {_HELP}")
    return Limit("until", date=(MONTHS.index(month) + 1, day))


def _joint(words: str, texts: list[Any]) -> Limit:
    if not 2 <= len(texts) <= MOST_PARTS or not all(isinstance(text, str) for text in texts):
        raise ValueError(f"{_JOINT_HELP}; {_HELP}")
    parts = tuple(_parse_text(text) for text in texts)
    if any(part.kind == "none" or part.parts for part in parts):
        raise ValueError(_JOINT_HELP)
    return Limit("later_of" if words == "later of" else "earlier_of", parts=parts)


def _in_turn(texts: list[str]) -> Limit:
    if len(texts) > MOST_PARTS:
        raise ValueError(_THEN_HELP)
    parts = tuple(_parse_text(text) for text in texts)
    if any(part.kind == "none" or part.parts for part in parts):
        raise ValueError(_THEN_HELP)
    if sum(map(_nominal, parts)) > TEN_YEARS:
        raise ValueError(_THEN_TOO_LONG)
    return Limit("then", parts=parts)


def _nominal(limit: Limit) -> int:
    """About how long the limit is, in milliseconds. A hundred and twenty months are ten years."""
    if limit.kind in ("months", "calendar_months"):
        return limit.amount * (TEN_YEARS // 120)
    if limit.kind in ("elapsed", "working_time"):
        return limit.amount
    return 366 * DAY if limit.kind == "until" else limit.amount * DAY


def reason_in_both(message: str) -> tuple[str, str]:
    """A message of `parse_limit` in English and Chinese, without the list of forms."""
    english = re.sub(r"(; |^)a limit is written .*", "", message)
    if not english:
        return "it has none of the forms of a limit", "写法不属于任何一种时限"
    for pattern, chinese in _IN_CHINESE.items():
        if found := re.fullmatch(pattern, english):
            values = [str(MONTHS.index(one) + 1) if one in MONTHS else one for one in found.groups()]
            return english, chinese.format(*values)
    return english, "写法有误"


_IN_CHINESE = {
    r"there is no (\S+) (\S+)": "没有 {1} 月 {0} 日",
    r"a limit is at most ten years, which is (\d+) (.+)": "时限最长十年，即 {0} {1}",
    r'"including the first day" goes with .*': (
        "including the first day 只用于工作日（working days）以及 calendar days 至 years"
    ),
    r'"later of" and "earlier of" join two to (\d+) limits .*': (
        "later of 与 earlier of 以逗号加空格连接两至 {0} 个时限，其中不能有 none、later of、earlier of 或 then"
    ),
    r'"then" joins two to (\d+) limits.*': "then 连接两至 {0} 个时限，其中不能有 none、later of 或 earlier of",
    r"limits that follow each other .*": "先后相接的时限合计最长十年",
}
