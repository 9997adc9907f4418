"""The pages of the published figures: tables, each row with a bar. They show what the JSON routes show the public."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from chalicelib.features.figures import edition
from chalicelib.features.figures.edition import EditionSummary, EditionView, FiguresMeasure, FiguresRow, FiguresTable
from chalicelib.policy.language.publicity import Audience
from chalicelib.statistics.tabulating.value import percent
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages.organisation import TenantPage, tenant_page_of
from chalicelib.web.pages.reader import Reader, reader_of
from chalicelib.web.pages.rendering import get_page, page
from chalicelib.web.pages.times import day_text, week_text

if TYPE_CHECKING:
    from chalicelib.web.api import Api


_FULL = 100
"""The length of the longest bar, in units of the drawing."""


class ShownRow(msgspec.Struct, frozen=True):
    """`values`: empty for one that is left out. `bar`: the length for the first measure, 0 to 100."""

    label: str
    values: list[str]
    rate: str
    bar: int


class ShownTable(msgspec.Struct, frozen=True):
    title: str
    rows: list[ShownRow]


class ShownEdition(msgspec.Struct, frozen=True, kw_only=True):
    """`measures`: the heads of the columns. `rated`: whether any row has a rate."""

    period: str
    first: str
    last: str
    published: str
    edition: int
    corrects: str
    measures: list[str]
    definitions: list[tuple[str, str]]
    rated: bool
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


def shown(view: EditionView, tenant_page: TenantPage, reader: Reader) -> ShownEdition:
    summary = view.summary
    names = [one.name for one in view.measures]
    total = ShownTable(reader.text("figures.total"), [_row(view.total, names, 0, reader)])
    tables = [_table(one, names, tenant_page, reader) for one in view.tables]
    rates = [row.met_rate for one in view.tables for row in one.rows] + [view.total.met_rate]
    return ShownEdition(
        period=summary.period,
        first=_day(summary.first, reader),
        last=_day(summary.last, reader),
        published=_day(summary.published_on, reader),
        edition=summary.edition,
        corrects=summary.corrects or "",
        measures=[reader.label(one.label, one.name) for one in view.measures],
        definitions=[(reader.label(one.label, one.name), reader.label(_definition(one))) for one in view.measures],
        rated=any(one is not None for one in rates),
        tables=[total, *tables],
        sha256=view.sha256,
    )


def _definition(measure: FiguresMeasure) -> dict[str, str]:
    in_chinese = measure.definition_zh
    return {"en": measure.definition, "zh": measure.definition if in_chinese is UNSET else in_chinese}


def _table(table: FiguresTable, names: list[str], tenant_page: TenantPage, reader: Reader) -> ShownTable:
    most = max((row.values[names[0]] or 0 for row in table.rows), default=0)
    rows = [_row(row, names, most, reader) for row in table.rows]
    if table.by == "week":
        rows = [replace(row, label=week_text(reader, row.label)) for row in rows]
    return ShownTable(_title(table.by, tenant_page, reader), rows)


def _title(by: str, tenant_page: TenantPage, reader: Reader) -> str:
    if by.startswith("category."):
        label = tenant_page.policy.document.intake.category_names.get(by.removeprefix("category."))
        return reader.label(None if label is None else label.to_json(), reader.text("figures.by_category"))
    return reader.text(f"figures.by_{by}")


def _row(row: FiguresRow, names: list[str], most: int, reader: Reader) -> ShownRow:
    values = [row.values[name] for name in names]
    met, missed = row.values.get("met") or 0, row.values.get("missed") or 0
    rate = "" if row.met_rate is None else percent(met, met + missed, 0)
    bar = round((values[0] or 0) * _FULL / most) if most else 0
    return ShownRow(reader.label(row.label, row.key), ["" if one is None else f"{one:,}" for one in values], rate, bar)


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
        return page(
            "figures/edition.html", reader, {"tenant_page": tenant_page, "edition": shown(found, tenant_page, reader)}
        )
