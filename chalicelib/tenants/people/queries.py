"""Queries for the members of an organisation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chalicelib.kit.email_address import normalised
from chalicelib.kit.instants import Instant
from chalicelib.store import keys, reads
from chalicelib.store.port import Store
from chalicelib.store.sizes import MAX_KEYS
from chalicelib.tenants import organisation
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.organisation import Organisation
from chalicelib.tenants.people import membership
from chalicelib.tenants.people.membership import Membership, StoredGrant


class MemberRequest(NamedTuple):
    """`sub`: the caller, whose membership the use case checks."""

    tenant: str
    sub: str
    now: Instant


def load_member(store: Store, tenant: str, sub: str) -> tuple[Organisation, Membership]:
    """The organisation and the caller's membership, in one read. Raises `NotMember` if `sub` is not one."""
    snapshot, person = organisation.key(tenant), membership.caller_key(tenant, sub)
    entries = store.get([snapshot, person])
    caller = membership.parse(entries.get(person))
    return organisation.parse(entries[snapshot]), caller


def all_people(store: Store, tenant: str) -> Iterator[Membership]:
    """All people, including removed ones, sorted by `sub`."""
    return membership.FORM.read_each(membership.entries(store, tenant, MAX_KEYS))


def people_by_sub(store: Store, tenant: str, subs: Sequence[str]) -> Iterator[Membership]:
    """The people with these subs, including removed ones."""
    found = reads.read_all(store, [membership.key(tenant, sub) for sub in subs])
    return membership.FORM.read_each(found.values())


def actors_by_sub(store: Store, tenant: str, subs: Sequence[str]) -> Iterator[Membership]:
    """As `people_by_sub`, with program accounts, for pages that name who did something."""
    found = reads.read_all(store, [membership.caller_key(tenant, sub) for sub in subs])
    return membership.stored_each(found.values())


def is_member_email(store: Store, tenant: str, email: str) -> bool:
    """True if an active member has this address. Reads all members."""
    return any(person.active and person.email == normalised(email) for person in all_people(store, tenant))


def absent_people(store: Store, tenant: str, person: Membership, now: Instant) -> list[Membership]:
    """The people for whom this person stands in now. Reads nothing unless the person was appointed for this time."""
    candidates = [sub for sub, until in person.stands_in.items() if now < until]
    return [one for one in people_by_sub(store, tenant, candidates) if deputy_of(one, now) == person.sub]


def deputy_of(person: Membership, now: Instant) -> str | None:
    found = person.deputy
    return found.sub if found is not None and person.active and found.start <= now < found.until else None


def deputy_grants(person: Membership) -> list[StoredGrant]:
    """The grants that the deputy receives: all grants of the absent person except `owner`."""
    return [grant for grant in person.grants if grant.role != OWNER]


def deputies_of(store: Store, tenant: str, subs: Sequence[str], known: Sequence[Membership], now: Instant) -> list[str]:
    """The current deputies of these people. `known`: memberships that need not be read again."""
    people = {person.sub: person for person in known}
    unread = [sub for sub in subs if sub not in people and not keys.is_complainant(sub)]
    people.update({person.sub: person for person in people_by_sub(store, tenant, unread)})
    return [deputy for sub in subs if sub in people and (deputy := deputy_of(people[sub], now)) is not None]
