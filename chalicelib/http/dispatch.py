"""One request from event to answer: decode, bind, authenticate, hand over, answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from chalicelib import observability
from chalicelib.http import body, credentials, gateway_event, headers, query, tenancy
from chalicelib.http.call import Call, Caller, Operator, Person, Receipt, Reply
from chalicelib.http.contract import Contract
from chalicelib.http.decode import decode
from chalicelib.http.gateway_event import GatewayRequest
from chalicelib.problem import Problem

if TYPE_CHECKING:
    from chalicelib.wiring import Wiring

Handler = Callable[[Call], Reply]


def dispatch(contract: Contract, handler: Handler, request: GatewayRequest, wiring: Wiring) -> Reply:
    """Raises what the steps and the handler raise; `errors.as_problem` makes of it what is answered."""
    caller = _counted(contract, request, wiring)
    params = gateway_event.path_params(request)
    if isinstance(caller, Operator):  # before anything is done, so that what fails is on record too
        observability.info(
            "An operator calls",
            operator=caller.arn,
            route=contract.path,
            method=contract.method,
            tenant=params.get("id", ""),
        )
    with tenancy.tenant_scope(contract, params, wiring, caller) as tenant:
        call = _call(contract, request, wiring, caller, params, tenant)
        try:
            return handler(call)
        except Problem as problem:
            if isinstance(caller, Receipt) and tenant is not None and problem.kind == "complaint-unknown":
                wiring.locks.failed(tenant, credentials.address_hash(call))
            raise


def _counted(contract: Contract, request: GatewayRequest, wiring: Wiring) -> Caller:
    """Who calls, within what their source may ask for. Bad credentials count as the address's."""
    try:
        caller = credentials.authenticate(contract, request, wiring.tokens)
    except Problem:
        wiring.sources.take(contract.weight, request.address)
        raise
    wiring.sources.take(contract.weight, request.address, caller.sub if isinstance(caller, Person) else None)
    return caller


def _call(
    contract: Contract,
    request: GatewayRequest,
    wiring: Wiring,
    caller: Caller,
    params: dict[str, str],
    tenant: str | None,
) -> Call:
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
        address=request.address,
        source=contract.source,
    )
