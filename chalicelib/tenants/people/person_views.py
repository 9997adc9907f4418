"""What owners and colleagues see of the organisation's people, and people of themselves (pure)."""

from __future__ import annotations

import msgspec

from chalicelib.tenants.people.membership import Membership, StoredGrant


class PersonView(msgspec.Struct, frozen=True, kw_only=True):
    sub: str
    email: str | msgspec.UnsetType = msgspec.UNSET
    """For owners, and for the person."""
    name: str
    language: str
    grants: list[StoredGrant]
    state: str
    """`active` or `removed`."""


def colleague_view(person: Membership) -> PersonView:
    """What any member sees of another: whom to assign, and in which role they stand."""
    return msgspec.structs.replace(person_view(person), email=msgspec.UNSET)


def person_view(person: Membership) -> PersonView:
    return PersonView(
        sub=person.sub,
        email=person.email,
        name=person.name,
        language=person.language,
        grants=person.grants,
        state=person.state,
    )
