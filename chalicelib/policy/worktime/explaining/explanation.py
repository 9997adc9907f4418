"""Explains a due time: the calendar's part of the API's key `because`, described by `because_schema`.

Elapsed limits skip pauses. Working minutes and hours skip pauses and closed time. Special days are working days outside
the usual week: swapped working days, and the organisation's own openings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from chalicelib.kit.instants import Instant, to_text
from chalicelib.policy.worktime import budget
from chalicelib.policy.worktime.calendars.calendar import Calendar
from chalicelib.policy.worktime.calendars.document import clock_text
from chalicelib.policy.worktime.due_times.due import deciding_part, joint
from chalicelib.policy.worktime.due_times.pauses import Pause, normalise_pauses
from chalicelib.policy.worktime.due_times.term import SpentTime, Term
from chalicelib.policy.worktime.explaining.day_account import account_of_days
from chalicelib.policy.worktime.explaining.skipped_days import own_day
from chalicelib.policy.worktime.explaining.stretches import MAX_LISTED, SkippedStretch, join_stretches, summarise
from chalicelib.policy.worktime.explaining.text import Account, Sentence, account_texts, texts_of_parts
from chalicelib.policy.worktime.explaining.walk import CivilDay, civil_days, local_day
from chalicelib.policy.worktime.limit import DueTime, Limit


def skipped_elapsed(pauses: Sequence[Pause]) -> list[SkippedStretch]:
    return [SkippedStretch(begin, end, "pause") for begin, end in pauses]


def skipped_open_time(
    calendar: Calendar, start: Instant, end: Instant | None, pauses: Sequence[Pause]
) -> list[SkippedStretch]:
    """Disjoint stretches in order. The limit plus their lengths is the time from start to end."""
    return list(join_stretches(_time_pieces(calendar, start, end, pauses)))


def _time_pieces(
    calendar: Calendar, start: Instant, end: Instant | None, pauses: Sequence[Pause]
) -> Iterator[SkippedStretch]:
    begin = start
    for paused, resumed in pauses:
        yield from _closed_time(calendar, begin, paused)
        yield SkippedStretch(paused, resumed, "pause")
        if resumed is None:
            return
        begin = resumed
    if end is not None:
        yield from _closed_time(calendar, begin, end)


def _closed_time(calendar: Calendar, begin: Instant, end: Instant) -> Iterator[SkippedStretch]:
    """The closed time within [begin, end)."""
    for day in civil_days(calendar, begin, end):
        for gap in _gaps(day):
            budget.spend()
            opens, closes = max(begin, gap.begin), min(end, gap.end or end)
            if opens < closes:
                yield SkippedStretch(opens, closes, gap.cause, gap.name)


def _gaps(day: CivilDay) -> Iterator[SkippedStretch]:
    if not day.open and not day.plan.hours:
        yield SkippedStretch(day.begin, day.end, day.plan.cause, day.plan.name)
        return
    begin = day.begin
    for opens, closes in day.open:
        yield SkippedStretch(begin, opens, "closed_hours")
        begin = closes
    yield SkippedStretch(begin, day.end, "closed_hours")


def special_days(term: Term, end: Instant | None, pauses: Sequence[Pause]) -> list[CivilDay]:
    """Only for limits in open time or working days. Without an end, those before the open pause."""
    if not term.limit.is_working:
        return []
    until = end if end is not None else pauses[-1][0]
    days = civil_days(term.calendar, term.start, until)
    special = (day for day in days if day.plan.cause in ("swapped", "own_opening"))
    return [day for day in special if day.open and day.open[-1][1] > term.start and day.open[0][0] < until]


def special_day_json(day: CivilDay) -> dict[str, Any]:
    value: dict[str, Any] = {
        "date": day.date,
        "cause": day.plan.cause,
        "hours": [[clock_text(opens), clock_text(closes)] for opens, closes in day.plan.hours],
    }
    if day.plan.name:
        value["name"] = {"en": day.plan.name.en, "zh": day.plan.name.zh}
    return value


_STEPS, _LISTED_STEPS = 60, 10
"""Steps for an explanation, and for each stretch, pause or day that it lists: these make an answer large."""


def explain(
    calendar: Calendar,
    limit: Limit,
    start: Instant,
    pauses: Sequence[Pause] = (),
    from_day_end: bool = False,
    of_date: bool = False,
) -> dict[str, Any]:
    """Returns the data that is needed to verify the due time by hand, and the same in words.

    With the `ms` of the stretches: end = start + limit + their sum (for elapsed months: the same day of the month +
    their sum). With their `days`: the limit is the number of days after the day of the start (including it for `same
    working day`, `same day` and `… including the first day`) up to the closing day, minus their sum. Calendar months
    and years are the number of days to the same day of the month. `last_day` names the day with which the count ended
    if the calendar moved the end, and the days between. `counted_from` is the day of a start at 24:00. `later of` and
    `earlier of` have an explanation for each part, and the number of the one that decides; `then` has one for each part
    whose start is known.
    """
    return explain_term(Term(calendar, limit, start, pauses, from_day_end, of_date))


def explain_term(term: Term) -> dict[str, Any]:
    """As `explain`. Of a term that went on in another calendar, `used` has what its limit lacks before `start`."""
    if term.limit.kind == "then":
        return _explain_in_turn(term)
    return _explain_joint(term) if term.limit.parts else _explain_one(term, term.due())


def _explain_in_turn(term: Term) -> dict[str, Any]:
    answer = term.due()
    explained = [_explain_one(part, part.due(), sentence="part") for part in term.parts()]
    because = _head(term, answer, _relevant_pauses(normalise_pauses(term.pauses, term.start), term.limit, answer.due))
    texts = texts_of_parts(term, answer, None, [part["text"] for part in explained])
    return because | {"parts": explained, "text": texts}


def _explain_joint(term: Term) -> dict[str, Any]:
    parts = term.parts()
    answers = [part.due() for part in parts]
    answer, decides = joint(term.limit, answers), deciding_part(term.limit, answers)
    explained = [
        _explain_one(part, found, sentence="due" if decides in (None, index) else "alone")
        for index, (part, found) in enumerate(zip(parts, answers, strict=True))
    ]
    because = _head(term, answer, normalise_pauses(term.pauses, term.start))
    texts = texts_of_parts(term, answer, decides, [part["text"] for part in explained])
    return because | {"parts": explained, "decides": decides, "text": texts}


def _head(term: Term, answer: DueTime, pauses: Sequence[Pause]) -> dict[str, Any]:
    """The members of every explanation, with no stretches yet."""
    listed = pauses[:MAX_LISTED]
    budget.spend(_STEPS + _LISTED_STEPS * len(listed))
    because: dict[str, Any] = {
        "timezone": term.calendar.document.timezone,
        "calendar": term.calendar.edition,
        "limit": str(term.limit),
        "start": to_text(term.start),
        "end": None if answer.due is None else to_text(answer.due),
        "provisional": answer.provisional,
        "day_ends": term.calendar.document.day_ends,
        "pauses": [{"from": to_text(begin), "until": end and to_text(end)} for begin, end in listed],
        "stretches": [],
        "worked": [],
    }
    return because | {"beyond": True} if answer.beyond else because


def _explain_one(term: Term, answer: DueTime, *, sentence: Sentence = "due") -> dict[str, Any]:
    pauses = _relevant_pauses(normalise_pauses(term.pauses, term.start), term.limit, answer.due)
    because = _head(term, answer, pauses)
    account = Account(term, answer, own_day=_own_day_at_24(term), sentence=sentence)
    if not answer.beyond:
        days = account_of_days(term, answer.due, pauses)
        stretches = _skipped_stretches(term, answer.due, pauses) if days is None else days.stretches
        worked = special_days(term, answer.due, pauses)
        account = Account(term, answer, stretches, worked, days, account.own_day, sentence)
        summed = summarise(stretches)
        budget.spend(_LISTED_STEPS * (len(summed) + min(len(worked), MAX_LISTED)))
        because |= {
            "stretches": [stretch.to_json() for stretch in summed],
            "worked": [special_day_json(day) for day in worked[:MAX_LISTED]],
        }
        because |= {} if days is None else days.to_json(term.calendar, answer.due)
    if term.spent:
        because["used"] = [_used_json(one) for one in term.spent]
    if account.own_day is not None:
        because["counted_from"] = {"date": date.fromordinal(account.own_day).isoformat(), "at": "24:00"}
    return because | {"text": account_texts(account)}


def _used_json(used: SpentTime) -> dict[str, Any]:
    counted = {"days": used.days} if used.days is not None else {"ms": used.ms}
    return {"calendar": used.calendar, "until": to_text(used.until), **counted}


def _own_day_at_24(term: Term) -> int | None:
    """The ordinal of the day to which a start at 24:00 belongs; None for any other start."""
    if not term.from_day_end or not term.limit.counts_days or term.limit.kind in ("same_day", "same_working_day"):
        return None
    own = own_day(term)
    return own if own != local_day(term.calendar, term.start) else None


def _relevant_pauses(pauses: list[Pause], limit: Limit, end: Instant | None) -> list[Pause]:
    """The pauses that can affect the due time. Without a due time the last pause is open."""
    if limit.kind == "until":
        return []
    if end is not None:
        return [pause for pause in pauses if pause[0] < end]
    return pauses if pauses and pauses[-1][1] is None else []


def _skipped_stretches(term: Term, end: Instant | None, pauses: Sequence[Pause]) -> list[SkippedStretch]:
    if term.limit.kind == "none":
        return []
    if term.limit.kind == "working_time":
        return skipped_open_time(term.calendar, term.start, end, pauses)
    return skipped_elapsed(pauses)
