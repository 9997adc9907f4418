"""The desk's page of leaving: what happens until when, what holds it up, and staying again."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from chalicelib.features.leaving import leave
from chalicelib.features.leaving.leave import Leaving
from chalicelib.kit.instants import DAY, to_text
from chalicelib.kit.problem import Problem
from chalicelib.web import languages
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of
from chalicelib.web.pages.answers import Answers, owner_form
from chalicelib.web.pages.desk import DESK, Desk, desk_form
from chalicelib.web.pages.reader import ToldQuery
from chalicelib.web.pages.rendering import see_other
from chalicelib.web.pages.sections import is_owner, section_desk, section_page
from chalicelib.web.pages.times import time_text

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_LEAVE = DESK + "/organisation/leave"
_IN_WORDS = ("on-hold", "conflict", "tenant-suspended", "practice")


def register(api: Api) -> None:
    @section_page(
        api,
        "organisation",
        "leave",
        "Leave the service, or stay",
        group="data",
        shown_to=is_owner,
        query=ToldQuery,
    )
    def get_desk_leave(call: Call) -> Reply:
        return _page(section_desk(call, "organisation"), told=call.query.told or "")

    @desk_form(api, _LEAVE, "Begin to leave the service", while_closed=True)
    def post_desk_leave(call: Call) -> Reply:
        desk, given = section_desk(call, "organisation"), Answers(call.body)
        try:
            leave.leave(call.wiring, owner_form(call, given), Leaving(id=given.one("id")))
        except Problem as problem:
            return _refused(desk, problem, given.one("id"))
        return _lead(call, desk, "leaving")

    @desk_form(api, _LEAVE + "/stay", "Cancel leaving", while_closed=True)
    def post_desk_leave_stay(call: Call) -> Reply:
        desk = section_desk(call, "organisation")
        try:
            leave.stay(call.wiring, owner_form(call, Answers(call.body)))
        except Problem as problem:
            return _refused(desk, problem, "")
        return _lead(call, desk, "stays")


def _lead(call: Call, desk: Desk, told: str) -> Reply:
    return see_other(desk.reader.link(_LEAVE.format(tenant=tenant_of(call)), told=told))


def _refused(desk: Desk, problem: Problem, typed: str) -> Reply:
    """What was typed, with the reason. Raises other problems again."""
    if problem.kind == "invalid":
        return _page(desk, typed=typed, wrong=True, status=422)
    if problem.kind not in _IN_WORDS:
        raise problem
    said, held = languages.say(problem.text, desk.reader.language), problem.extra.get("complaints", [])
    return _page(desk, typed=typed, refused=said, held=held, status=409)


def _page(desk: Desk, *, held: Sequence[str] = (), wrong: bool = False, status: int = 200, **said: str) -> Reply:
    """`said`: what was `typed`, why it is `refused`, and what led to the page (`told`)."""
    call, calendar = desk.call, desk.member.policy.calendar
    found = leave.leaving_state(call.wiring.store, call.wiring.real_clock, tenant_of(call), sub_of(call))
    until = found.until or to_text(call.now + call.wiring.grace)
    values = {
        "leaving": found.state == "leaving",
        "until": time_text(calendar, desk.reader, until),
        "days": call.wiring.grace // DAY,
        "wrong": wrong,
        "held": [*held, *found.holds],
        "key": str(uuid.uuid4()),
        **{"typed": "", "refused": "", "told": "", **said},
    }
    return desk.page("leaving/leave.html", values, status=status)
