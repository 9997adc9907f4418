"""Routes of the analysis: how often each matter is complained about, and groups of similar complaints."""

from __future__ import annotations

from chalicelib.features.analysis import frequency, groups, queries, table
from chalicelib.features.analysis.query import AnalysisQuery, PeriodQuery
from chalicelib.features.reports.routes import in_type
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request

_PATH = "/v1/t/{tenant}/analysis"
_WEIGHT = 10
_GROUPS_WEIGHT = 20
"""It compares up to 3,000 complaints."""


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
        found = queries.get_analysis(call.wiring, member_request(call), call.query)
        return in_type(call, found, lambda shown, language: table.as_csv(shown, language, call.query.layout))

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
        return Reply(queries.similar_groups(call.wiring, member_request(call), call.query, f"GET {_PATH}/groups"))
