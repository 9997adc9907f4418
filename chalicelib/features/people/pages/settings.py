"""The form of a member's settings, on the page of their own work and, with a fault, on a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from chalicelib.features.people import own_settings
from chalicelib.features.people.own_settings import ChangedSettings
from chalicelib.kit.problem import Problem
from chalicelib.tenants.people.membership import LEAST_ROWS, MOST_ROWS
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.desk import DESK, Desk, desk_form, desk_of, desk_page
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.rendering import see_other
from chalicelib.web.request_parts import decode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chalicelib.web.api import Api

MY_WORK = DESK + "/my-work"
_SETTINGS = MY_WORK + "/settings"


def register(api: Api) -> None:
    @desk_page(api, _SETTINGS, "What the caller has chosen for themself")
    def get_desk_settings(call: Call) -> Reply:
        return _page(desk_of(call), [])

    @desk_form(api, _SETTINGS, "Choose mails, language, shortcuts and rows of a page")
    def post_desk_settings(call: Call) -> Reply:
        try:
            changed = decode(_typed(call), ChangedSettings, strict=False)
        except Problem as problem:
            if problem.kind != "invalid":
                raise
            desk = desk_of(call)
            return _page(desk, [_fault(desk, place.pointer.removeprefix("/")) for place in problem.places], status=422)
        own_settings.change(call.wiring.store, member_request(call), changed)
        desk = desk_of(call)
        return see_other(f"{desk.path}/my-work?told=settings")  # in the language that was chosen


def _typed(call: Call) -> dict[str, str]:
    """A member who sees no choice of mails sends none."""
    given = Answers(call.body or {})
    return {name: given.one(name) for name in ChangedSettings.__struct_fields__ if name in given.given}


def _fault(desk: Desk, name: str) -> InputFault:
    return InputFault(name, desk.reader.text(f"settings.wrong.{name}", least=LEAST_ROWS, most=MOST_ROWS))


def _page(desk: Desk, faults: Sequence[InputFault], *, status: int = 200) -> Reply:
    """With what was typed."""
    chosen = {**msgspec.structs.asdict(desk.person.chosen), **_typed(desk.call)}
    values = {"chosen": chosen, "is_party": desk.person.is_party, "faults": faults}
    return desk.page("people/settings.html", values, status=status)
