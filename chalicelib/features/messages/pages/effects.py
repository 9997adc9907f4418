"""The desk's list of effects, for owners: messages, mails and webhook calls with their states, to send again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import parse_qsl

import msgspec

from chalicelib.features.messages import effects_list
from chalicelib.features.messages.effects_list import EffectFilter
from chalicelib.features.messages.mail import resend_mail
from chalicelib.features.messages.mail.resend_mail import ReplayMail
from chalicelib.features.messages.pages import effect_lines
from chalicelib.features.messages.ways import WAYS
from chalicelib.features.messages.webhooks import replay_deliveries, webhook
from chalicelib.features.messages.webhooks.replay_deliveries import Replay
from chalicelib.kit.instants import to_text
from chalicelib.kit.problem import Problem
from chalicelib.web import cursors
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request, tenant_of
from chalicelib.web.pages.answers import Answers, owner_form
from chalicelib.web.pages.desk import DESK, desk_form
from chalicelib.web.pages.reader import ToldQuery, reader_of, written
from chalicelib.web.pages.rendering import see_other
from chalicelib.web.pages.sections import is_owner, section_desk, section_page
from chalicelib.web.request_parts import decode

if TYPE_CHECKING:
    from chalicelib.web.api import Api

EFFECTS = DESK + "/organisation/effects"
_ROWS = 50
_FILTERS = ("state", "way", "month", "reader")
_ONCE: dict[str, None] = dict.fromkeys(("told", "key", "form", "cursor", "lang"))
"""What the query of the list has besides."""


class EffectsPageQuery(ToldQuery, frozen=True, kw_only=True):
    """`state`: `any` lists those of a month. `reader`: the id of a webhook. Empty parts of the form are left out."""

    state: Literal["failed", "pending", "sent", "any"] = "failed"
    way: str = ""
    month: Annotated[str, msgspec.Meta(pattern="^([0-9]{4}-(0[1-9]|1[0-2]))?$")] = ""
    reader: Annotated[str, msgspec.Meta(max_length=128)] = ""
    cursor: str | None = None


def register(api: Api) -> None:
    _list(api)
    _replay(api)


def _list(api: Api) -> None:
    @section_page(
        api,
        "organisation",
        "effects",
        "Messages, mails and webhook calls with their states",
        group="systems",
        shown_to=is_owner,
        query=EffectsPageQuery,
    )
    def get_desk_effects(call: Call) -> Reply:
        asked: EffectsPageQuery = call.query
        desk = section_desk(call, "organisation", [webhook.key(tenant_of(call))])
        filters = EffectFilter(
            month=asked.month or None,
            state=None if asked.state == "any" else asked.state,
            way=asked.way or None,
            reader=asked.reader or None,
        )
        after = cursors.position(call, asked.cursor)
        found = effects_list.list_effects(call.wiring.store, member_request(call), filters, _ROWS, after)
        hooks = webhook.among(desk.entries, tenant_of(call))
        active = [one.id for one in hooks.all if one.disabled is None]
        more = cursors.sign(call, found.after)
        values = {
            "lines": effect_lines.lines(call, desk, found.effects, active),
            "asked": asked,
            "ways": list(WAYS),
            "month": asked.month or to_text(call.now)[:7],
            "here": written(asked, **_ONCE),
            "more": "" if more is None else _address(call, {**_query(written(asked, **_ONCE)), "cursor": more}),
            "told": asked.told,
        }
        return desk.page("messages/effects.html", values)


def _replay(api: Api) -> None:
    @desk_form(api, EFFECTS + "/replay", "Send a mail or a webhook call again")
    def post_desk_effects_replay(call: Call) -> Reply:
        section_desk(call, "organisation")  # refuses others before what was sent is read
        given = Answers(call.body)
        try:
            _send_again(call, given)
        except Problem as problem:
            if problem.kind != "conflict":
                raise
            return _lead(call, given, "not_again")
        return _lead(call, given, "again")


def _send_again(call: Call, given: Answers) -> None:
    event, at, reader = given.one("event"), given.one("recorded_at"), given.one("reader")
    store, clock, command = call.wiring.store, call.wiring.real_clock, owner_form(call, given)
    if given.one("way") == "webhook":
        wanted = decode({"event": event, "recorded_at": at}, Replay)
        replay_deliveries.replay(store, clock, command, reader, wanted)
    else:
        mail = decode({"event": event, "recorded_at": at, "reader": reader}, ReplayMail)
        resend_mail.replay_mail(store, clock, command, mail)


def _lead(call: Call, given: Answers, told: str) -> Reply:
    """Back to the list as it was filtered."""
    return see_other(_address(call, {**_query(given.one("here")), "told": told}))


def _query(text: str) -> dict[str, str]:
    """What a form says of the list is text of the request: only the filters of the list are taken."""
    return {name: value for name, value in parse_qsl(text) if name in _FILTERS}


def _address(call: Call, query: dict[str, str]) -> str:
    return reader_of(call).link(EFFECTS.format(tenant=tenant_of(call)), **query)
