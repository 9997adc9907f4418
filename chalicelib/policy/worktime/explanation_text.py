"""The explanation in words, for readers who do not know the system."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from chalicelib.instants import MINUTE, Instant
from chalicelib.policy.worktime.calendar import Calendar
from chalicelib.policy.worktime.due import DueTime
from chalicelib.policy.worktime.explanation_wording import CHINESE, ENGLISH, Wording
from chalicelib.policy.worktime.limit import Limit
from chalicelib.policy.worktime.stretches import Stretch
from chalicelib.policy.worktime.walk import CivilDay
from chalicelib.policy.worktime.zone import wall_clock

_MAX_LISTED = 12
"""The maximum number of stretches in the text; the data holds more."""


def explanation_texts(
    calendar: Calendar,
    limit: Limit,
    start: Instant,
    answer: DueTime,
    stretches: Sequence[Stretch],
    worked: Sequence[CivilDay],
) -> dict[str, str]:
    """The explanation as sentences, in `zh` and `en`.

    `stretches`: the time that did not count. `worked`: special days that counted, such as swapped working days.
    """
    return {
        language: wording.space.join(
            [
                *_beginning(wording, calendar, limit, start, answer),
                *_skipped(wording, calendar, limit, stretches),
                *_worked(wording, worked),
                *_ending(wording, calendar, limit, answer),
            ]
        )
        for language, wording in (("zh", CHINESE), ("en", ENGLISH))
    }


def local_time_text(calendar: Calendar, instant: Instant, language: str) -> str:
    """The instant as local date and time in `zh` or `en`."""
    return _time(CHINESE if language == "zh" else ENGLISH, calendar, instant)


def _beginning(wording: Wording, calendar: Calendar, limit: Limit, start: Instant, answer: DueTime) -> list[str]:
    start_text = _time(wording, calendar, start)
    if limit.kind == "none":
        return [wording.no_limit.format(start=start_text)]
    name = wording.limit(limit)
    rule = wording.rules[limit.kind]
    if answer.due is None:
        return [wording.paused.format(limit=name, start=start_text), rule]
    end = _time(wording, calendar, answer.due)
    return [wording.due.format(end=end, limit=name, start=start_text, timezone=calendar.document.timezone), rule]


def _skipped(wording: Wording, calendar: Calendar, limit: Limit, stretches: Sequence[Stretch]) -> list[str]:
    parts = [_stretch(wording, calendar, stretch) for stretch in stretches if stretch.cause != "start_day"]
    if not parts:
        return []
    more = [wording.more.format(count=len(parts) - _MAX_LISTED)] if len(parts) > _MAX_LISTED else []
    return [wording.skipped.format(list=wording.comma.join(parts[:_MAX_LISTED] + more))]


def _stretch(wording: Wording, calendar: Calendar, stretch: Stretch) -> str:
    cause = wording.causes[stretch.cause]
    if stretch.name:
        cause = wording.holiday.format(name=wording.name(stretch.name))
    begin = _time(wording, calendar, stretch.begin)
    if stretch.days and stretch.end is not None:
        return _days(wording, calendar, stretch.begin, stretch.end, cause)
    if stretch.end is None:
        return wording.since.format(begin=begin, cause=cause)
    return wording.stretch.format(begin=begin, end=_time(wording, calendar, stretch.end), cause=cause)


def _days(wording: Wording, calendar: Calendar, begin: Instant, end: Instant, cause: str) -> str:
    first, last = (_date(wording, wall_clock(calendar.zone, instant)) for instant in (begin, end - 1))
    if first == last:
        return wording.one_day.format(date=first, cause=cause)
    return wording.stretch.format(begin=first, end=last, cause=cause)


def _worked(wording: Wording, worked: Sequence[CivilDay]) -> list[str]:
    days = [
        wording.swapped.format(date=day.date, name=wording.name(day.plan.name))
        if day.plan.name
        else wording.own_opening.format(date=day.date)
        for day in worked
    ]
    more = [wording.more.format(count=len(days) - _MAX_LISTED)] if len(days) > _MAX_LISTED else []
    return [wording.worked.format(list=wording.comma.join(days[:_MAX_LISTED] + more))] if days else []


def _ending(wording: Wording, calendar: Calendar, limit: Limit, answer: DueTime) -> list[str]:
    if not limit.is_working or calendar.table is None:
        return []
    parts = [wording.edition.format(edition=calendar.edition)]
    if answer.provisional:
        parts.append(wording.provisional.format(year=calendar.official_through))
    return parts


def _date(wording: Wording, moment: datetime) -> str:
    return wording.date.format(date=f"{moment:%Y-%m-%d}", weekday=wording.weekdays[moment.weekday()])


def _time(wording: Wording, calendar: Calendar, instant: Instant) -> str:
    """Seconds appear only if they are not zero."""
    moment = wall_clock(calendar.zone, instant)
    clock = f"{moment:%H:%M}" if instant % MINUTE == 0 else f"{moment:%H:%M:%S}"
    return wording.time.format(date=_date(wording, moment), clock=clock)
