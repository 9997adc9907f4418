"""The desk's page of one's own work: what waits for the member, what they were told, their figures, their choices.

The forms of absence and settings belong to the feature `people`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from msgspec.structs import replace

from chalicelib import composition
from chalicelib.features.messages.inbox import message
from chalicelib.features.messages.inbox.message import MessageView
from chalicelib.features.worklists import own_decisions, own_figures, work_list
from chalicelib.features.worklists.desk_queue import Tab, Viewer
from chalicelib.features.worklists.own_figures import CountedRows, FiguresOfTab
from chalicelib.features.worklists.pages.tasks import work_rows
from chalicelib.kit.instants import to_text
from chalicelib.store import keys
from chalicelib.tenants.people import membership, queries
from chalicelib.web import cursors
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of
from chalicelib.web.pages.desk import DESK, Desk, desk_of, desk_page
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.reader import ToldQuery
from chalicelib.web.pages.times import time_text

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_TASKS, _MESSAGES, _CASES = 10, 10, 10
"""Rows of each list. The pages that they lead to have all."""


class MyWorkQuery(ToldQuery, frozen=True, kw_only=True):
    """`cursor`: of older messages."""

    cursor: str | None = None


class ToldMessage(NamedTuple):
    """`case`: whether the number is that of a complaint."""

    text: str
    at: str
    number: str
    case: bool


class Absence(NamedTuple):
    """`begun`: it is not only planned. `alone`: the deputy is absent for a part of it, and nothing is lent on."""

    deputy: str
    start: str
    until: str
    begun: bool
    alone: bool


def register(api: Api) -> None:
    @desk_page(api, DESK + "/my-work", "The caller's own work", query=MyWorkQuery, menu="my_work")
    def get_desk_my_work(call: Call) -> Reply:
        desk = desk_of(call, [own_decisions.key(tenant_of(call), sub_of(call))])
        work = _work(desk)
        counted = own_figures.counted_rows(call.wiring.store, tenant_of(call), Viewer(desk.member.asker, call.now))
        decisions = desk.entries.get(own_decisions.key(tenant_of(call), sub_of(call)))
        shown = own_figures.figures(counted, desk.member.policy.calendar, decisions)
        values = {
            "rows": work_rows(work.tasks, desk, labels_of(desk)),
            "more": work.after is not None,
            "figures": _figures(desk, shown.assigned, shown.units),
            "decided": f"{shown.decided}{'+' if shown.decided >= own_decisions.MOST else ''}",
            "written": _written(counted),
            **_messages(desk),
            "away": _absence(desk),
            "chosen": msgspec.structs.asdict(desk.person.chosen),
            "is_party": desk.person.is_party,
            "faults": [],
            "told": call.query.told,
        }
        return desk.page("worklists/my_work.html", values)


def _work(desk: Desk) -> work_list.TasksPage:
    """With what the member owes in other features, by due time. Reads the membership of the deputy, too, who is named
    on the page."""
    call, deputy, asker, tenant = desk.call, desk.person.deputy, desk.member.asker, tenant_of(desk.call)
    others = composition.loaded("owed")
    owed = {one: one.keys(desk.member.org, asker) for one in others}
    beside = [] if deputy is None else [membership.key(tenant, deputy.sub)]
    criteria = work_list.TaskFilter(limit=_TASKS)
    page = work_list.tasks(
        call.wiring, tenant, asker, criteria, None, [*beside, *(key for found in owed.values() for key in found)]
    )
    items = [
        item
        for one, wanted in owed.items()
        for item in one.among(call.wiring, tenant, asker, call.wiring.store.get(wanted), call.now)
    ]
    return replace(page, tasks=sorted([*items, *page.tasks], key=lambda item: (item.due is None, item.due)))


def _figures(desk: Desk, assigned: FiguresOfTab, units: FiguresOfTab | None) -> list[tuple[Tab, str, FiguresOfTab]]:
    """By tab of the queue, with its address. A person who only answers for units has no complaints of their own."""
    tabs: list[tuple[Tab, FiguresOfTab | None]] = [
        ("mine", None if desk.person.is_party else assigned),
        ("unit", units),
    ]
    return [(tab, desk.reader.link(desk.path, tab=tab), found) for tab, found in tabs if found is not None]


def _written(counted: CountedRows) -> list[str]:
    """The numbers of the member's complaints with a new message, earliest deadline first."""
    return [row.number for row in counted.on("mine") if "message" in row.marks][:_CASES]


def _messages(desk: Desk) -> dict[str, Any]:
    call, asked = desk.call, desk.call.query.cursor
    after = cursors.position(call, asked)
    page = message.read_inbox(call.wiring.store, tenant_of(call), sub_of(call), _MESSAGES, after)
    older = cursors.sign(call, page.after)
    return {
        "messages": [_message(desk, one) for one in page.messages],
        "later": asked is not None,
        "older": None if older is None else f"{desk.reader.link(f'{desk.path}/my-work', cursor=older)}#messages",
    }


def _message(desk: Desk, one: MessageView) -> ToldMessage:
    at = time_text(desk.member.policy.calendar, desk.reader, one.at)
    return ToldMessage(desk.reader.label(one.text), at, one.number, keys.is_case_number(one.number))


def _absence(desk: Desk) -> Absence | None:
    """None without one, and after its end."""
    found, now, tenant = desk.person.deputy, desk.call.now, tenant_of(desk.call)
    if found is None or found.until <= now:
        return None
    calendar = desk.member.policy.calendar
    deputy = next(queries.people_by_sub(desk.call.wiring.store, tenant, [found.sub]), None)
    theirs = None if deputy is None else deputy.deputy
    return Absence(
        deputy=found.sub if deputy is None else labels_of(desk).person(deputy),
        start=time_text(calendar, desk.reader, to_text(found.start + 1)),  # midnight begins the day
        until=time_text(calendar, desk.reader, to_text(found.until)),
        begun=found.start <= now,
        alone=deputy is None
        or not deputy.active
        or (theirs is not None and max(theirs.start, found.start, now) < min(theirs.until, found.until)),
    )
