"""Routes to leave the service, and public routes to check the signed statement of an erasure."""

from __future__ import annotations

from chalicelib.features.leaving import leave, statement
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import owner_command, sub_of, tenant_of
from chalicelib.web.idempotent_requests import reply_of

_LEAVE = "/v1/t/{tenant}/leave"


def register(api: Api) -> None:
    _leave(api)
    _erasures(api)


def _leave(api: Api) -> None:
    @api.route(
        _LEAVE,
        method="POST",
        summary="Leave the service: all data is erased after a period in which the organisation may still stay",
        allow=["person"],
        request=leave.Leaving,
        response=leave.LeavingView,
        status=202,
        problems=["forbidden", "on-hold", "tenant-suspended", "conflict"],
        idempotency="optional",
        while_closed=True,
    )
    def leave_service(call: Call) -> Reply:
        return reply_of(leave.leave(call.wiring, owner_command(call), call.body))

    @api.route(
        _LEAVE,
        method="DELETE",
        summary="Cancel leaving",
        allow=["person"],
        response=leave.LeavingView,
        problems=["forbidden", "practice", "conflict"],
        idempotency="optional",
        while_closed=True,
    )
    def stay(call: Call) -> Reply:
        return reply_of(leave.stay(call.wiring, owner_command(call)))

    @api.route(
        _LEAVE,
        method="GET",
        summary="Get the state of leaving: until when the organisation may stay, and what delays the erasure",
        allow=["person"],
        response=leave.LeavingView,
        problems=["forbidden", "conflict"],
    )
    def get_leaving(call: Call) -> Reply:
        return Reply(leave.leaving_state(call.wiring.store, call.wiring.real_clock, tenant_of(call), sub_of(call)))


def _erasures(api: Api) -> None:
    @api.route(
        "/v1/erasures/{id}",
        method="GET",
        summary="Get the signed statement of erasure of an organisation that has left",
        allow=["public"],
        response=statement.SignedErasure,
        problems=["not-found"],
    )
    def get_erasure(call: Call) -> Reply:
        wiring = call.wiring
        return Reply(statement.find(wiring.store, wiring.real_clock, call.params["id"]))

    @api.route(
        "/v1/erasures/key",
        method="GET",
        summary="Get the public key for the signatures of the statements",
        allow=["public"],
        response=statement.PublicKey,
    )
    def get_erasure_key(call: Call) -> Reply:
        return Reply(statement.public_key(call.wiring.signer))
