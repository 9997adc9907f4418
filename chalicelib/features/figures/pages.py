"""The pages of the published figures: tables, each row with a bar. They show what the JSON routes show the public."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from chalicelib.features.figures import edition
from chalicelib.features.figures.compose import FEWEST
from chalicelib.features.figures.edition import (
    EditionSummary,
    EditionView,
    FiguresMeasure,
    FiguresRow,
    FiguresTable,
    HeadlineRow,
)
from chalicelib.features.figures.headline import SUMS
from chalicelib.features.figures.reasons import place
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.publicity import Audience
from chalicelib.statistics.measures.deadlines import HEADLINE, OFFICE
from chalicelib.statistics.tabulating.value import percent
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages.organisation import tenant_page_of
from chalicelib.web.pages.reader import Reader, reader_of
from chalicelib.web.pages.rendering import get_page, page
from chalicelib.web.pages.times import day_text, week_text

if TYPE_CHECKING:
    from chalicelib.web.api import Api


_FULL = 100
"""The length of the longest bar, in units of the drawing."""


class ShownRow(msgspec.Struct, frozen=True):
    """`values`: empty for one that is left out. `bar`: the length for the first measure, 0 to 100. `places`: of the
    values, as `reasons.place`."""

    label: str
    values: list[str]
    rate: str
    bar: int
    places: list[str]


class ShownTable(msgspec.Struct, frozen=True):
    """`columns`: the heads of its columns. `rate`: the head of the last one; empty without rates."""

    title: str
    columns: list[str]
    rate: str
    rows: list[ShownRow]


class ShownEdition(msgspec.Struct, frozen=True, kw_only=True):
    period: str
    first: str
    last: str
    published: str
    edition: int
    corrects: str
    definitions: list[tuple[str, str]]
    tables: list[ShownTable]
    sha256: str


class ListedEdition(msgspec.Struct, frozen=True, kw_only=True):
    period: str
    first: str
    last: str
    published: str
    corrected: bool


def newest(found: list[EditionSummary], reader: Reader) -> list[ListedEdition]:
    """`found`: newest first. One for each period."""
    periods = {one.period: one for one in reversed(found)}
    return [_listed(one, reader) for one in sorted(periods.values(), key=lambda one: one.first, reverse=True)]


def _listed(one: EditionSummary, reader: Reader) -> ListedEdition:
    first, last, on = (_day(day, reader) for day in (one.first, one.last, one.published_on))
    return ListedEdition(period=one.period, first=first, last=last, published=on, corrected=one.edition > 1)


def shown(view: EditionView, document: PolicyDocument, reader: Reader) -> ShownEdition:
    summary = view.summary
    rates = [row.met_rate for one in view.tables for row in one.rows] + [view.total.met_rate]
    head = _Head([*view.measures], reader.text("figures.rate") if any(one is not None for one in rates) else "", reader)
    total = head.table(reader.text("figures.total"), [_row("", view.total, head, 0)])
    headline = [] if view.headline is UNSET else view.headline.measures
    return ShownEdition(
        period=summary.period,
        first=_day(summary.first, reader),
        last=_day(summary.last, reader),
        published=_day(summary.published_on, reader),
        edition=summary.edition,
        corrects=summary.corrects or "",
        definitions=[
            *((reader.label(one.label, one.name), reader.label(_definition(one))) for one in headline),
            *([_of_rate("share", reader)] if headline else []),
            *((reader.label(one.label, one.name), reader.label(_definition(one))) for one in view.measures),
            *([_of_rate("rate", reader)] if head.rate else []),
        ],
        tables=[*_headline(view, reader), total, *(_table(one, head, document) for one in view.tables)],
        sha256=view.sha256,
    )


def _of_rate(name: str, reader: Reader) -> tuple[str, str]:
    """The head of a column of percentages, and what they are of."""
    return reader.text(f"figures.{name}"), reader.text(f"figures.{name}_counts", fewest=str(FEWEST))


class _Head(NamedTuple):
    """Of tables with the same columns."""

    measures: list[FiguresMeasure]
    rate: str
    reader: Reader

    @property
    def names(self) -> list[str]:
        return [one.name for one in self.measures]

    def table(self, title: str, rows: list[ShownRow]) -> ShownTable:
        return ShownTable(title, [self.reader.label(one.label, one.name) for one in self.measures], self.rate, rows)

    def row(self, by: str, row: FiguresRow | HeadlineRow, rate: str, bar: int = 0) -> ShownRow:
        cells = [row.values[name] for name in self.names]
        texts = ["" if one is None else f"{one:,}" for one in cells]
        places = [place(by, row.key, name) for name in self.names]
        return ShownRow(self.reader.label(row.label, row.key), texts, rate, bar, places)


def _headline(view: EditionView, reader: Reader) -> Iterator[ShownTable]:
    """The office's deadlines come first. Duties without deadlines, and causes without any, have no row."""
    if view.headline is UNSET:
        return
    *promised, cancelled = view.headline.measures
    of_duties = _Head(promised, reader.text("figures.share"), reader)
    rows = [row for row in view.headline.rows if row.key == OFFICE or any(value != 0 for value in row.values.values())]
    yield of_duties.table(reader.text("figures.promised"), [of_duties.row("duty", row, _share(row)) for row in rows])
    of_causes = _Head([cancelled], "", reader)
    counted = [row for row in view.headline.cancelled if not row.key or row.values[cancelled.name] != 0]
    yield of_causes.table(reader.text("figures.cancelled"), [of_causes.row("cause", row, "") for row in counted])


def _share(row: HeadlineRow) -> str:
    if row.share is None:
        return ""
    return percent(row.values[HEADLINE[0]] or 0, sum(row.values[name] or 0 for name in SUMS), 0)


def _definition(measure: FiguresMeasure) -> dict[str, str]:
    in_chinese = measure.definition_zh
    return {"en": measure.definition, "zh": measure.definition if in_chinese is UNSET else in_chinese}


def _table(table: FiguresTable, head: _Head, document: PolicyDocument) -> ShownTable:
    most = max((row.values[head.names[0]] or 0 for row in table.rows), default=0)
    rows = [_row(table.by, row, head, most) for row in table.rows]
    if table.by == "week":
        rows = [replace(row, label=week_text(head.reader, row.label)) for row in rows]
    return head.table(_title(table.by, document, head.reader), rows)


def _title(by: str, document: PolicyDocument, reader: Reader) -> str:
    if by.startswith("category."):
        label = document.intake.category_names.get(by.removeprefix("category."))
        return reader.label(None if label is None else label.to_json(), reader.text("figures.by_category"))
    return reader.text(f"figures.by_{by}")


def _row(by: str, row: FiguresRow, head: _Head, most: int) -> ShownRow:
    met, missed = row.values.get("met") or 0, row.values.get("missed") or 0
    rate = "" if row.met_rate is None else percent(met, met + missed, 0)
    return head.row(by, row, rate, round((row.values[head.names[0]] or 0) * _FULL / most) if most else 0)


def _day(text: str, reader: Reader) -> str:
    return day_text(reader, date.fromisoformat(text))


_FIGURES = "/t/{tenant}/figures"
_PUBLIC: tuple[Audience, ...] = ("public",)


def register(api: Api) -> None:
    @get_page(api, _FIGURES, "The periods whose figures are published")
    def get_figures_list_page(call: Call) -> Reply:
        found = edition.listed(call.wiring.store, tenant_of(call), _PUBLIC)
        tenant_page, reader = tenant_page_of(call), reader_of(call)
        publicity = tenant_page.policy.document.publicity
        publishes = publicity is not None and publicity.figures is not None
        values = {"tenant_page": tenant_page, "publishes": publishes, "editions": newest(found, reader)}
        return page("figures/list.html", reader, values)

    @get_page(api, _FIGURES + "/{period}", "The published figures of a period")
    def get_figures_page(call: Call) -> Reply:
        found = edition.find(call.wiring.store, tenant_of(call), _PUBLIC, call.params["period"], None)
        tenant_page, reader = tenant_page_of(call), reader_of(call)
        in_words = shown(found, tenant_page.policy.document, reader)
        return page("figures/edition.html", reader, {"tenant_page": tenant_page, "edition": in_words})
