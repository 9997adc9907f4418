"""The HTML page of an inspection: A4, each chart with its table, without scripts. Every text is escaped.

Imported by its route at the first request: the libraries of templates and charts are slow to import.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from chalicelib.features.inspections.document import Figure, FigureRow, FigureTable, InspectionDocument
from chalicelib.features.inspections.figures import drawn
from chalicelib.kit import catalogue
from chalicelib.kit.instants import from_text
from chalicelib.policy.worktime.explaining.times import name_of_zone
from chalicelib.policy.worktime.explaining.wording import wording
from chalicelib.policy.worktime.zone import wall_clock
from chalicelib.statistics import dimensions
from chalicelib.statistics.measures.deadlines import HEADLINE, OFFICE
from chalicelib.statistics.tabulating.value import percent
from chalicelib.web.pages import charts

_HERE = Path(__file__).parent


class _Row(msgspec.Struct, frozen=True):
    label: str
    cells: list[str]


class _PageTable(msgspec.Struct, frozen=True, kw_only=True):
    by: str
    columns: list[str]
    rows: list[_Row]
    left_out: int
    caption: str
    chart: Markup | None


def _words(language: str) -> dict[str, str]:
    return catalogue.words("inspection_page", language)


class _Section(msgspec.Struct, frozen=True):
    name: str
    tables: list[_PageTable]


def html_page(document: InspectionDocument, sha256: str, language: str) -> str:
    """`sha256`: of the document. `language`: `zh` or `en`."""
    words = _words(language)
    zone = name_of_zone(wording(language), document.period.timezone)
    notes = " ".join([words["zone"].format(zone=zone), words["of_shares"], words["of_times"]])
    return _template().render(
        document=document,
        language=language,
        words=words,
        facts=_facts(document, sha256, language),
        notes=notes,
        sections=[
            _Section(
                catalogue.words("inspection_reports", language)[one.name],
                [_table(document, table, language) for table in one.tables],
            )
            for one in document.reports
        ],
        definitions=_definitions(document, language),
        style=_style(),
    )


@functools.cache
def security_policy() -> str:
    """The value of `Content-Security-Policy`: nothing is loaded or run, and only the page's own style applies."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _facts(document: InspectionDocument, sha256: str, language: str) -> list[tuple[str, str]]:
    words, period = _words(language), document.period
    former = document.former
    versions = [
        words["since"].format(version=one.version, since=_time(document, one.since)) for one in document.policies
    ]
    due = [] if document.due is None else [(words["due"], _time(document, document.due))]
    return [
        (words["period"], f"{period.name} ({period.first} – {period.last})"),
        *_headline(document, language),
        (words["edition"], str(document.edition)),
        *([] if former is None else [(words["former"], f"{former.id} ({former.sha256})")]),
        (words["produced"], _time(document, document.produced_at)),
        (words["fresh"], _time(document, document.fresh_until)),
        *due,
        (words["policies"], "; ".join(versions)),
        (words["definition"], document.definition),
        (words["hash"], sha256),
    ]


def _headline(document: InspectionDocument, language: str) -> list[tuple[str, str]]:
    """What share of the office's deadlines was met as first promised. Documents of earlier versions do not say it."""
    tables = [table for report in document.reports for table in report.tables if table.by == "duty"]
    found = [row.figures.get(HEADLINE[0]) for table in tables for row in table.rows if row.key == OFFICE]
    return [(document.measures[HEADLINE[0]].label[language], _cell(one, language)) for one in found if one is not None]


def _time(document: InspectionDocument, text: str) -> str:
    return f"{wall_clock(ZoneInfo(document.period.timezone), from_text(text)):%Y-%m-%d %H:%M}"


def _table(document: InspectionDocument, table: FigureTable, language: str) -> _PageTable:
    names = {name: document.measures[name].label[language] for name in table.measures}
    if table.by is None:
        words = _words(language)
        found = table.rows[0].figures if table.rows else {}
        rows = [_Row(names[name], [_cell(found[name], language)]) for name in table.measures if name in found]
        return _PageTable(by=words["measure"], columns=[words["value"]], rows=rows, left_out=0, caption="", chart=None)
    by = getattr(dimensions.of(table.by), language)
    caption = "" if table.chart is None else _words(language)["chart"].format(measure=names[table.chart], by=by)
    return _PageTable(
        by=by,
        columns=list(names.values()),
        rows=[
            _Row(_label(row, language), [_cell(row.figures.get(name), language) for name in names])
            for row in table.rows
        ],
        left_out=table.left_out,
        caption=caption,
        chart=_chart(table, caption, language),
    )


def _chart(table: FigureTable, caption: str, language: str) -> Markup | None:
    if table.chart is None or table.by is None:
        return None
    bars = [charts.Bar(_label(row, language), drawn(row.figures.get(table.chart))) for row in table.rows]
    return charts.columns(bars, caption) if dimensions.of(table.by).is_period else charts.greatest(bars, caption)


def _label(row: FigureRow, language: str) -> str:
    return row.label[language] or _words(language)["absent"]


def _cell(figure: Figure | None, language: str) -> str:
    if figure is None:
        return "0"
    if figure.numerator is not None:
        share = f" ({percent(figure.numerator, figure.denominator, 1)})" if figure.denominator else ""
        place = "" if figure.place is None else catalogue.words("inspection_places", language)[figure.place]
        return f"{figure.numerator} / {figure.denominator}{share}" + (f" {place}" if place else "")
    if figure.median is None:
        return str(figure.count)
    return f"{figure.count} ({figure.median:.0f}, {figure.p90 or 0:.0f})"


def _definitions(document: InspectionDocument, language: str) -> list[tuple[str, str]]:
    return [
        (one.label[language], one.definition_zh if language == "zh" else one.definition)
        for one in document.measures.values()
    ]


@functools.cache
def _style() -> Markup:
    return Markup((_HERE / "inspection.css").read_text("utf-8"))  # noqa: S704 our own file


@functools.cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string((_HERE / "inspection.html").read_text("utf-8"))
