"""The path's tenant: known, active, and bound while the handler runs. Nothing takes a tenant from anywhere else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from chalicelib.access import binding
from chalicelib.http.call import Caller, Person
from chalicelib.http.contract import Contract
from chalicelib.ports import TenantStates
from chalicelib.problem import Problem
from chalicelib.tenants.names import is_tenant
from chalicelib.tenants.people.membership import NotMember

if TYPE_CHECKING:
    from chalicelib.wiring import Wiring


@contextmanager
def tenant_scope(contract: Contract, params: Mapping[str, str], wiring: Wiring, caller: Caller) -> Iterator[str | None]:
    """Bind the tenant, or nothing on routes without one. Each request counts within the tenant's rate.

    A signed-in person counts as one of its people until they turn out not to be: to know it before would be a call.
    """
    if not contract.tenanted:
        yield None
        return
    tenant = params["tenant"]
    sub = caller.sub if isinstance(caller, Person) else None
    signed = sub is not None and not wiring.rates.strangers.known(tenant, sub)
    wiring.rates.check(tenant, signed=signed)
    _admit(contract, tenant, wiring.states)
    wiring.rates.count(tenant, wiring.states.plan(tenant), signed=signed)
    with binding.tenant(tenant):
        try:
            yield tenant
        except NotMember:
            if sub is not None and signed:
                wiring.rates.found_stranger(tenant, sub)
            raise


def _admit(contract: Contract, tenant: str, states: TenantStates) -> None:
    """Suspended and leaving tenants can be read and not written; pending ones are not there yet."""
    state = None
    if is_tenant(tenant):
        with binding.directory():
            state = states.state(tenant)
    if state not in ("active", "suspended", "leaving"):
        raise Problem("tenant-unknown", "No active organisation has this id.")
    if state != "active" and contract.writes and not contract.while_closed:
        reason = states.reason(tenant) if state == "suspended" else ""
        raise Problem("tenant-suspended", reason or "Nothing can be written here for the time being.")
