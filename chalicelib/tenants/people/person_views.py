"""Views of a person: for owners and the person (`person_view`), and for other members (`colleague_view`). Pure."""

from __future__ import annotations

import msgspec

from chalicelib.tenants.people.membership import Membership, StoredGrant


class PersonView(msgspec.Struct, frozen=True, kw_only=True):
    sub: str
    email: str | msgspec.UnsetType = msgspec.UNSET
    """Only for owners and for the person."""
    name: str
    language: str
    grants: list[StoredGrant]
    state: str
    """`active` or `removed`."""


def colleague_view(person: Membership) -> PersonView:
    """The view for other members, without the e-mail address. They need it to assign complaints."""
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
