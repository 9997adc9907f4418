"""Command of an operator: change the plan of an organisation.

Existing units, people and files beyond the new limits stay. The limits apply when something is added.
"""

from __future__ import annotations

import msgspec

from chalicelib.access import binding
from chalicelib.complaints.envelope import Actor
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem, Text
from chalicelib.limits.plans import PlanName
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.port import Store
from chalicelib.tenants import organisation
from chalicelib.tenants.directory import Directory, DirectoryEntry
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import CONFLICT
from chalicelib.tenants.suspension import OpsTenantView, require_listing, status_view
from chalicelib.wiring import Wiring

_OPERATOR = Actor("system", "operator")
"""The operator's name is only in the request log. The organisation's record does not name people of the deployment."""
_STATES = ("active", "suspended", "leaving")


class PlanChange(RequestDocument, frozen=True, kw_only=True):
    plan: PlanName


def change_plan(wiring: Wiring, tenant: str, payload: PlanChange, now: Instant) -> OpsTenantView:
    """Returns the organisation's status. Raises `Problem`: `not-found`, `conflict` (also in a state without a plan).

    Writes the organisation first (its quotas), then the directory (its request rate). A repeated request completes an
    interrupted one.
    """
    directory = Directory(wiring.store, wiring.real_clock)

    def attempt() -> OpsTenantView:
        found = require_listing(directory, tenant)
        if found.listing.state not in _STATES:
            raise Problem("conflict", Text("The organisation is {state}.", state=found.listing.state))
        return _attempt(wiring, directory, tenant, payload.plan, found, now)

    return retry_or_refuse(attempt, CONFLICT)


def _attempt(
    wiring: Wiring, directory: Directory, tenant: str, plan: PlanName, found: DirectoryEntry, now: Instant
) -> OpsTenantView:
    with binding.tenant(tenant):
        _record(wiring.store, tenant, plan, now)
    listing = msgspec.structs.replace(found.listing, plan=plan)
    if listing != found.listing:
        directory.change(tenant, listing, found.version, found.due)
        wiring.states.invalidate(tenant)
    return status_view(tenant, listing)


def _record(store: Store, tenant: str, plan: PlanName, now: Instant) -> None:
    org = organisation.load(store, tenant)
    if org.plan == plan:
        return
    fields = {"plan": plan, "before": org.plan}
    after, event = record_event(org, "plan_changed", fields, "operator", now, actor=_OPERATOR, plan=plan)
    store.commit([organisation.change(after, org), event])
