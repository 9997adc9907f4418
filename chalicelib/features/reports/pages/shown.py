"""Figures in words: a value with the link to its complaints, and how it differs from that of the period before."""

from __future__ import annotations

from typing import Literal, NamedTuple

from chalicelib.features.reports.layouts import plain
from chalicelib.features.reports.report import MeasureView, ValueView
from chalicelib.kit import catalogue
from chalicelib.statistics.dimensions import OTHER
from chalicelib.statistics.measures.table import GAMING
from chalicelib.statistics.tabulating.value import half_up, percent
from chalicelib.web.pages.reader import Reader

Tone = Literal["better", "worse", ""]
_WITHOUT_CASES = frozenset({"points", "thresholds"})
"""Measures of units, which count no complaints."""
_BETTER = frozenset({"met_as_first_promised", "met", "demands_answered"})
"""Of which more is better."""
_WORSE = frozenset(GAMING) | {
    *("disputed", "reopened", "closed_on_silence", "demands_lapsed", "missed", "missed_and_open", "lateness"),
    *("lateness_of_escalations", "escalated", "extended_on_last_day", "points", "thresholds", "time_to_closing"),
    *("time_to_first_answer", "time_to_first_substantive_answer", "time_to_decision"),
}
"""Of which more is worse. Of other measures neither can be said."""
NO_NUMBER = "–"
"""What stands in the place of a share or a time of nothing."""
_HOUR, _MANY_HOURS = 60, 24
_TENTH = 1


class LinkedNumber(NamedTuple):
    """`detail`: what explains the text. `href`: of the page of its complaints; empty if it has none."""

    text: str
    detail: str = ""
    href: str = ""


class ToldChange(NamedTuple):
    """`before`: the value of the period before. `word`: how the present one differs."""

    before: str
    word: str
    tone: Tone


class FigureWords(NamedTuple):
    """How a page says values. `desk`: the path of the desk. `below`: that of the report, which has the page of
    complaints. `further`: of the query of that page."""

    reader: Reader
    desk: str
    below: str = ""
    further: str = ""

    def value(self, measure: MeasureView, value: ValueView | None) -> LinkedNumber:
        if value is None:
            return LinkedNumber(self.number(measure, value))
        return LinkedNumber(self.number(measure, value), self._detail(measure, value), self._cases(measure, value))

    def number(self, measure: MeasureView, value: ValueView | None) -> str:
        """The number that stands for the value: the count, the share, the median or the sum."""
        if measure.unit == "share":
            counted = value is not None and value.denominator
            return percent(value.numerator or 0, value.denominator or 1, 1) if value and counted else NO_NUMBER
        if measure.unit == "minutes":
            return NO_NUMBER if value is None or value.median is None else self.duration(value.median)
        return plain((value.count if value.sum is None else value.sum) or 0) if value is not None else "0"

    def _detail(self, measure: MeasureView, value: ValueView) -> str:
        text = self.reader.text
        if measure.unit == "share" and value.denominator:
            return text("reports.of", number=value.numerator, of=value.denominator)
        if measure.unit == "minutes" and value.p90 is not None:
            return text("reports.p90", time=self.duration(value.p90), count=value.count)
        return ""

    def _cases(self, measure: MeasureView, value: ValueView) -> str:
        counted = value.numerator if measure.unit == "share" else value.sum if value.count is None else value.count
        if not counted or measure.name in _WITHOUT_CASES:
            return ""
        path, _, query = value.cases.partition("?")
        language = f"&lang={self.reader.language}" if self.reader.chosen else ""
        return f"{self.desk}/reports/{path.split('/')[-2]}{self.below}/cases?{query}{self.further}{language}"

    def duration(self, minutes: float) -> str:
        """Working time."""
        whole = round(minutes)
        hours, rest = divmod(whole, _HOUR)
        if not hours:
            return self.reader.text("reports.minutes", minutes=rest)
        if not rest or hours >= _MANY_HOURS:
            return self.reader.text("reports.hours", hours=round(whole / _HOUR))
        return self.reader.text("reports.hours_minutes", hours=hours, minutes=rest)

    def change(self, measure: MeasureView, now: ValueView | None, before: ValueView | None) -> ToldChange | None:
        """None if one of the two is no number."""
        numbers = [drawn(measure, one) for one in (now, before)]
        if numbers[0] is None or numbers[1] is None:
            return None
        return ToldChange(self.number(measure, before), *self._difference(measure, numbers[0], numbers[1]))

    def _difference(self, measure: MeasureView, now: float, before: float) -> tuple[str, Tone]:
        difference = round(now - before, _TENTH) if measure.unit == "share" else round(now - before, 2)
        if not difference:
            return self.reader.text("reports.same"), ""
        sign = "more" if difference > 0 else "fewer"
        size = abs(difference)
        if measure.unit == "minutes":
            text = self.reader.text(f"reports.{sign}.minutes", by=self.duration(size))
        else:
            text = self.reader.text(f"reports.{sign}.{'share' if measure.unit == 'share' else 'count'}", by=plain(size))
        better = measure.name in (_BETTER if difference > 0 else _WORSE)
        worse = measure.name in (_WORSE if difference > 0 else _BETTER)
        return text, "better" if better else "worse" if worse else ""

    def place(self, value: ValueView) -> str:
        """Where an indicator lies, if chance alone does not explain it: among the units, or against the year before."""
        found = [value.place, None if value.past is None else value.past.place]
        found.append(None if value.reference is None else value.reference.place)
        words = catalogue.words("inspection_places", self.reader.language)
        return next((words[one] for one in found if one not in (None, "within")), "")

    def past(self, value: ValueView) -> str:
        if value.past is None or not value.past.denominator:
            return NO_NUMBER
        return percent(value.past.numerator, value.past.denominator, 1)


def drawn(measure: MeasureView, value: ValueView | None) -> float | None:
    """The number of a chart, also of a comparison: a share in percent, a time in minutes. None if there is none."""
    if measure.unit == "share":
        counted = value is not None and value.denominator
        return half_up(100 * (value.numerator or 0), value.denominator or 1, _TENTH) if counted and value else None
    if measure.unit == "minutes":
        return None if value is None else value.median
    return 0.0 if value is None else float((value.count if value.sum is None else value.sum) or 0)


def is_folded(keys: tuple[str, ...]) -> bool:
    """Whether a row stands for values that were added up: no filter names them, so it has no list of complaints."""
    return OTHER in keys
