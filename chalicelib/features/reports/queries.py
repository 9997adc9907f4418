"""Queries of reports. Members read those of the units for which they have a grant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from chalicelib.casework import authorization
from chalicelib.casework.authorization import read_asker
from chalicelib.casework.numbers import NumberPosition
from chalicelib.complaints.rights.permits import RESPONDENT, Asker
from chalicelib.features.reports import report
from chalicelib.features.reports.query import ReportQuery, check_undivided, question_of, refuse
from chalicelib.features.reports.report import FiguresView
from chalicelib.kit.problem import Place, Problem
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.statistics import cases, known_values
from chalicelib.statistics.dimensions import Labels
from chalicelib.statistics.question import Question
from chalicelib.statistics.tabulating.horizon import horizon_of
from chalicelib.store.port import Store
from chalicelib.tenants import organisation
from chalicelib.tenants.organisation import Organisation
from chalicelib.tenants.people.queries import MemberRequest
from chalicelib.tenants.publication.policy_version import version_page
from chalicelib.wiring import Wiring

_VERSIONS = 100
"""Of one page."""


class CasesPage(NamedTuple):
    """`numbers`: of complaints that the reader may see. A page can be empty although more follow."""

    numbers: list[str]
    after: Mapping[str, str] | None


def get_report(wiring: Wiring, request: MemberRequest, name: str, query: ReportQuery) -> FiguresView:
    """Raises `Problem`: `forbidden`, `not-found`, `invalid`, `conflict`. The caller binds the tenant."""
    question = asked_question(wiring, request, name, query)
    return report.make(wiring, request.tenant, name, question, request.now)


def list_cases(
    wiring: Wiring, request: MemberRequest, name: str, query: ReportQuery, after: Mapping[str, str] | None
) -> CasesPage:
    """The complaints that a figure counts. Raises as `get_report`."""
    asker = reader_of(wiring.store, request)
    check_undivided(query)
    question = _question(wiring, request, asker, name, query)
    position = None if after is None else msgspec.convert(after, NumberPosition, strict=False)
    found = cases.cases(wiring, request.tenant, question, request.now, position)
    following = None if found.after is None else {k: str(v) for k, v in msgspec.to_builtins(found.after).items()}
    return CasesPage(authorization.not_excluding(wiring.store, request.tenant, asker, found.numbers), following)


def labels(wiring: Wiring, request: MemberRequest) -> Labels:
    """The names of the values of dimensions. The caller binds the tenant."""
    org = organisation.load(wiring.store, request.tenant)
    return Labels(wiring.compiled.get(request.tenant, org.policy_at(request.now)).document, org)


def asked_question(wiring: Wiring, request: MemberRequest, name: str, query: ReportQuery) -> Question:
    """About the units that the caller may see. Raises `Problem`: `forbidden`, `not-found`, `invalid`."""
    return _question(wiring, request, reader_of(wiring.store, request), name, query)


def _question(wiring: Wiring, request: MemberRequest, asker: Asker, name: str, query: ReportQuery) -> Question:
    asked = question_of(name, query, lambda: horizon_of(wiring, request.tenant, request.now).today)
    found = restricted(asker, asked)
    if known_values.names_some(asked):
        org = organisation.load(wiring.store, request.tenant)
        refuse(known_values.faults(asked, org, _documents(wiring, org, request)))
    return found


def _documents(wiring: Wiring, org: Organisation, request: MemberRequest) -> Iterator[PolicyDocument]:
    """Of the version in force, then of all: a complaint of a past period has values of its own version."""
    yield wiring.compiled.get(request.tenant, org.policy_at(request.now)).document
    after: Mapping[str, str] | None = None
    while True:
        rows, after = version_page(wiring.store, request.tenant, _VERSIONS, after)
        yield from (wiring.compiled.get(request.tenant, row.version).document for row in rows)
        if after is None:
            return


def reader_of(store: Store, request: MemberRequest) -> Asker:
    """Raises `Problem("forbidden")` for other people, and for respondents, who are no part of the organisation."""
    asker = read_asker(store, *request)
    check_reader(asker)
    return asker


def check_reader(asker: Asker) -> None:
    """Raises as `reader_of`."""
    if not is_reader(asker):
        raise Problem("forbidden", "Only people of the organisation read its reports.")


def is_reader(asker: Asker) -> bool:
    return any(grant.role != RESPONDENT for grant in asker.grants)


def is_whole_reader(asker: Asker) -> bool:
    """Whether they read the reports of the whole organisation, not only of units."""
    return any(grant.role != RESPONDENT and grant.unit is None for grant in asker.grants)


def check_whole_reader(asker: Asker) -> None:
    """Raises `Problem("forbidden")` for others."""
    if not is_whole_reader(asker):
        raise Problem("forbidden", "Only people who read the reports of the whole organisation may see this.")


def restricted(asker: Asker, question: Question) -> Question:
    """The question about the units that the reader may see. `Problem("forbidden")` if it names another one."""
    if is_whole_reader(asker):
        return question
    grants = [grant for grant in asker.grants if grant.role != RESPONDENT]
    own = frozenset(grant.unit for grant in grants if grant.unit is not None)
    asked = question.filters.get("unit", own)
    if not asked <= own:
        places = [Place("/query/unit", "is a unit whose complaints you may not see")]
        raise Problem("forbidden", "You may not see the complaints of this unit.", places=places)
    return replace(question, filters={**question.filters, "unit": asked})
