"""Takes one request from event to reply: authenticates, limits rates, binds the tenant, decodes, calls the handler."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from msgspec import structs

from chalicelib.kit import observability
from chalicelib.kit.problem import Problem
from chalicelib.limits.exceeded import REQUEST_STEPS, limited_work
from chalicelib.limits.sources import network
from chalicelib.store.reads import ReadOnce
from chalicelib.web import credentials, gateway_event, request_parts, tenancy
from chalicelib.web.call import Call, Caller, Operator, Person, Receipt, Reply
from chalicelib.web.contract import Contract
from chalicelib.web.gateway_event import GatewayRequest
from chalicelib.web.request_parts import decode

if TYPE_CHECKING:
    from chalicelib.limits.sources import RequestSources
    from chalicelib.ports import TokenVerifier
    from chalicelib.wiring import Wiring

Handler = Callable[[Call], Reply]


def dispatch(contract: Contract, handler: Handler, request: GatewayRequest, wiring: Wiring) -> Reply:
    """The handler's reply. Raises what the checks and the handler raise (`responses.problem_from` maps it)."""
    caller = _authenticate(contract, request, wiring.tokens, wiring.sources)
    params = gateway_event.path_params(request)
    if isinstance(caller, Operator):
        _log_operator(contract, caller, params)
    with tenancy.tenant_scope(contract, params, caller, wiring) as tenant:
        body = request_parts.read_body(contract, request)
        call = Call(
            tenant=tenant,
            params=params,
            query=_query(contract, request),
            body=body if contract.request is None else decode(body, contract.request),
            body_hash=request_parts.request_hash(params, body),
            caller=caller,
            idempotency_key=request_parts.idempotency_key(contract, caller, request.headers),
            if_match=request_parts.if_match(contract, request.headers),
            now=wiring.clock(),
            wiring=structs.replace(wiring, store=ReadOnce(wiring.store)),
            correlation_id=request.correlation_id,
            accept=request.headers.get("accept"),
            accept_language=request.headers.get("accept-language"),
            headers=request.headers if contract.page else {},
            address=request.address,
            route_id=contract.route_id,
        )
        try:
            with limited_work(REQUEST_STEPS):
                return handler(call)
        except Problem as problem:
            if isinstance(caller, Receipt) and tenant is not None and problem.kind == "complaint-unknown":
                wiring.wrong_receipts.count(problem, network(call.address))
            raise


def _query(contract: Contract, request: GatewayRequest) -> Any:
    read = request_parts.read_page_query if contract.page else request_parts.read_query
    return read(contract.query, request.query)


def _authenticate(
    contract: Contract, request: GatewayRequest, tokens: TokenVerifier, sources: RequestSources
) -> Caller:
    """The caller, within the rate limit of their source. A request with bad credentials counts for its address."""
    try:
        caller = credentials.authenticate(contract, request, tokens)
    except Problem:
        sources.take(contract.weight, request.address)
        raise
    sources.take(contract.weight, request.address, caller.sub if isinstance(caller, Person) else None)
    return caller


def _log_operator(contract: Contract, caller: Operator, params: dict[str, str]) -> None:
    """Called before the request is processed, so that failed requests are logged too."""
    observability.info(
        "Operator request",
        operator=caller.arn,
        route=contract.path,
        method=contract.method,
        tenant=params.get("id", ""),
    )
