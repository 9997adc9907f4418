"""Change plan: an operator of the deployment gives an organisation another plan.

What there is beyond the new plan's limits stays; a limit is asked when something new is to come, and lets nothing in.
"""

from __future__ import annotations

from typing import Any

import msgspec

from chalicelib.access import binding
from chalicelib.complaints.envelope import Actor
from chalicelib.instants import Instant
from chalicelib.limits.plans import PlanName
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import Change, CommitConflict
from chalicelib.tenants import organisation
from chalicelib.tenants.directory import Directory, DirectoryEntry
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import ATTEMPTS
from chalicelib.tenants.suspension import require_listing, status_view
from chalicelib.wiring import Wiring

_OPERATOR = Actor("system", "operator")
"""Who it was is in the log of the calls: the organisation's record names none of the deployment's people."""
_STATES = ("active", "suspended", "leaving")


class PlanChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    plan: PlanName


def change_plan(wiring: Wiring, tenant: str, wanted: PlanChange, now: Instant) -> dict[str, Any]:
    """The organisation's record first, which its limits go by, and the directory after it, by which its requests are
    limited: a repeat completes what was cut off. Raises `Problem`: `not-found`, `conflict`.
    """
    directory = Directory(wiring.store, wiring.real_clock)
    for _ in range(ATTEMPTS):
        found = require_listing(directory, tenant)
        if found.listing.state not in _STATES:
            raise Problem("conflict", f"The organisation is {found.listing.state}.")
        try:
            return _attempt(wiring, directory, tenant, wanted.plan, found, now)
        except CommitConflict:
            continue
    raise Problem("conflict", "Others changed the organisation at the same time. Repeat the request.")


def _attempt(
    wiring: Wiring, directory: Directory, tenant: str, plan: PlanName, found: DirectoryEntry, now: Instant
) -> dict[str, Any]:
    with binding.tenant(tenant):
        _record(wiring, tenant, plan, now)
    listing = msgspec.structs.replace(found.listing, plan=plan)
    if listing != found.listing:
        directory.change(tenant, listing, found.version, found.due)
        wiring.states.invalidate(tenant)
    return status_view(tenant, listing)


def _record(wiring: Wiring, tenant: str, plan: PlanName, now: Instant) -> None:
    key = keys.snapshot(keys.organisation(tenant))
    org = organisation.parse(wiring.store.get([key])[key])
    if org.plan == plan:
        return
    fields = {"plan": plan, "before": org.plan}
    after, event = record_event(org, "plan_changed", fields, "operator", now, actor=_OPERATOR, plan=plan)
    wiring.store.commit([Change(organisation.entry_of(after), org.seq), event])
