"""The desk's page of the read log: who saw which private values of a complaint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.casework.views import complaint_queries
from chalicelib.features.handling.desk.actors import names_of
from chalicelib.web import cursors
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages.desk import CASE, case_request, desk_of, desk_page
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.parts.read_rows import people_in, row_of
from chalicelib.web.pages.reader import CursorQuery

if TYPE_CHECKING:
    from chalicelib.web.api import Api

PAGE = 50
"""Entries of a page."""


def register(api: Api) -> None:
    @desk_page(api, CASE + "/reads", "The read log of a complaint", query=CursorQuery)
    def get_desk_reads(call: Call) -> Reply:
        desk, after = desk_of(call), cursors.position(call, call.query.cursor)
        found = complaint_queries.list_reads(call.wiring, case_request(call), PAGE, after)
        labels = labels_of(desk)
        names = names_of(call, labels, people_in(found.reads))
        values = {
            "number": call.params["number"],
            "rows": [row_of(one, names, labels) for one in found.reads],
            "more": cursors.sign(call, found.after),
        }
        return desk.page("desk/reads.html", values)
