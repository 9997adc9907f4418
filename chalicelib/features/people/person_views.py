"""The people of an organisation: for owners and the person (`person_view`), for other members (`colleague_view`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from chalicelib.ports import MailTrouble
from chalicelib.store.port import Store
from chalicelib.tenants.names import RESPONDENT
from chalicelib.tenants.people import queries
from chalicelib.tenants.people.membership import Membership, StoredGrant


class PersonView(msgspec.Struct, frozen=True, kw_only=True):
    """`mail`, for owners and for the person: why the person gets no mail. A mail bounced, they reported one as spam
    (`complained`), or the service sends none to the address (`stopped`)."""

    sub: str
    email: str | msgspec.UnsetType = msgspec.UNSET
    """Only for owners and for the person."""
    name: str
    language: str
    grants: list[StoredGrant]
    state: str
    """`active` or `removed`."""
    invitation: Literal["at_opening"] | msgspec.UnsetType = msgspec.UNSET
    """In the answer to an invitation: `at_opening` if it is mailed when the organisation opens."""
    mail: MailTrouble | msgspec.UnsetType = msgspec.UNSET


def list_people(store: Store, tenant: str, sub: str) -> list[PersonView]:
    """As `people_for`. Raises `Problem("forbidden")` if `sub` is no member."""
    _, caller = queries.load_member(store, tenant, sub)
    return people_for(caller, queries.all_people(store, tenant))


def get_person(store: Store, tenant: str, sub: str) -> PersonView:
    """The caller. Raises `Problem("forbidden")` if `sub` is no member."""
    _, caller = queries.load_member(store, tenant, sub)
    return person_view(caller)


def people_for(caller: Membership, people: Iterable[Membership]) -> list[PersonView]:
    """The people whom the caller may know. Respondents know those of their own units only, and none of the staff."""
    if caller.owner:
        return [person_view(person) for person in people]
    known = (person for person in people if person.active)
    if caller.is_party:
        units = {grant.unit for grant in caller.grants}
        known = (one for one in known if any(one.may(RESPONDENT, unit) for unit in units))
    return [colleague_view(person) for person in known]


def colleague_view(person: Membership) -> PersonView:
    """The view for other members, without the e-mail address. They need it to assign complaints."""
    return msgspec.structs.replace(person_view(person), email=msgspec.UNSET, mail=msgspec.UNSET)


def person_view(person: Membership) -> PersonView:
    return PersonView(
        sub=person.sub,
        email=person.email,
        name=person.name,
        language=person.spoken,
        grants=person.grants,
        state=person.state,
        mail=person.mail,
    )
