"""Queries of the analysis. It has the same readers as reports; groups of similar texts are of what each may see."""

from __future__ import annotations

from chalicelib.casework.views.read_log import ReadContext
from chalicelib.features.analysis import frequency, groups
from chalicelib.features.analysis.frequency import AnalysisView
from chalicelib.features.analysis.groups import GroupsView
from chalicelib.features.analysis.query import AnalysisQuery, PeriodQuery
from chalicelib.features.reports.queries import reader_of, restricted
from chalicelib.features.reports.query import DEFAULT_LENGTH, day_of
from chalicelib.kit.problem import Place, Problem
from chalicelib.statistics.question import Question, faults
from chalicelib.statistics.tabulating.horizon import horizon_of
from chalicelib.tenants import organisation
from chalicelib.tenants.people.queries import MemberRequest
from chalicelib.wiring import Wiring


def get_analysis(wiring: Wiring, request: MemberRequest, query: AnalysisQuery) -> AnalysisView:
    """Raises `Problem`: `forbidden`, `invalid`, `conflict`. The caller binds the tenant."""
    tenant, _, now = request
    question = restricted(reader_of(wiring.store, request), _question(wiring, request, query))
    org = organisation.load(wiring.store, tenant)
    policy = wiring.compiled.get(tenant, org.policy_at(now))
    return frequency.make(wiring, org, policy, query.by, question, now)


def similar_groups(wiring: Wiring, request: MemberRequest, query: PeriodQuery, route: str) -> GroupsView:
    """`route`: method and path template, for the read log. Raises `Problem`: `forbidden`, `invalid`."""
    asker = reader_of(wiring.store, request)
    asked = _question(wiring, request, query)
    return groups.make(wiring, request.tenant, ReadContext(asker, route, request.now), asked.first, asked.last)


def _question(wiring: Wiring, request: MemberRequest, query: PeriodQuery) -> Question:
    """The period as a question. Raises `Problem("invalid")` for one that the statistics refuse."""
    last = horizon_of(wiring, request.tenant, request.now).today if query.last is None else day_of("to", query.last)
    first = last - DEFAULT_LENGTH if query.first is None else day_of("from", query.first)
    asked = Question(measures=("received",), first=first, last=last)
    places = [Place("/query/to", one.problem) for one in faults(asked)]
    if places:
        raise Problem("invalid", "The analysis cannot be made as asked.", places=places)
    return asked
