"""The HTML page of an inspection: for screens of any width and for A4, without scripts. Every text is escaped.

Imported by its route at the first request: the library of templates is slow to import.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from chalicelib.features.inspections.document import InspectionDocument
from chalicelib.features.inspections.drawing import front_view, tables, wording
from chalicelib.features.inspections.drawing.wording import PageWording
from chalicelib.policy.worktime.explaining.times import name_of_zone
from chalicelib.policy.worktime.explaining.wording import wording as wording_of_times
from chalicelib.statistics.measures.deadlines import HEADLINE, OFFICE

_HERE = Path(__file__).parent


def html_page(document: InspectionDocument, sha256: str, language: str, complaints: str = "") -> str:
    """`sha256`: of the document. `language`: `zh` or `en`. `complaints`: the address below which the reader finds each
    complaint; empty for a page without links."""
    said = wording.of_document(document, language)
    zone = name_of_zone(wording_of_times(language), document.period.timezone)
    return _template().render(
        document=document,
        language=language,
        words=said.words,
        say=said.say,
        time=said.time,
        instant=said.instant,
        period=said.period(document.period.name),
        front=front_view.view(said),
        complaints=complaints,
        headline=_headline(said),
        facts=_facts(said, sha256),
        notes=" ".join([said.say("zone", zone=zone), said.words["of_shares"], said.words["of_times"]]),
        sections=tables.sections(said),
        definitions=_definitions(said),
        style=_style(),
    )


@functools.cache
def security_policy() -> str:
    """The value of `Content-Security-Policy`: nothing is loaded or run, and only the page's own style applies."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _facts(said: PageWording, sha256: str) -> list[tuple[str, str]]:
    """What the document is, and how to verify it."""
    document, words, period = said.document, said.words, said.document.period
    former = document.former
    versions = [said.say("since", version=one.version, since=said.instant(one.since)) for one in document.policies]
    due = [] if document.due is None else [(words["due"], said.instant(document.due))]
    return [
        (words["period"], f"{period.name} ({period.first} – {period.last})"),
        (words["edition"], str(document.edition)),
        *([] if former is None else [(words["former"], f"{former.id} ({former.sha256})")]),
        (words["produced"], said.instant(document.produced_at)),
        (words["fresh"], said.instant(document.fresh_until)),
        *due,
        (words["policies"], "; ".join(versions)),
        (words["definition"], document.definition),
        (words["hash"], sha256),
    ]


def _headline(said: PageWording) -> list[tuple[str, str]]:
    """For a document of an earlier version: what share of the office's deadlines was met as first promised, if it says
    so."""
    document = said.document
    if document.headline:
        return []
    found = [table for report in document.reports for table in report.tables if table.by == "duty"]
    shares = [row.figures.get(HEADLINE[0]) for table in found for row in table.rows if row.key == OFFICE]
    label = document.measures[HEADLINE[0]].label[said.language] if shares else ""
    return [(label, said.cell(one)) for one in shares if one is not None]


def _definitions(said: PageWording) -> list[tuple[str, str]]:
    language = said.language
    first = [(one.label[language], one.definition[language]) for one in said.document.headline]
    rest = [
        (one.label[language], one.definition_zh if language == wording.CHINESE else one.definition)
        for one in said.document.measures.values()
    ]
    return [*first, *([(said.words["rose_and_fell"], said.words["of_changes"])] if first else []), *rest]


@functools.cache
def _style() -> Markup:
    return Markup((_HERE / "inspection.css").read_text("utf-8"))  # noqa: S704 our own file


@functools.cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string((_HERE / "inspection.html").read_text("utf-8"))
