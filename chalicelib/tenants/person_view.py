"""What owners see of the organisation's people, and people of themselves (pure)."""

from __future__ import annotations

import msgspec

from chalicelib.tenants.membership import Grant, Membership


class PersonView(msgspec.Struct, frozen=True, kw_only=True):
    sub: str
    email: str
    name: str
    language: str
    grants: list[Grant]
    state: str
    """`active` or `removed`."""


def view(person: Membership) -> PersonView:
    return PersonView(
        sub=person.sub,
        email=person.email,
        name=person.name,
        language=person.language,
        grants=person.grants,
        state=person.state,
    )
