"""The desk's page of a complaint: what is due, what can be done, what it says, and what has happened."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Literal

from chalicelib.casework.authorization import is_excluded
from chalicelib.casework.views import complaint_queries, complaint_views
from chalicelib.complaints.rights.confidentiality import IDENTITY
from chalicelib.features.handling.desk import act_page, reading, waiting_drafts
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages.desk import CASE, Desk, case_request, desk_of, desk_page
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.organisation import tenant_page_key
from chalicelib.web.pages.reader import CaseQuery

if TYPE_CHECKING:
    from chalicelib.web.api import Api


class DeskCaseQuery(CaseQuery, frozen=True, kw_only=True):
    """`show`: also what identifies the complainant, which is then in the read log."""

    show: Literal["complainant"] | None = None


def register(api: Api) -> None:
    @desk_page(api, CASE, "A complaint, for the people who handle it", query=DeskCaseQuery)
    def get_desk_case(call: Call) -> Reply:
        desk = desk_of(call)
        request = case_request(call)
        drawer = act_page.drawer_of(call)
        visible = complaint_queries.load_caller(call.wiring, request, [tenant_page_key(call), drawer.key])
        if is_excluded(visible.case.complaint, visible.asker):
            return _excluded(desk, visible)
        seen = visible if call.query.show == IDENTITY else reading.without_identity(visible)
        found = reading.read(call, desk, request, seen)
        values = {
            "case": found,
            "clauses": act_page.clauses_of(visible),
            "told": call.query.told,
            "key": str(uuid.uuid4()),
            "next_case": desk.next_case,
        }
        drafts = waiting_drafts.rows(call.wiring, drawer, visible.case, desk.reader)
        return desk.page("desk/case.html", {**values, "drafts": drafts})


def _excluded(desk: Desk, visible: complaint_queries.VisibleComplaint) -> Reply:
    """How far it is, and nothing else (decision 0121)."""
    view = complaint_views.for_excluded(visible.case.policy, visible.case.complaint)
    stage = labels_of(desk, visible.case.policy).stage(view.stage)
    return desk.page("desk/excluded.html", {"number": view.number, "stage": stage})
