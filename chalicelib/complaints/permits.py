"""Permissions: compares an act's `by` in the policy with a person's grants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from chalicelib.complaints import exclusion
from chalicelib.complaints.envelope import Actor
from chalicelib.complaints.participation import Doer
from chalicelib.complaints.state import Complaint
from chalicelib.instants import Instant
from chalicelib.policy.language.parts import ActorSelector, RoleSelector
from chalicelib.policy.language.stages import Act


class Grant(msgspec.Struct, frozen=True):
    """A role in the tenant. With a unit, it covers the complaints of that unit and those without a unit."""

    role: str
    unit: str | None = None
    lent_by: str | None = None
    """For a deputy: the absent person (`sub`) whose grant they use."""
    since: Instant = 0
    """For a respondent: since when its owner has had it."""


class Asker(msgspec.Struct, frozen=True):
    """The person who makes a request.

    `kind`: `staff` (a member with grants), `complainant` (the holder of the receipt) or `public`.
    """

    kind: str
    id: str
    grants: tuple[Grant, ...] = ()
    behalf: Grant | None = None
    """For a member who records a party's statement (`as_party`): the member's own grant."""
    absent: frozenset[str] = frozenset()
    """The people for whom they stand in now."""
    deputy: str | None = None
    """Their own deputy now."""

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.grants)

    def actor(self, grant: Grant | None = None, *, on_behalf_of: str | None = None) -> Actor:
        """The asker as an event's actor, in the role that permitted the act."""
        if self.behalf is not None and grant is not None:
            return Actor(self.kind, self.id, self.behalf.role, self.behalf.unit, grant.role, self.deputy)
        if grant is None:
            return Actor(self.kind, self.id, on_behalf_of=on_behalf_of, deputy=self.deputy)
        behalf = on_behalf_of or grant.lent_by
        return Actor(self.kind, self.id, grant.role, grant.unit, behalf, self.deputy)


class ActRequest(msgspec.Struct, frozen=True):
    """An act that somebody requests. `proposed`: for `approve`, the decrypted fields of the named proposal."""

    act: str
    fields: Mapping[str, Any] = msgspec.field(default_factory=dict)
    proposed: Mapping[str, Any] | None = None


ROUTED = "routed"
"""In `by`: the role that the complaint is routed to (`intake.routing`)."""
RESPONDENT = "respondent"
"""The role of the party complained about (P1.4). Its grants are always for one unit."""
COMPLAINANT = Asker("complainant", "complainant", (Grant("complainant"),))
"""The holder of the complaint's receipt."""


def as_party(asker: Asker, party: str, unit: str | None) -> Asker | None:
    """The member as recorder of a party's statement (an oral case). They may do the party's acts, but not their own.

    Returns None unless the asker is a member with a grant that covers the complaint.
    """
    own = next((grant for grant in asker.grants if covers(grant, unit)), None)
    if asker.kind != "staff" or own is None:
        return None
    return replace(asker, grants=(Grant(party),), behalf=own)


def grant_for(act: Act, complaint: Complaint, asker: Asker) -> Grant | None:
    """The grant that permits the asker to do this act on this complaint, or None."""
    return next(
        (grant for doer in act.by for grant in asker.grants if may(doer, grant, complaint, asker)),
        None,
    )


def may(doer: RoleSelector, grant: Grant, complaint: Complaint, asker: Asker) -> bool:
    """True if the grant permits the acts of this doer on the complaint."""
    role = complaint.flags.get("routed") if doer.role == ROUTED else doer.role
    if role != grant.role or not covers(grant, complaint.unit):
        return False
    if doer.of == "unit" and complaint.unit is not None and grant.unit != complaint.unit:
        return False
    if doer.of == "assigned" and not _is_assigned(grant.lent_by or asker.id, complaint):
        return False
    return not isinstance(doer, ActorSelector) or exclusion.permits(doer.excluded, doer.same, complaint, asker, grant)


def _is_assigned(sub: str, complaint: Complaint) -> bool:
    return any(sub in people for people in complaint.assigned.values())


def covers(grant: Grant, unit: str | None) -> bool:
    """A unit's grant does not cover other units' complaints. A respondent's grant covers only their own unit's."""
    if grant.role == RESPONDENT:
        return unit is not None and grant.unit == unit
    return grant.unit is None or unit is None or grant.unit == unit


def covering_grant(asker: Asker, unit: str | None) -> Grant | None:
    """A member's first grant that covers the unit. It gives the role for acts that any member may do."""
    if asker.kind != "staff":
        return None
    return next((grant for grant in asker.grants if covers(grant, unit)), None)


def role_grant(asker: Asker, roles: Sequence[str], unit: str | None) -> Grant | None:
    """The grant that gives the asker one of the roles for a complaint of this unit, or None."""
    return next((grant for grant in asker.grants if grant.role in roles and covers(grant, unit)), None)


def hides(recused: Sequence[Doer], registered_at: Instant, asker: Asker) -> bool:
    """True if a complaint with these recusals is hidden from the asker, who has their rights in it (`rights_by`).

    A respondent keeps their right to be heard if their grant is older than the complaint: no grant that an excluded
    person receives later, or is lent, shows it to them.
    """
    return exclusion.names(recused, asker) and not _was_respondent(recused, registered_at, asker)


def _was_respondent(recused: Sequence[Doer], registered_at: Instant, asker: Asker) -> bool:
    own = asker.id not in exclusion.people(recused)
    return asker.kind == RESPONDENT and any(
        grant.since < registered_at and (own or grant.lent_by is None) for grant in asker.grants
    )
