"""The desk's page of a record: every event, what it changed, and whether the record is intact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from chalicelib.casework import private_values
from chalicelib.casework.views import complaint_queries
from chalicelib.complaints.rights.confidentiality import IDENTITY
from chalicelib.features.handling.desk import reading, record_lines
from chalicelib.features.handling.desk.actors import names_of, staff_in
from chalicelib.features.record import verification
from chalicelib.features.record.anchoring import last_anchor_key
from chalicelib.features.record.told import sentence
from chalicelib.kit.decoding import whole_number
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages.desk import CASE, case_request, desk_of, desk_page
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.reader import PageQuery

if TYPE_CHECKING:
    from chalicelib.web.api import Api

PAGE = 50
"""Events of a page."""
_WEIGHT = 5
"""As of the case file, which reads the whole record and its anchors, too."""


class RecordQuery(PageQuery, frozen=True, kw_only=True):
    """`page`: from 1, the newest events first. `show`: as on the page of the complaint."""

    page: str | None = None
    show: Literal["complainant"] | None = None


def register(api: Api) -> None:
    @desk_page(api, CASE + "/record", "The record of a complaint, with its check", query=RecordQuery, weight=_WEIGHT)
    def get_desk_record(call: Call) -> Reply:
        desk, request = desk_of(call), case_request(call)
        anchor = last_anchor_key(request.tenant, request.number)
        visible = complaint_queries.load_visible_complaint(call.wiring, request, [anchor])
        shown = visible if call.query.show == IDENTITY else replace(visible, hidden=frozenset({IDENTITY}))
        record = private_values.read_record(call.wiring.store, call.wiring.sealer, request.ref)
        case, labels = visible.case, labels_of(desk, visible.case.policy)
        found = verification.verify(call.wiring, request.ref, case.complaint, case.entries.get(anchor), record.stored)
        context = request.context(visible.asker)
        view = complaint_queries.record_view(call.wiring.store, request.ref, shown, context, record)
        lines = record_lines.lines(view, names_of(call, labels, staff_in(view.events)), labels)[::-1]
        pages = max(1, -(-len(lines) // PAGE))
        page = _page(call.query.page, pages)
        values = {
            "number": request.number,
            "lines": lines[(page - 1) * PAGE : page * PAGE],
            "count": len(lines),
            "page": page,
            "pages": pages,
            "check": sentence(found, labels.policy.calendar, labels.reader),
            "intact": found.intact,
            "identity": reading.has_identity(record.private, shown),
            "show": call.query.show,
        }
        return desk.page("desk/record.html", values)


def _page(given: str | None, most: int) -> int:
    """The last page for a number that is too large, the first for what is no number."""
    return min(max(whole_number(given or "") or 1, 1), most)
