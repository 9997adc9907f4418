"""Who manages improvement actions: the owners, the role that inspects, and roles that owe a task of the organisation.

A member who is the owner of an action reads it and says that it is done.
"""

from __future__ import annotations

from typing import NamedTuple

from chalicelib.casework.authorization import Member, load_member
from chalicelib.complaints.permits import RESPONDENT, Asker, Grant
from chalicelib.features.inspections.due import ordered_by
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.wiring import Wiring


class Caller(NamedTuple):
    """`manages`: the grant by which they manage all actions, or None."""

    member: Member
    manages: Grant | None

    @property
    def grant(self) -> Grant:
        return self.manages or self.member.asker.grants[0]


def caller_of(wiring: Wiring, tenant: str, sub: str, now: Instant) -> Caller:
    """Raises `Problem("forbidden")` for other people, and for respondents. The caller binds the tenant."""
    member = load_member(wiring, tenant, sub, now)
    if is_outside(member.asker):
        raise Problem("forbidden", "Only people of the organisation see its improvement actions.")
    return Caller(member, member.grant_for_all(_managing(member.policy)))


def is_outside(asker: Asker) -> bool:
    """Whether they only answer for a unit: such people have no part in improvement actions."""
    return all(grant.role == RESPONDENT for grant in asker.grants)


def manager(wiring: Wiring, tenant: str, sub: str, now: Instant) -> Caller:
    """As `caller_of`. Raises `Problem("forbidden")` for members who do not manage the actions."""
    found = caller_of(wiring, tenant, sub, now)
    found.member.require_grant_for_all(_managing(found.member.policy))
    return found


def _managing(policy: Policy) -> frozenset[str]:
    tasks = [task.role for task in policy.document.tasks.values() if task.of == "organisation"]
    return frozenset({*ordered_by(policy), *tasks})
