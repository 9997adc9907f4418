"""Routes to move open complaints, one or all, to a newer policy version."""

from __future__ import annotations

from chalicelib.features.switching import switch_all, switch_policy
from chalicelib.jobs.job_view import JobView
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply, etag
from chalicelib.web.call_context import owner_command, sub_of, tenant_of
from chalicelib.web.idempotent_requests import idempotent_request, reply_of


def register(api: Api) -> None:
    _one(api)
    _all(api)


def _one(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/complaints/{number}/acts/switch",
        method="POST",
        summary="Move an open complaint to a newer policy version, or preview this with a dry run",
        allow=["person"],
        request=switch_policy.SwitchAct,
        response=switch_policy.SwitchView,
        problems=["forbidden", "complaint-unknown", "act-not-open", "conflict"],
        idempotency="optional",
        if_match=True,
    )
    def switch_complaint(call: Call) -> Reply:
        fields: switch_policy.SwitchFields = call.body.fields
        command = switch_policy.SwitchPolicy(
            tenant=tenant_of(call),
            number=call.params["number"],
            sub=sub_of(call),
            terms=fields.terms,
            to=fields.to,
            dry_run=fields.dry_run,
            request=None if fields.dry_run else idempotent_request(call),
            if_match=call.if_match,
            now=call.now,
        )
        reply = reply_of(switch_policy.switch(call.wiring, command))
        return reply if fields.dry_run else Reply(reply.body, 200, {**reply.headers, **etag(reply.body["version"])})


def _all(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/policy/switch",
        method="POST",
        summary="Move all open complaints to a newer policy version: first a dry run, then again with its token",
        allow=["person"],
        request=switch_all.SwitchAll,
        response=JobView,
        status=202,
        problems=["forbidden", "stale", "conflict"],
        idempotency="optional",
    )
    def switch_complaints(call: Call) -> Reply:
        return reply_of(switch_all.start(call.wiring, owner_command(call), call.body))
