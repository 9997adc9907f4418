"""The desk's form of the web origins that may read the organisation's responses."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from chalicelib.features.organisations import origins
from chalicelib.features.organisations.origins import Origins
from chalicelib.kit.problem import Problem
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages.answers import Answers, owner_form
from chalicelib.web.pages.desk import DESK, Desk, desk_form
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.reader import ToldQuery
from chalicelib.web.pages.rendering import see_other
from chalicelib.web.pages.sections import is_owner, section_desk, section_page
from chalicelib.web.request_parts import decode

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_PATH = DESK + "/organisation/origins"


def register(api: Api) -> None:
    @section_page(
        api,
        "organisation",
        "origins",
        "The web origins that may read the organisation's responses",
        group="systems",
        shown_to=is_owner,
        query=ToldQuery,
    )
    def get_desk_origins(call: Call) -> Reply:
        desk = section_desk(call, "organisation")
        return _page(desk, "\n".join(desk.member.org.origins), told=call.query.told or "")

    @desk_form(api, _PATH, "Set the web origins")
    def post_desk_origins(call: Call) -> Reply:
        desk, given = section_desk(call, "organisation"), Answers(call.body)
        typed = given.one("origins").replace("\r\n", "\n")
        lines = [line.strip() for line in typed.split("\n") if line.strip()]
        try:
            wanted = decode({"origins": lines}, Origins)
        except Problem as problem:
            return _page(desk, typed, _faults(desk, lines, problem), status=422)
        origins.set_origins(call.wiring.store, call.wiring.real_clock, owner_form(call, given), wanted)
        return see_other(desk.reader.link(_PATH.format(tenant=tenant_of(call)), told="saved"))


def _faults(desk: Desk, lines: list[str], problem: Problem) -> list[InputFault]:
    """Each line that is no origin, in words; or that there are too many."""
    wrong = [int(one.pointer.rpartition("/")[2]) for one in problem.places if one.pointer != "/origins"]
    if not wrong:
        return [InputFault("origins", desk.reader.text("origins.too_many"))]
    return [InputFault("origins", desk.reader.text("origins.wrong", number=at + 1, text=lines[at])) for at in wrong]


def _page(
    desk: Desk, typed: str, faults: list[InputFault] | None = None, *, status: int = 200, told: str = ""
) -> Reply:
    values = {"typed": typed, "faults": faults or [], "told": told, "key": str(uuid.uuid4())}
    return desk.page("organisations/origins.html", values, status=status)
