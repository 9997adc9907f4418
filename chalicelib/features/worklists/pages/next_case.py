"""From a complaint to the next of the list from which the reader came.

The list goes on from the place at which the complaint stood, since an act has perhaps moved it, or taken it away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlencode

import msgspec

from chalicelib.casework import snapshot
from chalicelib.casework.queue_row import QueueRow
from chalicelib.features.worklists.desk_queue import desk_queue, viewer_of
from chalicelib.features.worklists.pages import queue
from chalicelib.features.worklists.pages.queue import QueuePageQuery, queue_filter
from chalicelib.kit.decoding import CASE_NUMBER
from chalicelib.store import keys
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages.desk import DESK, Desk, desk_of, desk_page
from chalicelib.web.pages.reader import DUE_AT, written
from chalicelib.web.pages.rendering import see_other

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_FIRST = "0000"
"""Before every due time."""
_LOOKED = 2
"""Rows: the complaint itself can come again, later in the list than it was."""


class NextCaseQuery(QueuePageQuery, frozen=True, kw_only=True):
    """The view of the queue. `number`: of the complaint; `at`: the due time at which it stood in the list. Without them
    the first of the list comes."""

    number: Annotated[str, msgspec.Meta(pattern=f"^({CASE_NUMBER})?$")] = ""
    at: Annotated[str, msgspec.Meta(pattern=DUE_AT)] = _FIRST


def register(api: Api) -> None:
    @desk_page(api, DESK + "/next", "The complaint behind this one in a view of the queue", query=NextCaseQuery)
    def get_desk_next(call: Call) -> Reply:
        desk, query, tenant = desk_of(call), call.query, tenant_of(call)
        stood = snapshot.place_at(query.at, query.number)
        view, criteria = msgspec.convert(query, QueuePageQuery, from_attributes=True), queue_filter(query, _LOOKED)
        found = desk_queue(call.wiring.store, tenant, viewer_of(desk.member, call.now), criteria, query.tab, stood)
        row = next((one for one in found.rows if one.number != query.number), None)
        if row is not None:
            return see_other(_page_of(row, desk, view))
        if found.after is None:
            return see_other(f"{desk.path}?{written(view, told='last')}")
        return _far(desk, view, found.after)


def _page_of(row: QueueRow, desk: Desk, view: QueuePageQuery) -> str:
    at = keys.NEVER if row.next is None else row.next.due
    return desk.reader.link(f"{desk.path}/complaints/{row.number}", view=queue.list_of(view), at=at)


def _far(desk: Desk, view: QueuePageQuery, rest: str) -> Reply:
    """The filters keep none of the rows that one request looks at. A link goes on behind them."""
    at, number = keys.parse_listed(rest)
    place = urlencode({"number": number, "at": at})
    onward = f"{desk.path}/next?{written(view)}&{place}"
    return desk.page("worklists/next.html", {"onward": onward, "queue": f"{desk.path}?{written(view)}"})
