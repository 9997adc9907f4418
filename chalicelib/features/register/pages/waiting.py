"""The desk's page of the notices that wait for a decision, for those who decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from chalicelib.casework.authorization import Member
from chalicelib.features.register.acts import waiting
from chalicelib.features.register.acts.waiting import WaitingNotice
from chalicelib.kit.instants import to_text
from chalicelib.web import cursors
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages.desk import DESK, Desk, desk_of, desk_page
from chalicelib.web.pages.reader import CursorQuery
from chalicelib.web.pages.times import time_text

if TYPE_CHECKING:
    from chalicelib.web.api import Api

NOTICES = DESK + "/oversight/notices"
_PAGE = 25
"""Notices of a page. Each has its complaint read with it."""
_DECISIONS = ("approve", "settle_objection")


class NoticeLine(msgspec.Struct, frozen=True, kw_only=True):
    """`urgent`: the reader can decide now."""

    path: str
    number: str
    kind: str
    made: str
    at: str
    waits_for: list[str]
    urgent: bool


def _shown_to(member: Member) -> bool:
    return waiting.decides(member.policy, member)


def register(api: Api) -> None:
    @desk_page(
        api,
        NOTICES,
        "The notices that wait for a decision",
        query=CursorQuery,
        listed=("oversight", "desk_notices.title"),
        is_for=_shown_to,
    )
    def get_desk_notices(call: Call) -> Reply:
        desk = desk_of(call)
        after = cursors.position(call, call.query.cursor or None)
        found = waiting.list_waiting(call.wiring, desk.member, _PAGE, after, call.now)
        more = cursors.sign(call, found.after)
        values = {
            "lines": [_line(desk, one) for one in found.notices],
            "more": desk.reader.link(NOTICES.format(**call.params), cursor=more) if more else "",
            "is_first": after is None,
        }
        return desk.page("register/desk_list.html", values)


def _line(desk: Desk, one: WaitingNotice) -> NoticeLine:
    reader, calendar = desk.reader, desk.member.policy.calendar
    return NoticeLine(
        path=f"{desk.path}/oversight/notices/{one.number}/{one.id}",
        number=one.number,
        kind=reader.of_code("register.", one.kind),
        made=time_text(calendar, reader, to_text(one.made)),
        at=time_text(calendar, reader, to_text(one.at)),
        waits_for=[reader.text(f"desk_notices.waits.{name}") for name in one.waits_for],
        urgent=not {*_DECISIONS}.isdisjoint(one.acts),
    )
