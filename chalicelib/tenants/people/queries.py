"""The organisation's people, as owners and people themselves see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from chalicelib.email_address import normalised
from chalicelib.store import keys
from chalicelib.store.port import Entry, Store
from chalicelib.tenants import organisation
from chalicelib.tenants.organisation import Organisation
from chalicelib.tenants.people import membership
from chalicelib.tenants.people.membership import Membership

_BATCH = 100


def load_member(store: Store, tenant: str, sub: str) -> tuple[Organisation, Membership]:
    """The organisation and the caller in it, in one read. Raises `Problem("forbidden")` for everybody else."""
    snapshot, person = keys.snapshot(keys.organisation(tenant)), keys.membership(tenant, sub)
    entries = store.get([snapshot, person])
    caller = membership.parse(entries.get(person))
    return organisation.parse(entries[snapshot]), caller


def all_people(store: Store, tenant: str) -> Iterator[Membership]:
    """All people, removed ones included, by `sub`. As many as the plan allows, so one answer holds them."""
    for entry in _entries(store, tenant):
        yield membership.stored(entry)


def people_by_sub(store: Store, tenant: str, subs: Sequence[str]) -> Iterator[Membership]:
    """These of the people, removed ones included, in one read for each hundred."""
    for first in range(0, len(subs), _BATCH):
        wanted = [keys.membership(tenant, sub) for sub in subs[first : first + _BATCH]]
        yield from (membership.stored(entry) for entry in store.get(wanted).values())


def is_member_email(store: Store, tenant: str, email: str) -> bool:
    """Whether somebody was invited by this address and is one of its people. Reads all of them."""
    return any(person.active and person.email == normalised(email) for person in all_people(store, tenant))


def _entries(store: Store, tenant: str) -> Iterator[Entry]:
    after: Mapping[str, str] | None = None
    while True:
        page = store.query(
            keys.organisation(tenant), first=keys.MEMBERSHIPS.first, last=keys.MEMBERSHIPS.last, after=after
        )
        yield from page.entries
        after = page.after
        if after is None:
            return
