"""The tenant in the path: it must exist and accept the request. It stays bound while the handler runs.

The path is the only source of a request's tenant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from chalicelib.access import binding
from chalicelib.kit.problem import Problem
from chalicelib.ports import TenantStates
from chalicelib.tenants.names import is_tenant
from chalicelib.tenants.people.membership import NotMember
from chalicelib.web.call import Caller, Person
from chalicelib.web.contract import Contract

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
    sub = caller.sub if isinstance(caller, Person) else None
    presumed_member = sub is not None and (tenant, sub) not in rates.non_members
    rates.check(tenant, signed=presumed_member)
    _check_state(contract, tenant, caller, wiring)
    rates.count(tenant, wiring.states.plan(tenant), signed=presumed_member)
    with binding.tenant(tenant):
        try:
            yield tenant
        except NotMember:
            if sub is not None and presumed_member:
                rates.found_non_member(tenant, sub)
            raise


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
        raise Problem("tenant-unknown", "No active organisation has this id.")
    if not states.is_open(tenant) and ("public" in contract.allow or not isinstance(caller, Person)):
        raise Problem("not-open", "Its owner has not opened it yet.")
    if state != "active" and contract.writes and not contract.while_closed:
        reason = states.reason(tenant) if state == "suspended" else ""
        raise Problem("tenant-suspended", reason or "The organisation accepts no changes at the moment.")


def _state(tenant: str, states: TenantStates) -> str | None:
    """`active`, `suspended` or `leaving`; None in every other state."""
    if not is_tenant(tenant):
        return None
    with binding.directory():
        state = states.state(tenant)
    return state if state in ("active", "suspended", "leaving") else None
