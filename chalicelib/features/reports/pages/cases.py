"""The desk's page of the complaints that a figure of a report counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from chalicelib.casework import snapshot
from chalicelib.complaints.state import Complaint
from chalicelib.features.reports import queries
from chalicelib.features.reports.pages import periods
from chalicelib.features.reports.pages.asked import CasesPageQuery, here, question_in
from chalicelib.features.reports.pages.offered import Choices
from chalicelib.features.reports.pages.report import REPORT
from chalicelib.kit.instants import to_text
from chalicelib.statistics.measures.table import MEASURES
from chalicelib.web import cursors
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request, tenant_of
from chalicelib.web.pages.desk import desk_of, desk_page
from chalicelib.web.pages.labels import CaseLabels, labels_of
from chalicelib.web.pages.times import times_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chalicelib.web.api import Api


class CountedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A complaint that a figure counts, without anything private."""

    number: str
    category: str
    severity: str
    unit: str
    stage: str
    registered: str


def register(api: Api) -> None:
    @desk_page(api, REPORT + "/cases", "The complaints that a figure of a report counts", query=CasesPageQuery)
    def get_desk_report_cases(call: Call) -> Reply:
        desk, name, query = desk_of(call), call.params["report"], call.query
        after = cursors.position(call, query.cursor)
        found = queries.list_cases(call.wiring, member_request(call), name, question_in(query), after)
        complaints = snapshot.read_complaints(call.wiring.store, tenant_of(call), found.numbers)
        more, reader = cursors.sign(call, found.after), desk.reader
        named = [reader.say(MEASURES[one].texts.label) for one in query.measure if one in MEASURES]
        values = {
            "report": name,
            "title": "、".join(named) if reader.language == "zh" else ", ".join(named),
            "period": periods.period_text(reader, query.first, query.last) if query.first and query.last else "",
            "chips": Choices(desk.member, reader, query, name).chosen(),
            "rows": rows(complaints, labels_of(desk)),
            "back": here(query, f"{desk.path}/reports/{name}", cursor=None, measure=[]),
            "next": here(query, cursor=more) if more else "",
            "later": query.cursor is not None,
        }
        return desk.page("reports/cases.html", values)


def rows(complaints: Sequence[Complaint], labels: CaseLabels) -> list[CountedRow]:
    time = times_of(labels.policy.calendar, labels.reader)
    return [
        CountedRow(
            number=one.number,
            category=labels.category(one.category),
            severity="" if one.severity is None else labels.severity(one.severity),
            unit="" if one.unit is None else labels.unit(one.unit),
            stage=labels.stage(one.stage),
            registered=time(to_text(one.registered_at)),
        )
        for one in sorted(complaints, key=lambda one: one.number, reverse=True)
    ]
