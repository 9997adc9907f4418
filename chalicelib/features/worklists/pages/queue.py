"""The desk's first page: the staff queue, with its tabs and filters, and the same rows as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import parse_qsl, urlencode

import msgspec
from msgspec.structs import replace

from chalicelib.casework import queue_row
from chalicelib.features.worklists.desk_queue import DeskQueue, Tab, Viewer, desk_queue
from chalicelib.features.worklists.pages import filters
from chalicelib.features.worklists.pages.rows import DeskRow, groups, rows_of
from chalicelib.features.worklists.staff_queue import QueueFilter
from chalicelib.kit.csv_text import csv_text
from chalicelib.kit.decoding import extended_by
from chalicelib.tenants.people import queries
from chalicelib.web import cursors
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages.desk import DESK, Desk, desk_of, desk_page
from chalicelib.web.pages.labels import CaseLabels, labels_of
from chalicelib.web.pages.reader import PageQuery

if TYPE_CHECKING:
    from chalicelib.web.api import Api

CSV = "text/csv; charset=utf-8"
ROWS = 50
"""Rows of a page."""
_COLUMNS = ("number", "due", "left", "deadline", "category", "stage", "people", "tier")
"""Of the CSV: attributes of `DeskRow`."""


@extended_by(queue_row.parameters())
class QueuePageQuery(PageQuery, frozen=True, kw_only=True):
    """The filters of the list of complaints, and the tab. So the address of the page is a view of the queue."""

    tab: Tab = "all"
    shelf: Literal["open", "pending", "supervision", "archived"] = "open"
    cursor: str | None = None


class ReadQueue(msgspec.Struct, frozen=True):
    desk: Desk
    queue: DeskQueue
    rows: list[DeskRow]
    people: dict[str, str]
    """The names of those who are assigned or asked for, by id."""
    labels: CaseLabels


def register(api: Api) -> None:
    @desk_page(api, DESK, "The complaints, by what is due next", query=QueuePageQuery, menu="queue")
    def get_desk_queue(call: Call) -> Reply:
        return _shown(call, _read(call))

    @desk_page(api, DESK + "/queue.csv", "The rows of a page of the queue", query=QueuePageQuery, produces=CSV)
    def get_desk_queue_csv(call: Call) -> Reply:
        found = _read(call)
        head = [found.desk.reader.text(f"queue.{name}") for name in _COLUMNS]
        lines = [[str(getattr(row, name)) for name in _COLUMNS] for row in found.rows]
        attached = {"Content-Disposition": 'attachment; filename="queue.csv"'}
        return Reply("\ufeff" + csv_text([head, *lines]), headers=attached)  # spreadsheets know UTF-8 by the mark


def _read(call: Call) -> ReadQueue:
    desk, query = desk_of(call), call.query
    viewer, store, tenant = Viewer(desk.member.asker, call.now), call.wiring.store, tenant_of(call)
    after = cursors.position(call, query.cursor)
    criteria = replace(msgspec.convert(query, QueueFilter, from_attributes=True), limit=ROWS)
    found = desk_queue(store, tenant, viewer, criteria, query.tab, None if after is None else after["sk"])
    subs = {sub for row in found.rows for sub in row.assigned} | set(query.person)
    known = queries.people_by_sub(store, tenant, sorted(subs)) if subs else ()
    people = {one.sub: one.name or one.email for one in known}
    labels = labels_of(desk)
    return ReadQueue(desk, found, rows_of(found.rows, labels, people, call.now), people, labels)


def _shown(call: Call, found: ReadQueue) -> Reply:
    query = call.query
    more = cursors.sign(call, None if found.queue.after is None else {"sk": found.queue.after})
    values = {
        "groups": groups(found.rows),
        "tabs": [(name, count, _here(query, tab=name, cursor=None)) for name, count in found.queue.counts.items()],
        "tab": query.tab,
        "matching": found.queue.found,
        "filters": filters.offered(query, found.labels, found.people),
        "chips": [
            (one, _here(query, cursor=None, **one.without)) for one in filters.chosen(query, found.labels, found.people)
        ],
        "later": query.cursor is not None,
        "next": _here(query, cursor=more) if more else None,
        "first": _here(query, cursor=None),
        "csv": _here(query, path=f"{found.desk.path}/queue.csv"),
        "view": parse_qsl(_here(query, cursor=None)[1:]),
    }
    return found.desk.page("worklists/queue.html", values)


def _here(query: Any, *, path: str = "", **changed: Any) -> str:
    """The address of this page with other parameters. Those with their defaults are left out."""
    usual = msgspec.structs.fields(query)
    asked = {one.name: changed.get(one.name, getattr(query, one.name)) for one in usual}
    kept = {one.name: asked[one.name] for one in usual if asked[one.name] != one.default}
    written = {name: "true" if value is True else value for name, value in kept.items()}
    return f"{path}?{urlencode(written, doseq=True)}"
