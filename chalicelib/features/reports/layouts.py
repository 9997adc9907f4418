"""A report as CSV: one value in a row, or with `layout=wide` a table with a column for each value.

The names of columns are the same in every language and carry the units. Labels in the form's language stand beside
the codes. Times are in the organisation's zone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from chalicelib.features.reports.comparing import COMPARED
from chalicelib.features.reports.query import Layout
from chalicelib.features.reports.report import FiguresView, MeasureView, ValueView
from chalicelib.kit import catalogue
from chalicelib.kit.csv_text import csv_text
from chalicelib.policy.worktime.zone import local_text
from chalicelib.statistics.dimensions import Labels
from chalicelib.statistics.tabulating.value import half_up


class UnitFigures(NamedTuple):
    """The numbers of a value, each with its unit, and of what the difference of two values is, with its unit."""

    names: tuple[str, ...]
    change: str


UNITS: dict[str, UnitFigures] = {
    "count": UnitFigures(("count",), "count"),
    "share": UnitFigures(("numerator_count", "denominator_count", "share_percent"), "share_percentage_points"),
    "minutes": UnitFigures(("count", "median_working_minutes", "p90_working_minutes"), "median_working_minutes"),
    "amounts": UnitFigures(("count", "sum_money", "median_money"), "sum_money"),
    "per_thousand": UnitFigures(("count", "of_count", "per_1000"), "count"),
    "money": UnitFigures(("sum_money",), "sum_money"),
    "hours": UnitFigures(("sum_hours",), "sum_hours"),
}
"""By a measure's unit."""
PAST, REFERENCE = "past_share_percent", "reference_share_percent"
"""The further numbers of report `indicators`."""
_PART_OF = {
    "numerator_count": "numerator",
    "denominator_count": "denominator",
    "median_working_minutes": "median",
    "p90_working_minutes": "p90",
    "median_money": "median",
    "of_count": "of",
    "sum_money": "sum",
    "sum_hours": "sum",
}
Shown = TypeVar("Shown")


class CsvFigure(NamedTuple):
    """A number of a value. `text` is empty where nothing counts."""

    name: str
    label: str
    text: str


class CsvForm(NamedTuple):
    """How a CSV is written. `labels`: of the values of dimensions. `language`: `zh` or `en`."""

    labels: Labels
    language: str
    layout: Layout


class Sheet(NamedTuple, Generic[Shown]):
    """What is written. `fixed`: by column, what each row repeats. `rows`: the keys and the values by measure.
    `figures`: the numbers of a value, in the same order also without one."""

    fixed: Mapping[str, str]
    by: Sequence[str]
    measures: Sequence[MeasureView]
    rows: Sequence[tuple[Mapping[str, str], Mapping[str, Shown]]]
    figures: Callable[[MeasureView, Shown | None, str], Sequence[CsvFigure]]


def as_csv(report: FiguresView, form: CsvForm) -> str:
    until = "" if report.fresh_until is None else local_text(ZoneInfo(report.timezone), report.fresh_until)
    ended = "yes" if report.period_ended else "no"
    fixed = {"from": report.first, "to": report.last, "period_ended": ended, "fresh_until": until}
    rows = [(row.keys, row.values) for row in report.rows]
    shown = figures if report.report != COMPARED else _with_comparison
    return written(Sheet(fixed, report.by, report.measures, rows, shown), form)


def _with_comparison(measure: MeasureView, value: ValueView | None, language: str) -> list[CsvFigure]:
    words = catalogue.words("report_figures", language)
    past, reference = (None, None) if value is None else (value.past, value.reference)
    return [
        *figures(measure, value, language),
        CsvFigure(PAST, words[PAST], "" if past is None else _percent(past.numerator, past.denominator)),
        CsvFigure(REFERENCE, words[REFERENCE], "" if reference is None else plain(reference.share * 100)),
    ]


def figures(measure: MeasureView, value: ValueView | None, language: str) -> list[CsvFigure]:
    words = catalogue.words("report_figures", language)
    return [CsvFigure(name, words[name], _text(value, name)) for name in UNITS[measure.unit].names]


def _text(value: ValueView | None, name: str) -> str:
    if value is None:
        return ""
    if name == "share_percent":
        return _percent(value.numerator or 0, value.denominator or 0)
    found = getattr(value, _PART_OF.get(name, name))
    return "" if found is None else plain(found)


def _percent(numerator: int, denominator: int) -> str:
    return plain(half_up(100 * numerator, denominator, 2)) if denominator else ""


def plain(number: float) -> str:
    """Without an exponent or zeros at the end."""
    return f"{number:.4f}".rstrip("0").rstrip(".")


def written(sheet: Sheet[Any], form: CsvForm) -> str:
    head = [*sheet.fixed, *(title for name in sheet.by for title in (name, f"{name}_label"))]
    lines = _long(sheet, form) if form.layout == "long" else _wide(sheet, form)
    more = ["measure", "measure_label", "figure", "figure_label", "value"]
    return csv_text([[*head, *(more if form.layout == "long" else _titles(sheet, form))], *lines])


def _long(sheet: Sheet[Any], form: CsvForm) -> Iterator[list[str]]:
    language = form.language
    for keys, values in sheet.rows:
        begin = _begin(sheet, keys, form)
        for one in sheet.measures:
            for figure in sheet.figures(one, values.get(one.name), language):
                if figure.text:
                    yield [*begin, one.name, one.label[language], *figure]


def _wide(sheet: Sheet[Any], form: CsvForm) -> Iterator[list[str]]:
    for keys, values in sheet.rows:
        cells = (sheet.figures(one, values.get(one.name), form.language) for one in sheet.measures)
        yield [*_begin(sheet, keys, form), *(figure.text for found in cells for figure in found)]


def _begin(sheet: Sheet[Any], keys: Mapping[str, str], form: CsvForm) -> list[str]:
    named = ((value, form.labels.of(name, value)[form.language]) for name, value in keys.items())
    return [*sheet.fixed.values(), *(text for pair in named for text in pair)]


def _titles(sheet: Sheet[Any], form: CsvForm) -> Iterator[str]:
    """`met_share_percent`: the measure, then the number with its unit."""
    for one in sheet.measures:
        yield from (f"{one.name}_{figure.name}" for figure in sheet.figures(one, None, form.language))
