"""The desk's first page: the staff queue, with its tabs and filters, and the same rows as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from urllib.parse import parse_qsl

import msgspec
from msgspec.structs import replace

from chalicelib.casework import queue_row, snapshot
from chalicelib.features.worklists import named_views
from chalicelib.features.worklists.desk_queue import DeskQueue, Tab, Viewer, desk_queue
from chalicelib.features.worklists.named_views import ORGANISATION, SeenView
from chalicelib.features.worklists.pages import filters
from chalicelib.features.worklists.pages.rows import DeskRow, groups, rows_of
from chalicelib.features.worklists.staff_queue import QueueFilter
from chalicelib.kit.csv_text import csv_text
from chalicelib.kit.decoding import extended_by
from chalicelib.tenants.people import queries
from chalicelib.web import cursors
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of
from chalicelib.web.pages.desk import DESK, Desk, desk_of, desk_page
from chalicelib.web.pages.labels import CaseLabels, labels_of
from chalicelib.web.pages.reader import PageQuery, written

if TYPE_CHECKING:
    from chalicelib.web.api import Api

CSV = "text/csv; charset=utf-8"
_COLUMNS = ("number", "due", "left", "deadline", "category", "stage", "people", "tier")
"""Of the CSV: attributes of `DeskRow`."""


@extended_by(queue_row.parameters())
class QueuePageQuery(PageQuery, frozen=True, kw_only=True):
    """The filters of the list of complaints, and the tab. So the address of the page is a view of the queue."""

    tab: Tab = "all"
    shelf: Literal["open", "pending", "supervision", "archived"] = "open"
    cursor: str | None = None
    told: str | None = None
    """What the page says once about a named view. No view has it."""


class UnkeptView(NamedTuple):
    """A view that cannot be kept, with what was typed. `why`: the name of a text."""

    name: str
    roles: list[str]
    why: str


class ReadQueue(msgspec.Struct, frozen=True):
    desk: Desk
    queue: DeskQueue
    rows: list[DeskRow]
    views: list[SeenView]
    people: dict[str, str]
    """The names of those who are assigned or asked for, by id."""
    sharers: dict[str, str]
    """The names of those who share views, by id. People without a name are left out: a view is no reason to tell a mail
    address."""
    labels: CaseLabels


def register(api: Api) -> None:
    @desk_page(api, DESK, "The complaints, by what is due next", query=QueuePageQuery, menu="queue")
    def get_desk_queue(call: Call) -> Reply:
        return page(call)

    @desk_page(api, DESK + "/queue.csv", "The rows of a page of the queue", query=QueuePageQuery, produces=CSV)
    def get_desk_queue_csv(call: Call) -> Reply:
        found = _read(call)
        head = [found.desk.reader.text(f"queue.{name}") for name in _COLUMNS]
        lines = [[str(getattr(row, name)) for name in _COLUMNS] for row in found.rows]
        attached = {"Content-Disposition": 'attachment; filename="queue.csv"'}
        return Reply("\ufeff" + csv_text([head, *lines]), headers=attached)  # spreadsheets know UTF-8 by the mark


def queue_filter(query: Any, rows: int) -> QueueFilter:
    """Of the page of a member who chose this many rows."""
    return replace(msgspec.convert(query, QueueFilter, from_attributes=True), limit=rows)


def page(call: Call, unkept: UnkeptView | None = None) -> Reply:
    """The page of the filters in the address."""
    return _shown(call, _read(call), unkept)


def _read(call: Call) -> ReadQueue:
    desk, query = desk_of(call, named_views.keys_for(tenant_of(call), sub_of(call))), call.query
    viewer, store, tenant = Viewer(desk.member.asker, call.now), call.wiring.store, tenant_of(call)
    after = cursors.position(call, query.cursor)
    criteria = queue_filter(query, desk.person.chosen.rows)
    found = desk_queue(store, tenant, viewer, criteria, query.tab, None if after is None else after["sk"])
    views = named_views.among(desk.member, desk.entries)
    sharers = {one.view.by for one in views if one.view.roles} - {ORGANISATION}
    subs = {sub for row in found.rows for sub in row.assigned} | set(query.person) | sharers
    known = list(queries.people_by_sub(store, tenant, sorted(subs))) if subs else []
    labels = labels_of(desk)
    people = {one.sub: labels.person(one) for one in known}
    names = {one.sub: one.name for one in known if one.sub in sharers and one.name}
    return ReadQueue(desk, found, rows_of(found, desk, labels, people), views, people, names, labels)


def _shown(call: Call, found: ReadQueue, unkept: UnkeptView | None) -> Reply:
    query = call.query
    known = filters.values(found.labels, found.people)
    more = cursors.sign(call, None if found.queue.after is None else {"sk": found.queue.after})
    values = {
        "groups": groups(found.rows),
        "tabs": [(name, count, here(query, tab=name, cursor=None)) for name, count in found.queue.counts.items()],
        **_views(found, query, unkept),
        "tab": query.tab,
        "matching": found.queue.found,
        "filters": filters.offered(query, known),
        "chips": [(one, here(query, cursor=None, **one.without)) for one in filters.chosen(query, known)],
        "later": query.cursor is not None,
        "next": here(query, cursor=more) if more else None,
        "first": here(query, cursor=None),
        "here": here(query),
        "changes": here(query, path=f"{found.desk.path}/changes"),
        "until": snapshot.place(found.queue.rows[-1]) if found.queue.after and found.queue.rows else "",
        "csv": here(query, path=f"{found.desk.path}/queue.csv"),
        "view": parse_qsl(here(query, cursor=None)[1:]),
    }
    return found.desk.page("worklists/queue.html", values, status=422 if unkept else 200)


def _views(found: ReadQueue, query: Any, unkept: UnkeptView | None) -> dict[str, Any]:
    """The member's named views, and the form that names what is shown."""
    roles = named_views.roles_to_share_with(found.desk.member)
    return {
        "views": found.views,
        "sharers": found.sharers,
        "shown_view": address_of(query),
        "sharing": [(role, found.labels.role(role)) for role in roles],
        "role_label": found.labels.role,
        "unkept": unkept,
        "told": query.told,
        "most_of_name": named_views.MAX_NAME,
    }


def address_of(query: Any) -> str:
    """The filters as a view keeps them: without the language of the reader and the place in the list."""
    return here(query, cursor=None, lang=None).removeprefix("?")


def here(query: Any, *, path: str = "", **changed: Any) -> str:
    """The address of this page with other parameters. Those with their defaults are left out."""
    return f"{path}?{written(query, told=None, **changed)}"
