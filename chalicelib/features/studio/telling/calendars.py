"""A calendar in words: its hours, its holidays, and its own days."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from chalicelib.features.studio.telling.words import ProcedureWords
from chalicelib.policy.worktime import Calendar
from chalicelib.policy.worktime.calendars.document import CalendarDocument, Intervals, clock_text
from chalicelib.policy.worktime.explaining.wording import wording


class CalendarView(NamedTuple):
    """`name`: empty for the policy's own. `hours`: by days of the week. `said`: its further rules."""

    name: str
    hours: list[tuple[str, str]]
    said: list[str]


def calendars(words: ProcedureWords) -> list[CalendarView]:
    policy = words.policy
    found = [calendar(words, "", policy.calendar)]
    return found + [calendar(words, name, one) for name, one in policy.calendars.items()]


def calendar(words: ProcedureWords, name: str, one: Calendar) -> CalendarView:
    document = one.document
    return CalendarView(name, list(_hours(words, document)), list(_said(words, document)))


def _hours(words: ProcedureWords, document: CalendarDocument) -> Iterator[tuple[str, str]]:
    """Days with the same hours together; those without any are left out."""
    names = wording(words.reader.language).weekdays
    for hours, days in groupby(range(len(document.hours)), key=lambda day: document.hours[day]):
        numbers = list(days)
        if hours:
            first, last = names[numbers[0]], names[numbers[-1]]
            yield (first if first == last else words.say("to", first=first, last=last), intervals(words, hours))


def intervals(words: ProcedureWords, hours: Intervals) -> str:
    if not hours:
        return words.say("closed")
    return words.listed(f"{clock_text(begin)}–{clock_text(end)}" for begin, end in hours)


def _said(words: ProcedureWords, document: CalendarDocument) -> Iterator[str]:
    known = wording(words.reader.language)
    yield words.say("zone", zone=known.zones.get(document.timezone, known.zone.format(zone=document.timezone)))
    yield words.say("holidays", country=document.holidays) if document.holidays else words.say("no_holidays")
    if document.closed:
        yield words.say("closed_days", days=words.listed(map(str, document.closed)))
    for entry, hours in document.overrides.items():
        yield words.say("open_day", day=entry, hours=intervals(words, hours))
    yield words.say(f"day_ends_{document.day_ends}")
    if document.last_day != "same day":
        yield words.say(f"last_day_{document.last_day.split()[0]}")
    if document.listed_through is not None:
        yield words.say("listed_through", year=document.listed_through)
