"""Who manages improvement actions: the owners, the role that inspects, and roles that owe a task of the organisation.

A member who is the owner of an action reads it and says that it is done.
"""

from __future__ import annotations

from typing import NamedTuple

from chalicelib.casework.authorization import load_asker
from chalicelib.complaints.permits import RESPONDENT, Asker, Grant
from chalicelib.instants import Instant
from chalicelib.oversight.inspection.due import asked
from chalicelib.policy.compiled import Policy
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.tenants import organisation
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.organisation import Organisation
from chalicelib.wiring import Wiring


class Caller(NamedTuple):
    """`manages`: the grant by which they manage all actions, or None. `org`: as it was read."""

    asker: Asker
    manages: Grant | None
    org: Organisation
    policy: Policy

    @property
    def grant(self) -> Grant:
        return self.manages or self.asker.grants[0]


def caller(wiring: Wiring, tenant: str, sub: str, now: Instant) -> Caller:
    """Raises `Problem("forbidden")` for other people, and for respondents. The caller binds the tenant."""
    snapshot, member = keys.snapshot(keys.organisation(tenant)), keys.membership(tenant, sub)
    entries = wiring.store.get([snapshot, member])
    asker = load_asker(wiring.store, tenant, entries, sub, now)
    if is_outside(asker):
        raise Problem("forbidden", "Only people of the organisation see its improvement actions.")
    org = organisation.parse(entries[snapshot])
    policy = wiring.compiled.get(tenant, org.policy_at(now))
    roles = _managing(policy)
    grant = next((one for one in asker.grants if one.role in roles and one.unit is None), None)
    return Caller(asker, grant, org, policy)


def is_outside(asker: Asker) -> bool:
    """Whether they only answer for a unit: such people have no part in improvement actions."""
    return all(grant.role == RESPONDENT for grant in asker.grants)


def manager(wiring: Wiring, tenant: str, sub: str, now: Instant) -> Caller:
    """As `caller`. Raises `Problem("forbidden")` for members who do not manage the actions."""
    found = caller(wiring, tenant, sub, now)
    if found.manages is None:
        detail = "Only the organisation's owners, and roles that its policy names for the whole of it, may do this."
        raise Problem("forbidden", detail)
    return found


def _managing(policy: Policy) -> frozenset[str]:
    inspection = asked(policy)
    tasks = [task.role for task in policy.document.tasks.values() if task.of == "organisation"]
    return frozenset({OWNER, *tasks, *([] if inspection is None else [inspection.role])})
