"""Routes for webhooks, which send events to an organisation's own systems (Standard Webhooks)."""

from __future__ import annotations

import msgspec

from chalicelib.features.messages.webhooks import commands, replay_deliveries, send_webhook, webhook
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import owner_command, sub_of, tenant_of
from chalicelib.web.idempotent_requests import reply_of


class WebhooksView(msgspec.Struct, frozen=True):
    webhooks: list[webhook.WebhookView]


_WEBHOOK = "/v1/t/{tenant}/webhooks/{webhook}"


def register(api: Api) -> None:
    _all(api)
    _one(api)
    _deliveries(api)


def _all(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/webhooks",
        method="POST",
        summary="Add a webhook; only this response shows its secret",
        allow=["person"],
        request=commands.NewWebhook,
        response=webhook.WebhookView,
        status=201,
        problems=["forbidden", "conflict", "quota-exceeded"],
        idempotency="optional",
    )
    def create_webhook(call: Call) -> Reply:
        return reply_of(commands.add(call.wiring, owner_command(call), call.body))

    @api.route(
        "/v1/t/{tenant}/webhooks",
        method="GET",
        summary="List the organisation's webhooks without their secrets, for owners",
        allow=["person"],
        response=WebhooksView,
        problems=["forbidden"],
    )
    def list_webhooks(call: Call) -> Reply:
        return Reply(WebhooksView(webhook.list_webhooks(call.wiring.store, tenant_of(call), sub_of(call))))


def _one(api: Api) -> None:
    @api.route(
        _WEBHOOK,
        method="PATCH",
        summary="Change a webhook: URL, events, state; or rotate its secret",
        allow=["person"],
        request=commands.ChangedWebhook,
        response=webhook.WebhookView,
        problems=["forbidden", "conflict"],
        idempotency="optional",
    )
    def change_webhook(call: Call) -> Reply:
        return reply_of(commands.change(call.wiring, owner_command(call), call.params["webhook"], call.body))

    @api.route(
        _WEBHOOK,
        method="DELETE",
        summary="Remove a webhook",
        allow=["person"],
        status=204,
        problems=["forbidden", "conflict"],
        idempotency="optional",
    )
    def remove_webhook(call: Call) -> Reply:
        return reply_of(
            commands.remove(call.wiring.store, call.wiring.real_clock, owner_command(call), call.params["webhook"])
        )


def _deliveries(api: Api) -> None:
    @api.route(
        _WEBHOOK + "/replay",
        method="POST",
        summary="Send one delivery again, or all deliveries of events recorded since a time",
        allow=["person"],
        request=replay_deliveries.Replay,
        response=replay_deliveries.ReplayView,
        status=202,
        problems=["forbidden", "conflict"],
        idempotency="optional",
    )
    def replay_webhook(call: Call) -> Reply:
        return reply_of(
            replay_deliveries.replay(
                call.wiring.store, call.wiring.real_clock, owner_command(call), call.params["webhook"], call.body
            )
        )

    @api.route(
        _WEBHOOK + "/ping",
        method="POST",
        summary="Send a signed test event now and get the result",
        allow=["person"],
        response=send_webhook.PingView,
        problems=["forbidden"],
    )
    def ping_webhook(call: Call) -> Reply:
        return Reply(send_webhook.ping(call.wiring, tenant_of(call), sub_of(call), call.params["webhook"]))
