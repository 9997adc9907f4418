"""Queries for the members of an organisation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chalicelib.kit.email_address import normalised
from chalicelib.store import paging
from chalicelib.store.port import Store
from chalicelib.store.sizes import MAX_KEYS
from chalicelib.tenants import organisation
from chalicelib.tenants.organisation import Organisation
from chalicelib.tenants.people import membership
from chalicelib.tenants.people.membership import Membership


def load_member(store: Store, tenant: str, sub: str) -> tuple[Organisation, Membership]:
    """The organisation and the caller's membership, in one read. Raises `NotMember` if `sub` is not one."""
    snapshot, person = organisation.key(tenant), membership.key(tenant, sub)
    entries = store.get([snapshot, person])
    caller = membership.parse(entries.get(person))
    return organisation.parse(entries[snapshot]), caller


def all_people(store: Store, tenant: str) -> Iterator[Membership]:
    """All people, including removed ones, sorted by `sub`."""
    return membership.FORM.read_each(membership.entries(store, tenant, MAX_KEYS))


def people_by_sub(store: Store, tenant: str, subs: Sequence[str]) -> Iterator[Membership]:
    """The people with these subs, including removed ones."""
    found = paging.read_all(store, [membership.key(tenant, sub) for sub in subs])
    return membership.FORM.read_each(found.values())


def is_member_email(store: Store, tenant: str, email: str) -> bool:
    """True if an active member has this address. Reads all members."""
    return any(person.active and person.email == normalised(email) for person in all_people(store, tenant))
