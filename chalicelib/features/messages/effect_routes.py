"""Routes for effects: outgoing messages, emails and webhook deliveries, and their states.

Operators relay events again, in case the table's stream lost them, and let mails go to an address again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from chalicelib.features.messages import effects_list
from chalicelib.features.messages.effects_list import EffectFilter
from chalicelib.features.messages.mail import lift_stop, resend_mail
from chalicelib.features.messages.relay import reconciliation_orders
from chalicelib.features.messages.ways import WAYS
from chalicelib.kit.decoding import RequestDocument, SeenText
from chalicelib.kit.instants import to_text
from chalicelib.web import cursors
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request, owner_command
from chalicelib.web.idempotent_requests import reply_of

_TENANT = "/v1/ops/tenants/{id}"


class ReconciliationView(msgspec.Struct, frozen=True, kw_only=True):
    """`job`: the organisation's job (`GET /v1/t/{tenant}/jobs/{job}`, for its owner); null for all organisations."""

    ordered_at: str
    job: str | None


def _reconciliation(api: Api) -> None:
    """Each organisation's reconciliation is a separate job. Completed work is not repeated."""

    @api.route(
        "/v1/ops/walk",
        method="POST",
        summary="Order a reconciliation of all organisations: their hourly jobs relay events again",
        allow=["operator"],
        response=ReconciliationView,
        status=202,
        problems=["not-found"],
    )
    def ops_walk_all(call: Call) -> Reply:
        reconciliation_orders.order_for_all(call.wiring.store, call.now)
        return Reply(ReconciliationView(ordered_at=to_text(call.now), job=None), 202)

    @api.route(
        "/v1/ops/walk/{id}",
        method="POST",
        summary="Reconcile an organisation now: relay its events again",
        allow=["operator"],
        response=ReconciliationView,
        status=202,
        problems=["conflict"],
    )
    def ops_walk(call: Call) -> Reply:
        job = reconciliation_orders.start_now(call.wiring, call.params["id"], call.now)
        return Reply(ReconciliationView(ordered_at=to_text(call.now), job=job), 202)


if TYPE_CHECKING:
    WayName = str
else:
    WayName = Literal[tuple(WAYS)]


class EffectsQuery(RequestDocument, frozen=True, kw_only=True):
    """`month`: the month of the events in UTC, by default the current one. Pending and failed effects of all months are
    listed."""

    state: Literal["pending", "sent", "failed"] | None = None
    way: WayName | None = None
    reader: Annotated[SeenText, msgspec.Meta(max_length=128)] | None = None
    month: Annotated[str, msgspec.Meta(pattern="^[0-9]{4}-(0[1-9]|1[0-2])$")] | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 50
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


class EffectsView(msgspec.Struct, frozen=True, kw_only=True):
    effects: list[effects_list.EffectView]
    cursor: str | None


def register(api: Api) -> None:
    _list(api)
    _replay(api)
    _reconciliation(api)
    _mail_stops(api)


def _list(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/effects",
        method="GET",
        summary="List messages, emails and webhook deliveries with their states, for owners; a page may be short",
        allow=["person"],
        query=EffectsQuery,
        response=EffectsView,
        problems=["forbidden"],
    )
    def list_effects(call: Call) -> Reply:
        query: EffectsQuery = call.query
        filters = EffectFilter(month=query.month, state=query.state, way=query.way, reader=query.reader)
        after = cursors.position(call, query.cursor)
        found = effects_list.list_effects(call.wiring.store, member_request(call), filters, query.limit, after)
        return Reply(EffectsView(effects=found.effects, cursor=cursors.sign(call, found.after)))


def _replay(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/effects/replay",
        method="POST",
        summary="Send a failed email again; it is retried for three days",
        allow=["person"],
        request=resend_mail.ReplayMail,
        response=resend_mail.ReplayedMail,
        status=202,
        problems=["forbidden", "conflict"],
        idempotency="optional",
    )
    def replay_mail(call: Call) -> Reply:
        return reply_of(
            resend_mail.replay_mail(call.wiring.store, call.wiring.real_clock, owner_command(call), call.body)
        )


def _mail_stops(api: Api) -> None:
    @api.route(
        "/v1/ops/mail-stops/lift",
        method="POST",
        summary="Let mails go to an address again, to which a mail bounced or was reported as spam",
        allow=["operator"],
        request=lift_stop.MailStop,
        response=lift_stop.LiftedStop,
        problems=["not-found"],
    )
    def ops_lift_mail_stop(call: Call) -> Reply:
        wiring = call.wiring
        return Reply(lift_stop.lift(wiring.store, wiring.secrets, wiring.real_clock, call.body))
