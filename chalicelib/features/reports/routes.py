"""Routes of reports: figures about the organisation's complaints, the complaints behind a figure, and the rebuild.

Members read reports of the units for which they have a grant.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, TypeVar

import msgspec
from msgspec.structs import replace

from chalicelib.casework import authorization
from chalicelib.casework.authorization import read_asker
from chalicelib.casework.numbers import NumberPosition
from chalicelib.complaints.rights.permits import RESPONDENT, Asker
from chalicelib.features.reports import report
from chalicelib.features.reports.query import ReportQuery, question_of
from chalicelib.jobs.job_view import JobView
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Place, Problem
from chalicelib.statistics import cases
from chalicelib.statistics.question import Question
from chalicelib.statistics.rebuild import start
from chalicelib.statistics.tabulating.horizon import horizon_of
from chalicelib.store.port import Store
from chalicelib.web import cursors, languages
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import owner_command, sub_of, tenant_of
from chalicelib.web.idempotent_requests import reply_of

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
    _reports(api)
    _rebuild(api)


def _reports(api: Api) -> None:
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
        asker = reader_of(call.wiring.store, tenant_of(call), sub_of(call), call.now)
        question = restricted(asker, question_of(name, query, _today(call)))
        return in_type(call, report.make(call.wiring, tenant_of(call), name, question, call.now), report.as_csv)

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
    if languages.preferred_type(call.accept, (_JSON, _CSV)) == _JSON:
        return Reply(found, headers={"Vary": "Accept"})
    language = languages.preferred(call.accept_language)
    typed = {"Content-Type": f"{_CSV}; charset=utf-8", "Content-Language": language}
    return Reply(as_csv(found, language), headers={**typed, "Vary": "Accept, Accept-Language"})


def _cases(call: Call) -> Reply:
    query, tenant, wiring = call.query, tenant_of(call), call.wiring
    asker = reader_of(wiring.store, tenant, sub_of(call), call.now)
    if query.by:
        raise Problem("invalid", "The list has no dimensions.", places=[Place("/query/by", "cannot be given here")])
    question = restricted(asker, question_of(call.params["report"], query, _today(call)))
    after = cursors.position(call, query.cursor)
    position = None if after is None else msgspec.convert(after, NumberPosition, strict=False)
    found = cases.cases(wiring, tenant, question, call.now, position)
    following = None if found.after is None else {k: str(v) for k, v in msgspec.to_builtins(found.after).items()}
    numbers = authorization.not_excluding(wiring.store, tenant, asker, found.numbers)
    return Reply(CasesView(numbers=numbers, cursor=cursors.sign(call, following)))


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


def reader_of(store: Store, tenant: str, sub: str, now: Instant) -> Asker:
    """Raises `Problem("forbidden")` for other people, and for respondents, who are no part of the organisation."""
    asker = read_asker(store, tenant, sub, now)
    if all(grant.role == RESPONDENT for grant in asker.grants):
        raise Problem("forbidden", "Only people of the organisation read its reports.")
    return asker


def restricted(asker: Asker, question: Question) -> Question:
    """The question about the units that the reader may see. `Problem("forbidden")` if it names another one."""
    grants = [grant for grant in asker.grants if grant.role != RESPONDENT]
    if any(grant.unit is None for grant in grants):
        return question
    own = frozenset(grant.unit for grant in grants if grant.unit is not None)
    asked = question.filters.get("unit", own)
    if not asked <= own:
        places = [Place("/query/unit", "is a unit whose complaints you may not see")]
        raise Problem("forbidden", "You may not see the complaints of this unit.", places=places)
    return replace(question, filters={**question.filters, "unit": asked})
