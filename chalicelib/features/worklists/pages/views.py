"""Forms of the queue's page that name what it shows, and that delete a named view."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from chalicelib.features.worklists import named_views
from chalicelib.features.worklists.named_views import MAX_NAME, NamedView
from chalicelib.features.worklists.pages import queue
from chalicelib.features.worklists.pages.queue import QueuePageQuery, UnkeptView
from chalicelib.kit.problem import Problem
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.desk import DESK, Desk, desk_form, desk_of
from chalicelib.web.pages.rendering import see_other

if TYPE_CHECKING:
    from chalicelib.web.api import Api

VIEWS = DESK + "/views"


def register(api: Api) -> None:
    @desk_form(api, VIEWS, "Name the filters in the address, for oneself or for roles", query=QueuePageQuery)
    def post_desk_view(call: Call) -> Reply:
        given, desk = Answers(call.body), desk_of(call)
        view = NamedView(
            id=str(uuid.uuid4()),
            name=" ".join(given.one("name").split()),
            address=queue.address_of(call.query),
            roles=given.all("role"),
            by=desk.member.asker.id,
        )
        why = _fault(view) or _kept(call, desk, view)
        return (
            queue.page(call, UnkeptView(view.name, view.roles, why)) if why else _to_queue(desk, view.address, "kept")
        )

    @desk_form(api, VIEWS + "/{view}/delete", "Delete a named view")
    def post_desk_view_delete(call: Call) -> Reply:
        desk = desk_of(call)
        named_views.delete(call.wiring.store, desk.member, call.params["view"])
        return _to_queue(desk, "", "deleted")


def _fault(view: NamedView) -> str:
    """The name of a text; empty without a fault."""
    if not view.name:
        return "views.unnamed"
    return "views.long_name" if len(view.name) > MAX_NAME else ""


_REFUSED = {"limit-reached": "views.too_many", "forbidden": "views.not_yours"}


def _kept(call: Call, desk: Desk, view: NamedView) -> str:
    """As `_fault`, after keeping the view."""
    try:
        named_views.keep(call.wiring.store, desk.member, view)
    except Problem as problem:
        if problem.kind not in _REFUSED:
            raise
        return _REFUSED[problem.kind]
    return ""


def _to_queue(desk: Desk, address: str, told: str) -> Reply:
    return see_other(desk.reader.link(desk.path, told=told) + (f"&{address}" if address else ""))
