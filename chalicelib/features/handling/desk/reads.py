"""The desk's page of the read log: who saw which private values of a complaint."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from chalicelib.casework.views import complaint_queries
from chalicelib.casework.views.read_log import ReadView
from chalicelib.features.handling.desk.actors import names_of
from chalicelib.web import cursors
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages.desk import CASE, case_request, desk_of, desk_page
from chalicelib.web.pages.labels import CaseLabels, labels_of
from chalicelib.web.pages.reader import CursorQuery
from chalicelib.web.pages.times import time_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chalicelib.web.api import Api

PAGE = 50
"""Entries of a page."""


class ReadRow(msgspec.Struct, frozen=True, kw_only=True):
    """`instead_of`: the absent person whose grant the reader used. `where`: on which page, or by which request."""

    at: str
    who: str
    role: str
    instead_of: str
    what: str
    where: str


def register(api: Api) -> None:
    @desk_page(api, CASE + "/reads", "The read log of a complaint", query=CursorQuery)
    def get_desk_reads(call: Call) -> Reply:
        desk, after = desk_of(call), cursors.position(call, call.query.cursor)
        found = complaint_queries.list_reads(call.wiring, case_request(call), PAGE, after)
        labels = labels_of(desk)
        names = names_of(call, labels, (sub for one in found.reads for sub in (one.by, one.on_behalf_of) if sub))
        values = {
            "number": call.params["number"],
            "rows": [_row(one, names, labels) for one in found.reads],
            "more": cursors.sign(call, found.after),
        }
        return desk.page("desk/reads.html", values)


def _row(one: ReadView, names: Mapping[str, str], labels: CaseLabels) -> ReadRow:
    reader = labels.reader
    return ReadRow(
        at=time_text(labels.policy.calendar, reader, one.at),
        who=names.get(one.by) or reader.text("desk_reads.unknown"),
        role=labels.role(one.role),
        instead_of="" if one.on_behalf_of is None else names.get(one.on_behalf_of) or reader.text("desk_reads.unknown"),
        what=labels.joined([reader.of_code("desk_reads.class.", name) for name in one.classes]),
        where=_where(one, labels),
    )


def _where(one: ReadView, labels: CaseLabels) -> str:
    """By the end of the route's path."""
    end = one.route.rpartition("/")[2].strip("{}")
    return labels.reader.of_code("desk_reads.where.", "file" if one.evidence is not None else end)
