"""The desk's page of the mails that a practice organisation would have sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from chalicelib.features.practice import held_mails
from chalicelib.features.practice.held_mails import HeldMail
from chalicelib.kit.problem import Problem
from chalicelib.web import cursors
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages.desk import DESK, Desk, desk_of, desk_page
from chalicelib.web.pages.reader import CursorQuery
from chalicelib.web.pages.times import time_text

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_ROWS = 10


class MailLine(msgspec.Struct, frozen=True, kw_only=True):
    at: str
    to: str
    subject: str
    text: str


def register(api: Api) -> None:
    @desk_page(api, DESK + "/practice/mails", "The mails that would have been sent", query=CursorQuery)
    def get_desk_practice_mails(call: Call) -> Reply:
        desk, wiring = desk_of(call), call.wiring
        org = desk.member.org
        if org.practice is None:
            raise Problem("not-found", "Only a practice organisation holds its mails back.")
        after = cursors.position(call, call.query.cursor)
        page = held_mails.listed(wiring.store, wiring.sealer, org.id, _ROWS, after)
        values = {"mails": [_line(desk, one) for one in page.mails], "more": cursors.sign(call, page.after)}
        return desk.page("practice/mails.html", values)


def _line(desk: Desk, mail: HeldMail) -> MailLine:
    at = time_text(desk.member.policy.calendar, desk.reader, mail.at)
    return MailLine(at=at, to=mail.to, subject=mail.subject, text=mail.text)
