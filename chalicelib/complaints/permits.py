"""Who may do what: the policy's `by` against a person's grants (design §7)."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chalicelib.complaints.envelope import Actor
from chalicelib.complaints.state import Complaint
from chalicelib.policy.language.model import Act
from chalicelib.policy.language.parts import RoleSelector


class Grant(msgspec.Struct, frozen=True):
    """A role in the tenant; with a unit it holds for that unit's complaints, and for those of none."""

    role: str
    unit: str | None = None
    lent_by: str | None = None
    """The absent person (`sub`) whose grant a deputy uses."""


class Asker(msgspec.Struct, frozen=True):
    """Who asks. `kind`: `staff` (a member, with grants), `complainant` (a receipt) or `public`."""

    kind: str
    id: str
    grants: tuple[Grant, ...] = ()
    behalf: Grant | None = None
    """Of a member who records what a party said (`for_party`): the grant under which they do."""

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.grants)

    def actor(self, grant: Grant | None = None, *, on_behalf_of: str | None = None) -> Actor:
        """The asker as events name them, in the role that permitted the act."""
        if self.behalf is not None and grant is not None:
            return Actor(self.kind, self.id, role=self.behalf.role, unit=self.behalf.unit, on_behalf_of=grant.role)
        if grant is None:
            return Actor(self.kind, self.id, on_behalf_of=on_behalf_of)
        behalf = on_behalf_of or grant.lent_by
        return Actor(self.kind, self.id, role=grant.role, unit=grant.unit, on_behalf_of=behalf)


ROUTED = "routed"
"""In `by`: whatever role the case goes to (`intake.routing`)."""
RESPONDENT = "respondent"
"""The role of a respondent's own people, always for one unit: the party complained about (P1.4)."""
COMPLAINANT = Asker("complainant", "complainant", (Grant("complainant"),))
"""Whoever holds the complaint's receipt."""


def for_party(asker: Asker, party: str, unit: str | None) -> Asker | None:
    """The member as they record what a party says (an oral case): the party's acts, and none of their own.

    None for whoever is no member with a grant that covers the complaint.
    """
    own = next((grant for grant in asker.grants if covers(grant, unit)), None)
    if asker.kind != "staff" or own is None:
        return None
    return Asker(asker.kind, asker.id, (Grant(party),), own)


def grant_for(act: Act, complaint: Complaint, asker: Asker) -> Grant | None:
    """The grant under which the asker may do this act on this complaint, or None."""
    return next(
        (grant for doer in act.by for grant in asker.grants if may(doer, grant, complaint, asker)),
        None,
    )


def may(doer: RoleSelector, grant: Grant, complaint: Complaint, asker: Asker) -> bool:
    """Whether the grant makes the asker one of these doers for the complaint."""
    role = complaint.flags.get("routed") if doer.role == ROUTED else doer.role
    if role != grant.role or not covers(grant, complaint.unit):
        return False
    if doer.of == "unit":
        return complaint.unit is None or grant.unit == complaint.unit
    if doer.of == "assigned":
        return any((grant.lent_by or asker.id) in people for people in complaint.assigned.values())
    return True


def covers(grant: Grant, unit: str | None) -> bool:
    """A grant for a unit does not reach another unit's complaint; a respondent's reaches that unit's alone."""
    if grant.role == RESPONDENT:
        return unit is not None and grant.unit == unit
    return grant.unit is None or unit is None or grant.unit == unit


def covering(asker: Asker, unit: str | None) -> Grant | None:
    """The first grant that reaches a complaint of this unit: the role in which a member does what needs none."""
    if asker.kind != "staff":
        return None
    return next((grant for grant in asker.grants if covers(grant, unit)), None)


def holds_role(asker: Asker, roles: Sequence[str], unit: str | None) -> Grant | None:
    """The grant by which the asker has one of the roles for a complaint of this unit, or None."""
    return next((grant for grant in asker.grants if grant.role in roles and covers(grant, unit)), None)
