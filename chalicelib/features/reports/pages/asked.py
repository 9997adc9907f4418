"""The query of a report's page: the question is its address, so that it can be kept and sent to others."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from chalicelib.features.reports.query import REPORTS, ReportQuery
from chalicelib.kit.decoding import extended_by
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.statistics import dimensions
from chalicelib.statistics.dimensions import CATEGORY
from chalicelib.statistics.measures.table import MEASURES
from chalicelib.statistics.question import allows
from chalicelib.web import request_parts
from chalicelib.web.pages.reader import PageQuery, Reader, written

_Words = Annotated[list[Annotated[str, msgspec.Meta(max_length=200)]], msgspec.Meta(max_length=60)]
_Day = Annotated[str, msgspec.Meta(max_length=20)]
_FOR_PROGRAMS = ("policy", "category", "first_category", "answer")
"""Dimensions with values of which most people can make nothing, or too many."""


@extended_by((name, _Words, msgspec.field(default_factory=list)) for name in dimensions.filters())
class ReportPageQuery(PageQuery, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """As `ReportQuery`. A form sends its empty inputs too, so every text is taken here and checked by `question_in`."""

    measure: _Words = msgspec.field(default_factory=list)
    by: _Words = msgspec.field(default_factory=list)
    first: _Day = ""
    last: _Day = ""
    category: _Words = msgspec.field(default_factory=list)


class CasesPageQuery(ReportPageQuery, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """`cursor`: of a further page of complaints."""

    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


def question_in(query: ReportPageQuery) -> ReportQuery:
    """Raises `Problem("invalid")` with each faulty place."""
    asked = msgspec.to_builtins(query)
    given = {name: asked[name] for name in ("category", *dimensions.filters()) if asked[name]}
    given |= {name: found for name in ("measure", "by") if (found := [one for one in asked[name] if one])}
    given |= {name: asked[name] for name in ("from", "to") if asked[name]}
    found = request_parts.decode(given, ReportQuery, prefix="/query")
    assert isinstance(found, ReportQuery)
    return found


def here(query: ReportPageQuery, path: str = "", **changed: Any) -> str:
    """The address of the page with other parameters."""
    return f"{path}?{written(query, **changed)}"


def possible_dimensions(document: PolicyDocument, report: str) -> list[str]:
    """By which some measure of the report can be asked, periods first."""
    measures = [MEASURES[name] for name in REPORTS[report]]
    known = [*dimensions.DIMENSIONS.values()]
    periods = [row.name for row in reversed(known) if row.is_period]
    kinds = [CATEGORY + kind for kind in document.intake.categories]
    others = [
        row.name
        for row in known
        if not row.is_period and row.name not in _FOR_PROGRAMS and any(allows(one, row.name) for one in measures)
    ]
    return [*periods, *kinds, *others]


def dimension_label(document: PolicyDocument, name: str, reader: Reader) -> str:
    """A kind of category has a name only where the policy has several."""
    if name.startswith(CATEGORY):
        label = getattr(dimensions.of("category"), reader.language)
        kinds = document.intake.categories
        return (
            str(label)
            if len(kinds) == 1
            else reader.text("reports.kind", label=label, kind=name.removeprefix(CATEGORY))
        )
    return str(getattr(dimensions.of(name), reader.language))
