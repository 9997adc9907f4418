"""Deputies: members who stand in for absent members.

The absent person's membership names the deputy, who acts with that person's present grants: a revoked grant is revoked
for the deputy as well. `stands_in` in the deputy's membership only tells which memberships to read.
"""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.kit.instants import Instant
from chalicelib.store import keys
from chalicelib.store.port import Store
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.people.membership import Membership, StoredGrant
from chalicelib.tenants.people.queries import people_by_sub


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
