"""Routes of reports: figures about the organisation's complaints, the complaints behind a figure, and the rebuild."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar

import msgspec

from chalicelib.features.reports import layouts, queries, references, report
from chalicelib.features.reports.layouts import CsvForm
from chalicelib.features.reports.query import ReportQuery, TableQuery
from chalicelib.jobs.job_view import JobView
from chalicelib.statistics.rebuild import start
from chalicelib.web import cursors, languages
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request, owner_command
from chalicelib.web.idempotent_requests import reply_of

_PATH = "/v1/t/{tenant}/reports/{report}"
_REFERENCES = "/v1/t/{tenant}/references"
_View = TypeVar("_View")
_JSON, _CSV = "application/json", "text/csv"


class CasesQuery(ReportQuery, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


class CasesView(msgspec.Struct, frozen=True, kw_only=True):
    """`numbers`: of complaints that the reader may see. A page can be empty although more follow."""

    numbers: list[str]
    cursor: str | None


def register(api: Api) -> None:
    _reports(api)
    _references(api)
    _rebuild(api)


def _reports(api: Api) -> None:
    @api.route(
        _PATH,
        method="GET",
        summary="Get a report: figures of a period, by up to two dimensions, as JSON or CSV",
        allow=["person"],
        programs=True,
        query=TableQuery,
        response=report.FiguresView,
        csv=True,
        problems=["forbidden", "invalid", "conflict"],
    )
    def get_report(call: Call) -> Reply:
        found = queries.get_report(call.wiring, member_request(call), call.params["report"], call.query)
        return in_type(call, found, lambda shown, language: layouts.as_csv(shown, csv_form(call, language)))

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
        name, query, after = call.params["report"], call.query, cursors.position(call, call.query.cursor)
        found = queries.list_cases(call.wiring, member_request(call), name, query, after)
        return Reply(CasesView(numbers=found.numbers, cursor=cursors.sign(call, found.after)))


def csv_form(call: Call, language: str) -> CsvForm:
    """Of a CSV whose query is a `TableQuery`."""
    return CsvForm(queries.labels(call.wiring, member_request(call)), language, call.query.layout)


def in_type(call: Call, found: _View, as_csv: Callable[[_View, str], str]) -> Reply:
    """The report as JSON, or as CSV in the reader's language."""
    if languages.preferred_type(call.accept, (_JSON, _CSV)) == _JSON:
        return Reply(found, headers={"Vary": "Accept"})
    language = languages.preferred(call.accept_language)
    typed = {"Content-Type": f"{_CSV}; charset=utf-8", "Content-Language": language}
    return Reply(as_csv(found, language), headers={**typed, "Vary": "Accept, Accept-Language"})


def _references(api: Api) -> None:
    @api.route(
        _REFERENCES,
        method="GET",
        summary="Get what reports compare figures with",
        allow=["person"],
        response=references.References,
        problems=["forbidden"],
    )
    def get_references(call: Call) -> Reply:
        return Reply(references.get_references(call.wiring.store, member_request(call)))

    @api.route(
        _REFERENCES,
        method="PUT",
        summary="Set what reports compare figures with: shares of indicators, marks of times, denominators",
        allow=["person"],
        request=references.References,
        response=references.References,
        problems=["forbidden", "invalid", "conflict"],
        idempotency="optional",
    )
    def put_references(call: Call) -> Reply:
        wiring = call.wiring
        return reply_of(references.set_references(wiring.store, wiring.real_clock, owner_command(call), call.body))


def _rebuild(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/statistics/rebuild",
        method="POST",
        summary="Count all figures again from the records",
        allow=["person"],
        response=JobView,
        status=202,
        problems=["forbidden", "conflict"],
        idempotency="optional",
    )
    def rebuild_statistics(call: Call) -> Reply:
        return reply_of(start.start(call.wiring, owner_command(call)))
