"""Who reads inspections and asks for them: the owners, and the roles that the policy in force names.

An inspection covers the whole organisation, so a grant for one unit does not suffice.
"""

from __future__ import annotations

from typing import NamedTuple

from chalicelib.casework.authorization import load_asker
from chalicelib.complaints.permits import Asker, Grant
from chalicelib.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.tenants import organisation
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.organisation import Organisation
from chalicelib.wiring import Wiring


class Permitted(NamedTuple):
    asker: Asker
    grant: Grant
    org: Organisation
    policy: Policy


def reader(wiring: Wiring, tenant: str, sub: str, now: Instant) -> Permitted:
    """Also for those who are told of inspections. Raises `Problem("forbidden")`. The caller binds the tenant."""
    return _permitted(wiring, tenant, sub, now, also_told=True)


def inspector(wiring: Wiring, tenant: str, sub: str, now: Instant) -> Permitted:
    """An owner, or a person with the role that inspects. Raises `Problem("forbidden")`. The caller binds the tenant."""
    return _permitted(wiring, tenant, sub, now, also_told=False)


def _permitted(wiring: Wiring, tenant: str, sub: str, now: Instant, *, also_told: bool) -> Permitted:
    snapshot, member = keys.snapshot(keys.organisation(tenant)), keys.membership(tenant, sub)
    entries = wiring.store.get([snapshot, member])
    asker = load_asker(wiring.store, tenant, entries, sub, now)
    org = organisation.parse(entries[snapshot])
    policy = wiring.compiled.get(tenant, org.policy_at(now))
    roles = [OWNER, *_roles(policy, also_told=also_told)]
    grant = next((one for one in asker.grants if one.role in roles and one.unit is None), None)
    if grant is None:
        detail = "Only the organisation's owners, and roles that its policy names for the whole of it, may do this."
        raise Problem("forbidden", detail)
    return Permitted(asker, grant, org, policy)


def _roles(policy: Policy, *, also_told: bool) -> list[str]:
    supervision = policy.document.supervision
    inspection = None if supervision is None else supervision.inspection
    if inspection is None:
        return []
    return [inspection.role, *(inspection.tells if also_told else ())]
