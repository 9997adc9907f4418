"""Values, times and periods of an inspection as its page says them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from chalicelib.features.inspections.document import Figure, InspectionDocument
from chalicelib.kit import catalogue
from chalicelib.kit.instants import from_text
from chalicelib.policy.worktime.zone import wall_clock
from chalicelib.statistics import dimensions
from chalicelib.statistics.days import days_between
from chalicelib.statistics.tabulating.value import percent

CHINESE = "zh"
_HOUR, _WHOLE_DAY = 60, 24 * 60
_LONG = 10
"""From this number of hours or days on, a time has no decimals."""


class TimeStep(NamedTuple):
    """`is_partial`: it has days outside of the period."""

    key: str
    label: str
    is_partial: bool


class PageWording(NamedTuple):
    """What is said in one language. `day`: the working minutes of a usual working day; 0 if it is not known."""

    language: str
    words: Mapping[str, str]
    document: InspectionDocument

    def say(self, name: str, /, **values: object) -> str:
        return self.words[name].format(**values)

    def time(self, minutes: float) -> str:
        """Hours or working days instead of many minutes."""
        day = self.document.day_minutes or 0
        if minutes < _HOUR:
            return self._count("minutes", minutes)
        if not day or minutes < day:
            return self._count("hours", minutes / _HOUR)
        return self._count("days" if day == _WHOLE_DAY else "working_days", minutes / day)

    def _count(self, unit: str, number: float) -> str:
        text = f"{number:.0f}" if unit == "minutes" or number >= _LONG else f"{number:.1f}".removesuffix(".0")
        return self.say("one_" + unit if text == "1" else unit, number=text)

    def instant(self, text: str) -> str:
        return f"{wall_clock(ZoneInfo(self.document.period.timezone), from_text(text)):%Y-%m-%d %H:%M}"

    def period(self, name: str) -> str:
        """Of `2026-09`, `2026-Q3` or `2026`."""
        year, _, part = name.partition("-")
        if not part:
            return self.say("year", year=year)
        if part.startswith("Q"):
            return self.say("quarter", year=year, quarter=part[1:])
        return self.say("month", year=year, month=int(part), name=self._month(int(part)))

    def _month(self, number: int) -> str:
        return f"{date(2000, number, 1):%B}"

    def day(self, text: str) -> str:
        one = date.fromisoformat(text)
        return self.say("day", month=one.month, day=one.day, name=f"{one:%b}")

    def cell(self, figure: Figure | None, unit: str = "count") -> str:
        """`unit`: of the measure. A count without a figure is 0; a share or a time of nothing does not exist."""
        if figure is None:
            return "0" if unit == "count" else "—"
        if figure.numerator is not None:
            share = f" ({percent(figure.numerator, figure.denominator, 1)})" if figure.denominator else ""
            place = "" if figure.place is None else catalogue.words("inspection_places", self.language)[figure.place]
            return f"{figure.numerator} / {figure.denominator}{share}" + (f" {place}" if place else "")
        if figure.median is not None:
            median, most = self.time(figure.median), self.time(figure.p90 or 0)
            return self.say("times", median=median, most=most, count=figure.count)
        return str(figure.count) if figure.sum is None else f"{figure.sum:g}"

    def steps(self, by: str) -> Iterator[TimeStep]:
        """The steps of time of the period, in order, also those in which nothing happened."""
        row = dimensions.of(by)
        first, last = (date.fromisoformat(one) for one in (self.document.period.first, self.document.period.last))
        keys = dict.fromkeys(row.value("", day.isoformat()) for day in days_between(first, last))
        assert row.span is not None, "only a period has steps"
        for key in keys:
            begin, end = row.span(key)
            shown, is_partial = (max(begin, first), min(end, last)), begin < first or end > last
            yield TimeStep(key, self._named(by, key, *shown, "partial" if is_partial else "days_of"), is_partial)

    def _named(self, by: str, key: str, begin: date, end: date, name: str) -> str:
        if by == "month":  # no period begins or ends within one
            return self.period(key)
        first, last = (self.say("day", month=one.month, day=one.day, name=f"{one:%b}") for one in (begin, end))
        return self.say(name, first=first, last=last, count=(end - begin).days + 1)


def of_document(document: InspectionDocument, language: str) -> PageWording:
    return PageWording(language, catalogue.words("inspection_page", language), document)
