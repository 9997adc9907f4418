"""The explanation in words, for readers who do not know the system."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec

from chalicelib.kit.instants import MINUTE, Instant
from chalicelib.policy.worktime.calendars.calendar import Calendar
from chalicelib.policy.worktime.due_times.term import SpentTime, Term
from chalicelib.policy.worktime.explaining import times
from chalicelib.policy.worktime.explaining.day_account import DayAccount
from chalicelib.policy.worktime.explaining.skipped_days import HeldDays
from chalicelib.policy.worktime.explaining.stretches import SkippedStretch
from chalicelib.policy.worktime.explaining.times import date_text, end_text, stretch_text, time_text, zone_name
from chalicelib.policy.worktime.explaining.walk import CivilDay, local_day
from chalicelib.policy.worktime.explaining.wording import Wording
from chalicelib.policy.worktime.explaining.wording import wording as wording_in
from chalicelib.policy.worktime.limit import DueTime, Limit

_MAX_LISTED = 12
"""The maximum number of stretches in the text; the data holds more."""
_LANGUAGES = ("zh", "en")


Sentence = Literal["due", "alone", "part"]
"""What the first sentence says: a due time, that of a limit of several which does not decide, or the end of a part."""


class Account(msgspec.Struct, frozen=True):
    """What there is to say about a due time."""

    term: Term
    answer: DueTime
    stretches: Sequence[SkippedStretch] = ()
    worked: Sequence[CivilDay] = ()
    days: DayAccount | None = None
    own_day: int | None = None
    """The ordinal of the day to which a start at 24:00 belongs."""
    sentence: Sentence = "due"


def account_texts(account: Account) -> dict[str, str]:
    """The explanation as sentences, in `zh` and `en`."""
    return {
        language: wording.space.join(
            [
                *_beginning(wording, account),
                *_skipped(wording, account),
                *_worked(wording, account.worked),
                *_ending(wording, account),
            ]
        )
        for language in _LANGUAGES
        for wording in [wording_in(language)]
    }


def texts_of_parts(term: Term, answer: DueTime, decides: int | None, parts: Sequence[dict[str, str]]) -> dict[str, str]:
    """The due time of several limits, which of them decides if one does, and the explanation of each."""
    texts = {}
    for language in _LANGUAGES:
        wording = wording_in(language)
        head = _first_sentence(wording, Account(term, answer))
        if decides is not None:
            head = [*head, wording.decides.format(limit=wording.limit(term.limit.parts[decides]))]
        texts[language] = wording.space.join([*head, *(part[language] for part in parts)])
    return texts


def due_text(calendar: Calendar, due: Instant, language: str) -> str:
    """A due time in `zh` or `en`: `by the end of Sat 10 Oct 2026` at the end of a day, otherwise date and time."""
    return end_text(wording_in(language), calendar, due)


def clock_time(calendar: Calendar, due: Instant, language: str) -> str:
    """A due time in `zh` or `en` that fits sentences with a preposition: 24:00 at the end of a day."""
    return times.named_end(wording_in(language), calendar, due)


def limit_text(limit: Limit, language: str) -> str:
    """A limit in `zh` or `en`: `10个自然日`."""
    return wording_in(language).limit(limit)


def before_text(calendar: Calendar, due: Instant, language: str) -> str:
    """As `due_text`, with preposition and time zone: `by Sat 10 Oct 2026 17:30 (Beijing time)`."""
    wording = wording_in(language)
    return wording.in_zone.format(
        time=times.before_text(wording, calendar, due), zone=times.zone_name(wording, calendar)
    )


def zone_text(calendar: Calendar, language: str) -> str:
    """The calendar's time in `zh` or `en`, such as `北京时间`."""
    return zone_name(wording_in(language), calendar)


def _beginning(wording: Wording, account: Account) -> list[str]:
    first, limit = _first_sentence(wording, account), account.term.limit
    first += [_used(wording, account.term, one) for one in account.term.spent]
    rules = wording.first_day_rules if limit.first_day else wording.rules
    return [*first, rules[limit.kind]] if limit.kind in rules else first


def _used(wording: Wording, term: Term, used: SpentTime) -> str:
    days = "working day" if term.limit.kind == "working_days" else "calendar day"
    amount = wording.count((used.ms or 0) // MINUTE, "working minute")
    if used.days is not None:
        amount = wording.count(used.days, days)
    until = time_text(wording, term.calendar, used.until)
    return wording.used.format(amount=amount, until=until, calendar=used.calendar)


def _first_sentence(wording: Wording, account: Account) -> list[str]:
    term, answer = account.term, account.answer
    start = time_text(wording, term.calendar, term.start)
    if account.own_day is not None:
        start = wording.time.format(date=date_text(wording, date.fromordinal(account.own_day)), clock="24:00")
    if term.limit.kind == "none":
        return [wording.no_limit.format(start=start)]
    name = wording.limit(term.limit)
    if answer.due is None:
        sentence = wording.beyond if answer.beyond else wording.paused
        return [sentence.format(limit=name, start=start)]
    end, zone = end_text(wording, term.calendar, answer.due), zone_name(wording, term.calendar)
    if account.sentence == "part":
        end = times.named_end(wording, term.calendar, answer.due)
    sentence = {"due": wording.due, "alone": wording.alone, "part": wording.part}[account.sentence]
    return [sentence.format(end=end, limit=name, start=start, timezone=zone)]


def _skipped(wording: Wording, account: Account) -> list[str]:
    calendar, days = account.term.calendar, account.days
    listed = [one for one in account.stretches if one.cause != "start_day"]
    sentences = [wording.skipped.format(list=_list(wording, calendar, listed))] if listed else []
    sentences.extend(_held(wording, calendar, one) for one in ([] if days is None else days.held[:_MAX_LISTED]))
    if days is not None and days.last is not None and days.moved:
        document, last = calendar.document, date_text(wording, date.fromordinal(days.last.ordinal))
        moved = (wording.moved_of if document.last_day_of else wording.moved)[document.last_day]
        between = _list(wording, calendar, days.moved)
        sentences.append(moved.format(date=last, list=between, calendar=document.last_day_of))
    return sentences


def _held(wording: Wording, calendar: Calendar, days: HeldDays) -> str:
    first, last = (date_text(wording, date.fromordinal(day.ordinal)) for day in (days.first, days.last))
    ends = local_day(calendar, days.end - 1)
    sentence = wording.held_moved if ends != days.first.ordinal else wording.held
    return sentence.format(first=first, last=last, end=times.named_end(wording, calendar, days.end))


def _list(wording: Wording, calendar: Calendar, stretches: Sequence[SkippedStretch]) -> str:
    parts = [stretch_text(wording, calendar, stretch) for stretch in stretches[:_MAX_LISTED]]
    more = [wording.more.format(count=len(stretches) - _MAX_LISTED)] if len(stretches) > _MAX_LISTED else []
    return wording.comma.join(parts + more)


def _worked(wording: Wording, worked: Sequence[CivilDay]) -> list[str]:
    days = [
        wording.swapped.format(date=day.date, name=wording.name(day.plan.name))
        if day.plan.name
        else wording.own_opening.format(date=day.date)
        for day in worked
    ]
    more = [wording.more.format(count=len(days) - _MAX_LISTED)] if len(days) > _MAX_LISTED else []
    return [wording.worked.format(list=wording.comma.join(days[:_MAX_LISTED] + more))] if days else []


def _edition(wording: Wording, edition: str) -> str:
    """`edition`: such as `CN-2026.1`, of which people read the year and the number."""
    year, _, number = edition.rpartition("-")[2].partition(".")
    return wording.edition.format(year=year, number=number)


def _ending(wording: Wording, account: Account) -> list[str]:
    calendar, limit = account.term.calendar, account.term.limit
    document = calendar.document
    ends_by_hours = document.last_day != "same day" or document.calendar_days_end == "close"
    if not (limit.is_working or (limit.ends_with_calendar_day and ends_by_hours)):
        return []
    asked = [calendar] if limit.kind == "same_working_day" else [calendar, calendar.last_days]
    editions = dict.fromkeys(one.edition for one in asked if one.table)
    parts = [_edition(wording, edition) for edition in editions]
    if account.answer.provisional and not account.answer.beyond:
        first = min(asked, key=lambda one: one.official_through)
        of_table = first.table and first.table.official_through == first.official_through
        sentence = wording.provisional if of_table else wording.unlisted
        parts.append(sentence.format(year=first.official_through))
    return parts
