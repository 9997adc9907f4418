"""The desk's page of the guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.features.guide import founding, handling
from chalicelib.features.practice import running
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages.desk import DESK, desk_of, desk_page

if TYPE_CHECKING:
    from chalicelib.web.api import Api


def register(api: Api) -> None:
    @desk_page(api, DESK + "/guide", "The first steps of handlers and owners, with what is done")
    def get_desk_guide(call: Call) -> Reply:
        desk = desk_of(call, [running.list_key(tenant_of(call))])
        cases = handling.steps(desk)
        is_founding = desk.person.owner and desk.member.org.practice is None
        owners = founding.steps(desk, filed=cases[0].done) if is_founding else []
        return desk.page("guide/guide.html", {"steps": cases, "owners": owners})
