"""An edition as CSV, as reports are written: one value in a row, or with `layout=wide` a column for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from msgspec import UNSET

from chalicelib.features.figures.edition import EditionView, FiguresMeasure, FiguresRow, HeadlineRow
from chalicelib.kit import catalogue
from chalicelib.kit.csv_text import csv_text
from chalicelib.statistics.measures.deadlines import HEADLINE

EditionLayout = Literal["long", "wide"]
_SHARE = "share_percent"


class ShownNumber(NamedTuple):
    """`column`: its name in a wide table. `number`: None for one that is left out."""

    column: str
    measure: str
    figure: str
    number: float | None


def as_csv(view: EditionView, language: str, layout: EditionLayout) -> str:
    """`language`: of the labels, `zh` or `en`. A number that is left out is empty. The headline has its own columns."""
    about = view.summary
    fixed = {"from": about.first, "to": about.last, "period": about.period, "edition": str(about.edition)}
    head = [*fixed, "by", "key", "key_label"]
    begun = [([*fixed.values(), by, row.key, row.label[language]], numbers) for by, row, numbers in _rows(view)]
    if layout == "wide":
        columns = list(dict.fromkeys(one.column for _, numbers in begun for one in numbers))
        return csv_text([[*head, *columns], *(_wide(begin, columns, numbers) for begin, numbers in begun)])
    labels = _labels(view, language)
    long = ([*begin, *_line(one, labels, language)] for begin, numbers in begun for one in numbers)
    return csv_text([[*head, "measure", "measure_label", "figure", "figure_label", "value"], *long])


def _wide(begin: list[str], columns: list[str], numbers: list[ShownNumber]) -> list[str]:
    shown = {one.column: _text(one.number) for one in numbers}
    return [*begin, *(shown.get(name, "") for name in columns)]


def _line(one: ShownNumber, labels: Mapping[str, str], language: str) -> list[str]:
    words = catalogue.words("edition_figures", language)
    return [one.measure, labels[one.measure], one.figure, words[one.figure], _text(one.number)]


def _labels(view: EditionView, language: str) -> dict[str, str]:
    own = [] if view.headline is UNSET else view.headline.measures
    return {one.name: one.label[language] for one in (*view.measures, *own)}


def _text(number: float | None) -> str:
    return "" if number is None else f"{number:g}"


def _rows(view: EditionView) -> Iterator[tuple[str, FiguresRow | HeadlineRow, list[ShownNumber]]]:
    """With the name of their table, and their numbers."""
    for by, rows in [("total", [view.total]), *((table.by, table.rows) for table in view.tables)]:
        for row in rows:
            yield by, row, [*_counts(view.measures, row.values), *_met(view, row)]
    if view.headline is not UNSET:
        for by, of_headline in (("duty", view.headline.rows), ("cause", view.headline.cancelled)):
            for one in of_headline:
                yield by, one, [*_counts(view.headline.measures, one.values), *_promised(one)]


def _counts(measures: list[FiguresMeasure], values: Mapping[str, int | None]) -> Iterator[ShownNumber]:
    known = (one.name for one in measures if one.name in values)
    yield from (ShownNumber(f"{name}_count", name, "count", values[name]) for name in known)


def _met(view: EditionView, row: FiguresRow) -> Iterator[ShownNumber]:
    if any(one.name == "met" for one in view.measures):
        yield _share_of("met", row.met_rate)


def _promised(row: HeadlineRow) -> Iterator[ShownNumber]:
    if HEADLINE[0] in row.values:
        yield _share_of(HEADLINE[0], row.share)


def _share_of(measure: str, share: float | None) -> ShownNumber:
    return ShownNumber(f"{measure}_{_SHARE}", measure, _SHARE, None if share is None else round(share * 100, 1))
