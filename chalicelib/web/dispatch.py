"""Takes one request from event to reply: authenticates, limits rates, binds the tenant, decodes, calls the handler.

The path is the only source of a request's tenant, which must exist and accept the request. It stays bound while the
handler runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from msgspec import structs

from chalicelib.access import binding
from chalicelib.kit import observability
from chalicelib.kit.problem import Problem
from chalicelib.limits.exceeded import REQUEST_STEPS, limited_work
from chalicelib.limits.sources import network
from chalicelib.limits.wrong_receipts import WrongReceipt
from chalicelib.ports import TenantStates
from chalicelib.store.reads import ReadOnce
from chalicelib.tenants.names import is_practice, is_tenant
from chalicelib.tenants.people.membership import NotMember
from chalicelib.web import credentials, gateway_event, request_parts
from chalicelib.web.call import Call, Caller, Operator, Person, Receipt, Reply
from chalicelib.web.contract import Contract
from chalicelib.web.gateway_event import GatewayRequest
from chalicelib.web.request_parts import decode

if TYPE_CHECKING:
    from chalicelib.wiring import Wiring


@contextmanager
def tenant_scope(contract: Contract, params: Mapping[str, str], caller: Caller, wiring: Wiring) -> Iterator[str | None]:
    """Context in which the path's tenant is bound. Counts the request within the tenant's rate on entry.

    Yields the tenant; None, without a binding, on routes without a tenant.

    A signed-in person counts as a member until a request shows otherwise: a check beforehand would cost a store call.
    """
    if not contract.tenanted:
        yield None
        return
    tenant, rates = params["tenant"], wiring.rates
    sub = _counted_as(caller)
    presumed_member = sub is not None and (tenant, sub) not in rates.non_members
    rates.check(tenant, signed=presumed_member)
    _check_state(contract, tenant, caller, wiring)
    rates.count(tenant, wiring.states.plan(tenant), signed=presumed_member)
    if contract.by_session and isinstance(caller, Person):
        from chalicelib.web import member_session  # as below

        member_session.check_second_factor(tenant, caller, wiring)
    with binding.tenant(tenant):
        try:
            yield tenant
        except Problem as problem:
            is_member = not isinstance(problem, NotMember) and problem.kind != "unauthenticated"
            if sub is not None and presumed_member and not is_member:
                rates.found_non_member(tenant, sub)
            raise


def _counted_as(caller: Caller) -> str | None:
    """Each key of a program account for itself, so that a revoked one takes nothing from the one in its place."""
    if not isinstance(caller, Person):
        return None
    return caller.sub if caller.program is None else f"{caller.sub}/{caller.program.key}"


def _check_state(contract: Contract, tenant: str, caller: Caller, wiring: Wiring) -> None:
    """Pending tenants are unknown. Suspended and leaving tenants can be read but not changed.

    Only signed-in people can use a tenant that is not open, and no route for the public.
    """
    states = wiring.states
    state = _state(tenant, states)
    if state and not states.is_open(tenant) and isinstance(caller, Person):
        from chalicelib.tenants import opening  # the tenants of most requests are open

        opening.note_request(wiring, tenant, caller.sub)
        state = _state(tenant, states)
    if not state:
        raise Problem("tenant-unknown", _no_organisation(tenant))
    if not states.is_open(tenant) and ("public" in contract.allow or not isinstance(caller, Person)):
        raise Problem("not-open", "Its owner has not opened it yet.")
    if state != "active" and contract.writes and not contract.while_closed:
        reason = states.reason(tenant) if state == "suspended" else ""
        raise Problem("tenant-suspended", reason or "The organisation accepts no changes at the moment.")


def _no_organisation(tenant: str) -> str:
    """By the id alone, so that the answer does not tell which ids were in use."""
    if is_practice(tenant):
        return "No active practice organisation has this id. Each one is erased after a week."
    return "No active organisation has this id."


def _state(tenant: str, states: TenantStates) -> str | None:
    """`active`, `suspended` or `leaving`; None in every other state."""
    if not is_tenant(tenant):
        return None
    with binding.directory():
        state = states.state(tenant)
    return state if state in ("active", "suspended", "leaving") else None


Handler = Callable[[Call], Reply]


def dispatch(contract: Contract, handler: Handler, request: GatewayRequest, wiring: Wiring) -> Reply:
    """The handler's reply. Raises what the checks and the handler raise (`responses.problem_from` maps it)."""
    caller = _authenticate(contract, request, wiring)
    params = gateway_event.path_params(request)
    if isinstance(caller, Operator):
        _log_operator(contract, caller, params)
    with tenant_scope(contract, params, caller, wiring) as tenant:
        wiring = structs.replace(wiring, store=ReadOnce(wiring.store))
        _admit(contract, tenant, caller, wiring)
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
            wiring=wiring,
            correlation_id=request.correlation_id,
            accept=request.headers.get("accept"),
            accept_language=request.headers.get("accept-language"),
            headers=request.headers if contract.page else {},
            address=request.address,
            path_template=contract.path,
            route_id=contract.route_id,
        )
        try:
            with limited_work(REQUEST_STEPS):
                return handler(call)
        except Problem as problem:
            wrong = problem.kind == "complaint-unknown" or isinstance(problem, WrongReceipt)
            if isinstance(caller, Receipt) and tenant is not None and wrong:
                wiring.wrong_receipts.count(problem, network(call.address))
            raise


def _admit(contract: Contract, tenant: str | None, caller: Caller, wiring: Wiring) -> None:
    """For program accounts, of which a credential alone does not show whether they may call the route."""
    if isinstance(caller, Person) and caller.program is not None and tenant is not None:
        credentials.admit_program(contract, tenant, caller.program, wiring)


def _query(contract: Contract, request: GatewayRequest) -> Any:
    read = request_parts.read_page_query if contract.page else request_parts.read_query
    return read(contract.query, request.query)


def _authenticate(contract: Contract, request: GatewayRequest, wiring: Wiring) -> Caller:
    """The caller, within the rate limit of their source. A request with bad credentials counts for its address."""
    sources = wiring.sources
    try:
        caller = _caller(contract, request, wiring)
    except Problem:
        sources.take(contract.weight, request.address)
        raise
    sources.take(contract.weight, request.address, caller.sub if isinstance(caller, Person) else None)
    return caller


def _caller(contract: Contract, request: GatewayRequest, wiring: Wiring) -> Caller:
    if (key := credentials.program_key(contract, request)) is not None:
        return credentials.authenticate_program(contract, request, key, wiring.secrets)
    if not contract.by_session:
        return credentials.authenticate(contract, request, wiring.tokens)
    from chalicelib.web import member_session  # programs have no session

    return member_session.authenticate(contract, request, wiring)


def _log_operator(contract: Contract, caller: Operator, params: dict[str, str]) -> None:
    """Called before the request is processed, so that failed requests are logged too."""
    observability.info(
        "Operator request",
        operator=caller.arn,
        route=contract.path,
        method=contract.method,
        tenant=params.get("id", ""),
    )
