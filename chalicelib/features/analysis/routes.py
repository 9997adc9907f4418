"""Routes of the analysis: how often each matter is complained about, and groups of similar complaints."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.casework.views.read_log import ReadContext
from chalicelib.features.analysis import frequency, groups, table
from chalicelib.features.reports import routes
from chalicelib.features.reports.query import DEFAULT_LENGTH, Day, day_of
from chalicelib.features.reports.routes import in_type
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.problem import Place, Problem
from chalicelib.statistics.question import Question, faults
from chalicelib.statistics.tabulating.horizon import horizon_of
from chalicelib.tenants import organisation
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of

_PATH = "/v1/t/{tenant}/analysis"
_WEIGHT = 10
_GROUPS_WEIGHT = 20
"""It compares up to 3,000 complaints."""


class PeriodQuery(RequestDocument, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """Days, both included; by default the last 30 days, today included."""

    first: Day | None = None
    last: Day | None = None


class AnalysisQuery(PeriodQuery, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """`by`: `unit`, `category.<kind>`, or `answer.<field>` for a choice or a flag of acts, such as the cause."""

    by: Annotated[str, msgspec.Meta(min_length=1, max_length=200)] = frequency.UNIT


def register(api: Api) -> None:
    @api.route(
        _PATH,
        method="GET",
        summary="Analyse a period: number, frequency, rank and trend by category, unit or cause, as JSON or CSV",
        allow=["person"],
        query=AnalysisQuery,
        response=frequency.AnalysisView,
        csv=True,
        problems=["forbidden", "invalid", "conflict"],
        weight=_WEIGHT,
    )
    def get_analysis(call: Call) -> Reply:
        tenant, wiring = tenant_of(call), call.wiring
        asker = routes.reader_of(wiring.store, tenant, sub_of(call), call.now)
        question = routes.restricted(asker, _question(call))
        org = organisation.load(wiring.store, tenant)
        policy = wiring.compiled.get(tenant, org.policy_at(call.now))
        return in_type(call, frequency.make(wiring, org, policy, call.query.by, question, call.now), table.as_csv)

    @api.route(
        _PATH + "/groups",
        method="GET",
        summary="List groups of complaints with similar texts in a period, the largest first",
        allow=["person"],
        query=PeriodQuery,
        response=groups.GroupsView,
        problems=["forbidden", "invalid"],
        weight=_GROUPS_WEIGHT,
    )
    def list_similar_groups(call: Call) -> Reply:
        asker = routes.reader_of(call.wiring.store, tenant_of(call), sub_of(call), call.now)
        asked = _question(call)
        context = ReadContext(asker, f"GET {_PATH}/groups", call.now)
        return Reply(groups.make(call.wiring, tenant_of(call), context, asked.first, asked.last))


def _question(call: Call) -> Question:
    """The period as a question. Raises `Problem("invalid")` for one that the statistics refuse."""
    query = call.query
    today = horizon_of(call.wiring, tenant_of(call), call.now).today if query.last is None else None
    last = day_of("to", query.last) if today is None else today
    first = last - DEFAULT_LENGTH if query.first is None else day_of("from", query.first)
    asked = Question(measures=("received",), first=first, last=last)
    places = [Place("/query/to", one.problem) for one in faults(asked)]
    if places:
        raise Problem("invalid", "The analysis cannot be made as asked.", places=places)
    return asked
