"""The organisation of a page: its name, its units, and the policy in force."""

from __future__ import annotations

import msgspec

from chalicelib.http.call import Call
from chalicelib.http.routes.call_context import tenant_of
from chalicelib.policy.compiled import Policy
from chalicelib.store import keys
from chalicelib.tenants import organisation
from chalicelib.tenants.organisation import Organisation


class Host(msgspec.Struct, frozen=True):
    """The organisation that a page belongs to."""

    org: Organisation
    policy: Policy


def host_of(call: Call) -> Host:
    """One read; the compiled policy is kept by the process."""
    tenant = tenant_of(call)
    key = keys.snapshot(keys.organisation(tenant))
    org = organisation.parse(call.wiring.store.get([key])[key])
    return Host(org, call.wiring.compiled.get(tenant, org.policy_at(call.now)))
