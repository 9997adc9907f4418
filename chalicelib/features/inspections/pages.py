"""The desk's pages of inspections, for those who may read them: the list, and a report to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from chalicelib.casework.authorization import Member
from chalicelib.features.inspections import due, queries
from chalicelib.web import cursors, languages
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request
from chalicelib.web.pages.desk import DESK, desk_of, desk_page
from chalicelib.web.pages.reader import CursorQuery
from chalicelib.web.pages.times import time_text

if TYPE_CHECKING:
    from chalicelib.web.api import Api

INSPECTIONS = DESK + "/reports/inspections"
ROWS = 50


def _reads(member: Member) -> bool:
    return member.grant_for_all(due.read_by(member.policy)) is not None


def register(api: Api) -> None:
    @desk_page(
        api,
        INSPECTIONS,
        "The inspections",
        query=CursorQuery,
        listed=("reports", "desk_inspections.title"),
        is_for=_reads,
    )
    def get_desk_inspections(call: Call) -> Reply:
        desk, after = desk_of(call), cursors.position(call, call.query.cursor)
        found = queries.listed(call.wiring, member_request(call), ROWS, after)
        calendar = desk.member.policy.calendar
        rows = [(one, time_text(calendar, desk.reader, one.produced)) for one in found.inspections]
        return desk.page("inspections/listed.html", {"rows": rows, "more": cursors.sign(call, found.after)})

    @desk_page(api, INSPECTIONS + "/{inspection}", "An inspection, to print")
    def get_desk_inspection(call: Call) -> Reply:
        from chalicelib.features.inspections.document import InspectionDocument
        from chalicelib.features.inspections.drawing import page  # its library of templates is slow to import

        desk = desk_of(call)
        language = desk.reader.language
        row, document = queries.document(call.wiring, member_request(call), call.params["inspection"])
        found = msgspec.json.decode(document, type=InspectionDocument)
        text = page.html_page(found, row.sha256, language, f"{desk.path}/complaints")
        own = {"Content-Security-Policy": page.security_policy(), "Referrer-Policy": "same-origin"}
        return Reply(text, headers={**own, **languages.headers_of(language)})
