"""Rules for grants: valid roles and units, and at least one owner (pure)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from chalicelib.kit.problem import Place, Problem
from chalicelib.tenants.names import OWNER, RESPONDENT
from chalicelib.tenants.organisation import Organisation
from chalicelib.tenants.people.membership import StoredGrant


def check_grants(grants: Sequence[StoredGrant], roles: Collection[str], units: Collection[str]) -> list[StoredGrant]:
    """The grants without duplicates, sorted. Raises `Problem("invalid")` with the place of each invalid grant."""
    places = [place for index, grant in enumerate(grants) for place in _faults(grant, f"/grants/{index}", roles, units)]
    if places:
        raise Problem("invalid", "Some grants are invalid.", places=places)
    return sorted(set(grants), key=lambda grant: (grant.role, grant.unit or ""))


def _faults(grant: StoredGrant, pointer: str, roles: Collection[str], units: Collection[str]) -> Iterator[Place]:
    if grant.role not in (OWNER, RESPONDENT) and grant.role not in roles:
        yield Place(f"{pointer}/role", "The organisation's policy has no such role.")
    if grant.role == OWNER and grant.unit is not None:
        yield Place(f"{pointer}/unit", "An owner's grant is for the whole organisation.")
    elif grant.role == RESPONDENT and grant.unit is None:
        yield Place(f"{pointer}/unit", "A respondent's grant is for one unit.")
    elif grant.unit is not None and grant.unit not in units:
        yield Place(f"{pointer}/unit", "The organisation has no such unit.")


def owners_after(organisation: Organisation, change: int) -> int:
    """The number of owners after a change (`change`: 1, 0 or -1). Raises `Problem("last-owner")` if none is left."""
    if organisation.owners + change < 1:
        raise Problem("last-owner", "This person is the last owner. Make another person an owner first.")
    return organisation.owners + change
