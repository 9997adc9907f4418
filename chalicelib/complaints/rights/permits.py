"""Permissions: compares an act's `by` in the policy with a person's grants and with whom the record excludes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec.structs import replace

from chalicelib.complaints.envelope import Actor
from chalicelib.complaints.participation import Doer
from chalicelib.complaints.rights import exclusion
from chalicelib.complaints.state import Complaint
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Place, Problem
from chalicelib.policy.language.parts import PARENT, ActorSelector, PeopleSelector, RoleSelector
from chalicelib.policy.language.stages import Act

if TYPE_CHECKING:
    from chalicelib.complaints.fields import CheckedFields


class Grant(msgspec.Struct, frozen=True):
    """A role in the tenant. With a unit, it covers the complaints of that unit and those without a unit."""

    role: str
    unit: str | None = None
    lent_by: str | None = None
    """For a deputy: the absent person (`sub`) whose grant they use."""
    since: Instant = 0
    """For a respondent: since when its owner has had it."""
    over: tuple[str, ...] = ()
    """The units whose parent is `unit`."""


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


MOST_TEXT_BLOCKS = 10
"""Text blocks that an act names."""


class UsedTextBlock(RequestDocument, frozen=True, kw_only=True):
    """A text block from which a text of the act was made, in the version that was inserted."""

    block: Annotated[str, msgspec.Meta(pattern="^[0-9]{1,9}$")]
    version: Annotated[int, msgspec.Meta(ge=1, le=999_999)]


def only_answers(asker: Asker) -> bool:
    """Whether they only answer for a unit: such people have no part in the work of the organisation."""
    return all(grant.role == RESPONDENT for grant in asker.grants)


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
    reaches = is_above if doer.of == PARENT else covers
    if role != grant.role or not reaches(grant, complaint.unit):
        return False
    if doer.of == "unit" and complaint.unit is not None and grant.unit != complaint.unit:
        return False
    if doer.of == "assigned" and not _is_assigned(grant.lent_by or asker.id, complaint):
        return False
    return not isinstance(doer, ActorSelector) or fits(doer.excluded, doer.same, complaint, asker, grant)


def _is_assigned(sub: str, complaint: Complaint) -> bool:
    return any(sub in people for people in complaint.assigned.values())


def covers(grant: Grant, unit: str | None) -> bool:
    """A unit's grant does not cover other units' complaints. A respondent's grant covers only their own unit's."""
    if grant.role == RESPONDENT:
        return unit is not None and grant.unit == unit
    return grant.unit is None or unit is None or grant.unit == unit


def is_above(grant: Grant, unit: str | None) -> bool:
    """Whether it is a grant for the parent of the unit."""
    return unit is not None and unit in grant.over


def oversees(grant: Grant, unit: str | None, overseers: Sequence[str]) -> bool:
    """Whether it shows the complaints of this unit, as a grant for its parent, if their version says so."""
    return is_above(grant, unit) and grant.role in overseers


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
    return names(recused, asker) and not _was_respondent(recused, registered_at, asker)


def _was_respondent(recused: Sequence[Doer], registered_at: Instant, asker: Asker) -> bool:
    own = asker.id not in exclusion.people(recused)
    return asker.kind == RESPONDENT and any(
        grant.since < registered_at and (own or grant.lent_by is None) for grant in asker.grants
    )


def is_recused(complaint: Complaint, asker: Asker) -> bool:
    """True if the asker, or a person for whom they stand in now, is excluded from all acts on this complaint."""
    return names(complaint.recused, asker)


def names(recused: Sequence[Doer], asker: Asker) -> bool:
    """True if the asker, or a person for whom they stand in now, is one of the people whom a complaint excludes."""
    return bool(recused) and _concerns(recused, asker, None)


PERSON = "person"
"""The field of `recuse` that names another person."""


def names_others(act: Act, asker: Asker) -> bool:
    """Whether the asker may name another person, where the act says who may (`names`)."""
    return not act.names or bool(asker.roles & set(act.names))


def check_recusal(act: Act, asker: Asker, given: CheckedFields) -> None:
    """Raises `Problem("invalid")` if a party names no person, or a person another one whom they may not name.

    Without a name, the act would exclude the party, or the member who records it.
    """
    if set(given.public.get(PERSON, [])) - {asker.id} and not names_others(act, asker):
        place = Place("/fields/person", "is for others to name: you can declare an interest of your own")
        raise Problem("invalid", "You may not name another person here.", places=[place])
    if (asker.kind != "staff" or asker.behalf is not None) and not given.public.get("person"):
        place = Place("/fields/person", "is required: a party names the person")
        raise Problem("invalid", "A party names the person who is to take no further part.", places=[place])


def fits(excluded: Sequence[str], same: str | None, complaint: Complaint, asker: Asker, grant: Grant) -> bool:
    """True unless the restrictions `not` (`excluded`) and `same` forbid the person to use this grant."""
    if excluded and _concerns(exclusion.doers(complaint, excluded), asker, grant.lent_by):
        return False
    if _concerns(complaint.recused, asker, grant.lent_by):
        return False
    return same is None or (grant.lent_by or asker.id) in exclusion.latest(complaint, same)


def selects(one: PeopleSelector, complaint: Complaint, asker: Asker, grant: Grant) -> bool:
    """Whether the grant is for the complaint's unit, or its parent, and no restriction forbids the person to use it."""
    reaches = is_above if one.of == PARENT else covers
    return reaches(grant, complaint.unit) and fits(one.excluded, one.same, complaint, asker, grant)


def _concerns(found: Sequence[Doer], asker: Asker, lender: str | None) -> bool:
    concerned = exclusion.people(found)
    return not concerned.isdisjoint({asker.id, lender}) or any(doer.sub in asker.absent for doer in found)
