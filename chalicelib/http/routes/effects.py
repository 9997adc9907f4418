"""Routes about effects: what was to leave the organisation by message, mail and webhook, and what became of it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from chalicelib.http import cursors
from chalicelib.http.api import Api
from chalicelib.http.call import Call, Reply, RequestDocument
from chalicelib.http.idempotent_requests import reply_of
from chalicelib.http.routes.call_context import owner_command, sub_of, tenant_of
from chalicelib.instants import to_text
from chalicelib.messages import delivery, effects_list
from chalicelib.messages.effects_list import EffectFilter
from chalicelib.messages.mail.resend_mail import ReplayMail
from chalicelib.messages.mail.resend_mail import replay_mail as send_again
from chalicelib.problem import Problem
from chalicelib.tenants.people import queries


class EffectsQuery(RequestDocument, frozen=True, kw_only=True):
    """`month`: in which the events were recorded, in UTC, by default the present one; pending and failed effects are
    shown of all months."""

    state: Literal["pending", "sent", "failed"] | None = None
    way: Literal["in_app", "email", "webhook"] | None = None
    reader: Annotated[str, msgspec.Meta(min_length=1, max_length=128)] | None = None
    month: Annotated[str, msgspec.Meta(pattern="^[0-9]{4}-(0[1-9]|1[0-2])$")] | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 50
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


class EffectView(msgspec.Struct, frozen=True, kw_only=True):
    """`reader`: a person's id, `C#<number>` for a complainant, a webhook's id, or a role that nobody has. `about`: the
    wording or the event."""

    event: str
    number: str
    recorded_at: str
    about: str
    reader: str
    way: str
    state: str
    why: str | None
    tries: int
    next_try_at: str | None
    ended_at: str | None


class ReplayedMail(msgspec.Struct, frozen=True):
    """The mail that is sent again: of which event, to whom."""

    event: str
    reader: str


class EffectsView(msgspec.Struct, frozen=True, kw_only=True):
    effects: list[EffectView]
    cursor: str | None


def register(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/effects",
        method="GET",
        summary="What became of messages, mails and webhook deliveries, for owners; a page may be short",
        allow=["person"],
        query=EffectsQuery,
        response=EffectsView,
        problems=["forbidden"],
    )
    def list_effects(call: Call) -> Reply:
        _, caller = queries.load_member(call.wiring.store, tenant_of(call), sub_of(call))
        if not caller.owner:
            raise Problem("forbidden", "Effects are the owners' to see.")
        asked: EffectsQuery = call.query
        month = asked.month or to_text(call.now)[:7]
        wanted = EffectFilter(month=month, state=asked.state, way=asked.way, reader=asked.reader)
        after = cursors.unseal(call, asked.cursor)
        found = effects_list.list_effects(call.wiring, tenant_of(call), wanted, asked.limit, after)
        shown: list[Any] = [delivery.view(one) for one in found.effects]
        return Reply(msgspec.convert({"effects": shown, "cursor": cursors.seal(call, found.after)}, EffectsView))

    @api.route(
        "/v1/t/{tenant}/effects/replay",
        method="POST",
        summary="Send a mail that has failed again; it has three days anew",
        allow=["person"],
        request=ReplayMail,
        response=ReplayedMail,
        status=202,
        problems=["forbidden", "conflict"],
        idempotency="optional",
    )
    def replay_mail(call: Call) -> Reply:
        return reply_of(send_again(call.wiring, owner_command(call), call.body))
