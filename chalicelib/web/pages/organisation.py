"""The organisation of a page: its name, its units, and the policy in force."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chalicelib.policy.compiled import Policy
from chalicelib.store.port import Entry, Key
from chalicelib.tenants import organisation
from chalicelib.tenants.organisation import Organisation
from chalicelib.web.call import Call
from chalicelib.web.call_context import tenant_of


class Host(msgspec.Struct, frozen=True):
    """The organisation that a page belongs to."""

    org: Organisation
    policy: Policy


def host_key(call: Call) -> Key:
    """For pages that read the organisation together with something else: `host_in` takes what they read."""
    return organisation.key(tenant_of(call))


def host_in(call: Call, entries: Mapping[Key, Entry]) -> Host:
    org = organisation.parse(entries[host_key(call)])
    return Host(org, call.wiring.compiled.get(org.id, org.policy_at(call.now)))


def host_of(call: Call) -> Host:
    """One read; the compiled policy is kept by the process."""
    return host_in(call, call.wiring.store.get([host_key(call)]))
