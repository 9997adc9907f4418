"""One request from event to answer: decode, bind, authenticate, hand over, answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from chalicelib.http import body, credentials, headers, incoming, query, tenancy
from chalicelib.http.call import Call, Reply
from chalicelib.http.contract import Contract
from chalicelib.http.decode import decode
from chalicelib.http.incoming import Incoming

if TYPE_CHECKING:
    from chalicelib.wiring import Wiring

Handler = Callable[[Call], Reply]


def handle(contract: Contract, handler: Handler, request: Incoming, wiring: Wiring) -> Reply:
    """Raises what the steps and the handler raise; `errors.as_problem` makes of it what is answered."""
    params = incoming.params(request)
    with tenancy.entered(contract, params, wiring.states) as tenant:
        return handler(_call(contract, request, wiring, params, tenant))


def _call(contract: Contract, request: Incoming, wiring: Wiring, params: dict[str, str], tenant: str | None) -> Call:
    caller = credentials.caller(contract, request, wiring.tokens)
    value = body.read(contract, request)
    return Call(
        tenant=tenant,
        params=params,
        query=query.read(contract.query, request.query),
        body=None if contract.request is None else decode(value, contract.request),
        body_hash=body.fingerprint(params, value),
        caller=caller,
        idempotency_key=headers.idempotency_key(contract, caller, request.headers),
        if_match=headers.if_match(contract, request.headers),
        now=wiring.clock(),
        wiring=wiring,
        correlation_id=request.correlation_id,
        source=contract.source,
    )
