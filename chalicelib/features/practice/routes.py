"""Routes of practice: a copy of the procedure in which nothing is real."""

from __future__ import annotations

from chalicelib.features.practice import queries, start
from chalicelib.features.practice.start import StartPractice
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of
from chalicelib.web.idempotent_requests import reply_of, required_idempotent_request

_PRACTICE = "/v1/t/{tenant}/practice"


def register(api: Api) -> None:
    @api.route(
        _PRACTICE,
        method="POST",
        summary="Start a practice organisation: a copy of the procedure, which nothing leaves",
        allow=["person"],
        response=start.PracticeStarted,
        status=201,
        problems=["forbidden", "practice", "limit-reached", "conflict"],
        idempotency="required",
        weight=30,
    )
    def start_practice(call: Call) -> Reply:
        key = required_idempotent_request(call).key
        command = StartPractice(tenant=tenant_of(call), sub=sub_of(call), key=key, now=call.now)
        return reply_of(start.start(call.wiring, command))

    @api.route(
        _PRACTICE,
        method="GET",
        summary="List the organisation's practice organisations",
        allow=["person"],
        response=queries.PracticeList,
        problems=["forbidden", "practice"],
    )
    def list_practices(call: Call) -> Reply:
        wiring = call.wiring
        return Reply(queries.listed(wiring.store, wiring.real_clock, tenant_of(call), sub_of(call), call.now))
