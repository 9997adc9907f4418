"""Routes of reports: figures about the organisation's complaints, and the complaints behind a figure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, TypeVar

import msgspec

from chalicelib.casework import authorization
from chalicelib.casework.period import NumberPosition
from chalicelib.features.reports import readers, report, table
from chalicelib.features.reports.query import ReportQuery, question_of
from chalicelib.kit.problem import Place, Problem
from chalicelib.statistics import cases
from chalicelib.statistics.tabulating.horizon import horizon_of
from chalicelib.web import accepted_types, cursors, languages
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of

_PATH = "/v1/t/{tenant}/reports/{report}"
_View = TypeVar("_View")
_JSON, _CSV = "application/json", "text/csv"


class CasesQuery(ReportQuery, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


class CasesView(msgspec.Struct, frozen=True, kw_only=True):
    """`numbers`: of complaints that the reader may see. A page can be empty although more follow."""

    numbers: list[str]
    cursor: str | None


def register(api: Api) -> None:
    @api.route(
        _PATH,
        method="GET",
        summary="Get a report: figures of a period, by up to two dimensions, as JSON or CSV",
        allow=["person"],
        query=ReportQuery,
        response=report.FiguresView,
        csv=True,
        problems=["forbidden", "invalid", "conflict"],
    )
    def get_report(call: Call) -> Reply:
        name, query = call.params["report"], call.query
        asker = readers.reader_of(call.wiring.store, tenant_of(call), sub_of(call), call.now)
        question = readers.restricted(asker, question_of(name, query, _today(call)))
        return in_type(call, report.make(call.wiring, tenant_of(call), name, question, call.now), table.as_csv)

    @api.route(
        _PATH + "/cases",
        method="GET",
        summary="List the complaints that a figure of a report counts",
        allow=["person"],
        query=CasesQuery,
        response=CasesView,
        problems=["forbidden", "invalid", "conflict"],
    )
    def list_report_cases(call: Call) -> Reply:
        return _cases(call)


def _today(call: Call) -> Callable[[], date]:
    return lambda: horizon_of(call.wiring, tenant_of(call), call.now).today


def in_type(call: Call, found: _View, as_csv: Callable[[_View, str], str]) -> Reply:
    """The report as JSON, or as CSV in the reader's language."""
    if accepted_types.preferred(call.accept, (_JSON, _CSV)) == _JSON:
        return Reply(found, headers={"Vary": "Accept"})
    language = languages.preferred(call.accept_language)
    typed = {"Content-Type": f"{_CSV}; charset=utf-8", "Content-Language": language}
    return Reply(as_csv(found, language), headers={**typed, "Vary": "Accept, Accept-Language"})


def _cases(call: Call) -> Reply:
    query, tenant, wiring = call.query, tenant_of(call), call.wiring
    asker = readers.reader_of(wiring.store, tenant, sub_of(call), call.now)
    if query.by:
        raise Problem("invalid", "The list has no dimensions.", places=[Place("/query/by", "cannot be given here")])
    question = readers.restricted(asker, question_of(call.params["report"], query, _today(call)))
    after = cursors.unseal(call, query.cursor)
    position = None if after is None else msgspec.convert(after, NumberPosition, strict=False)
    found = cases.cases(wiring, tenant, question, call.now, position)
    following = None if found.after is None else {k: str(v) for k, v in msgspec.to_builtins(found.after).items()}
    numbers = authorization.not_excluding(wiring.store, tenant, asker, found.numbers)
    return Reply(CasesView(numbers=numbers, cursor=cursors.seal(call, following)))
