"""The desk's page of the organisation's anchors, with the roots to note elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.features.record import queries
from chalicelib.features.record.pages.record import reads_record
from chalicelib.web import cursors
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request
from chalicelib.web.pages.reader import CursorQuery
from chalicelib.web.pages.sections import section_desk, section_page
from chalicelib.web.pages.times import times_of

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_ROWS = 50


def register(api: Api) -> None:
    @section_page(
        api,
        "organisation",
        "anchors",
        "The anchors of the organisation",
        group="data",
        shown_to=reads_record,
        query=CursorQuery,
    )
    def get_desk_anchors(call: Call) -> Reply:
        desk, after = section_desk(call, "organisation"), cursors.position(call, call.query.cursor)
        page = queries.list_anchors(call.wiring.store, call.wiring.compiled, member_request(call), _ROWS, after)
        at = times_of(desk.member.policy.calendar, desk.reader)
        values = {
            "anchors": [(one, at(one.at)) for one in page.anchors],
            "is_first": call.query.cursor is None,
            "more": cursors.sign(call, page.after),
        }
        return desk.page("record/anchors.html", values)
