"""Steps of time in a report: which there are, what they are called, and which have not ended."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from chalicelib.features.reports.report import FiguresView
from chalicelib.policy.worktime.explaining.wording import wording
from chalicelib.statistics import dimensions
from chalicelib.statistics.days import days_between, week_of
from chalicelib.web.pages.reader import Reader
from chalicelib.web.pages.times import day_text

_A_DAY = timedelta(days=1)


class PeriodStep(NamedTuple):
    """`below`: the year, or the part of the step of which there are figures. `is_partial`: it has not ended, or the
    period of the report has only some of its days."""

    key: str
    label: str
    below: str
    is_partial: bool


def steps(view: FiguresView, dimension: str, reader: Reader, today: date) -> list[PeriodStep]:
    """In order, also those in which nothing was counted."""
    first, last = date.fromisoformat(view.first), min(date.fromisoformat(view.last), today)
    keys = list(dict.fromkeys(_key(dimension, day) for day in days_between(first, last)))
    return [_step(key, dimension, reader, first, last, at == 0) for at, key in enumerate(keys)]


def _key(dimension: str, day: date) -> str:
    text = day.isoformat()
    return {"day": text, "week": week_of(text), "month": text[:7]}[dimension]


def _step(key: str, dimension: str, reader: Reader, first: date, last: date, is_first: bool) -> PeriodStep:
    span = dimensions.of(dimension).span
    assert span is not None
    begin, end = span(key)
    is_partial = begin < first or end > last
    words = wording(reader.language)
    year = str(begin.year) if is_first or (begin.month == 1 and dimension == "month") else ""
    if dimension == "month":
        label = words.months[begin.month - 1] if reader.language == "en" else f"{begin.month}月"
        below = reader.text("reports.until_day", day=last.day) if end > last else year
        return PeriodStep(key, label, below, is_partial)
    return PeriodStep(key, f"{begin.month}-{begin.day:02d}" if dimension == "week" else str(begin.day), "", is_partial)


def period_text(reader: Reader, first: str, last: str) -> str:
    """Whole months and years by their names, any other period by its days."""
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    if begin.day != 1 or (end + _A_DAY).day != 1:
        return _days(reader, begin, end)
    if (begin.year, begin.month, end.month) == (end.year, 1, 12):
        return reader.text("reports.year", year=begin.year)
    if (begin.year, begin.month) == (end.year, end.month):
        return reader.text("reports.month", year=begin.year, month=_month_name(begin, reader))
    known = {"first": _month_name(begin, reader), "last": _month_name(end, reader), "year": end.year}
    same = "reports.months" if begin.year == end.year else "reports.months_of_years"
    return reader.text(same, first_year=begin.year, **known)


def _days(reader: Reader, begin: date, end: date) -> str:
    if begin == end:
        return day_text(reader, begin)
    if (begin.year, begin.month) == (end.year, end.month):
        known = {"year": begin.year, "month": _month_name(begin, reader)}
        return reader.text("reports.days", first=begin.day, last=end.day, **known)
    return reader.text("reports.from_to", first=day_text(reader, begin), last=day_text(reader, end))


def _month_name(day: date, reader: Reader) -> str:
    return str(day.month) if reader.language == "zh" else wording("en").months[day.month - 1]


class OfferedPeriod(NamedTuple):
    """`name`: of a text."""

    name: str
    first: str
    last: str


def offered(today: date) -> list[OfferedPeriod]:
    """Periods that people ask for most, whole ones."""
    month = today.replace(day=1)
    last_month = month - _A_DAY
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    last_quarter = quarter - _A_DAY
    return [
        _offered("this_month", month, _end_of_month(month)),
        _offered("last_month", last_month.replace(day=1), last_month),
        _offered("last_quarter", date(last_quarter.year, last_quarter.month - 2, 1), last_quarter),
        _offered("this_year", date(today.year, 1, 1), date(today.year, 12, 31)),
    ]


def _offered(name: str, first: date, last: date) -> OfferedPeriod:
    return OfferedPeriod(name, first.isoformat(), last.isoformat())


def _end_of_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - _A_DAY
