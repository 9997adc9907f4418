"""Deputies: who stands in for whom in an absence.

The absent person's own membership says it, with their grants as they are now: what is taken from them is taken from
their deputy. `stands_in` on the deputy's side only says where to look.
"""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.instants import Instant
from chalicelib.store.port import Store
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.people.membership import Membership, StoredGrant
from chalicelib.tenants.people.queries import people_by_sub


def absent_people(store: Store, tenant: str, person: Membership, now: Instant) -> list[Membership]:
    """For whom this person stands in at this moment. Reads nothing for whoever was never asked to, or is no longer."""
    absent = [sub for sub, until in person.stands_in.items() if now < until]
    return [one for one in people_by_sub(store, tenant, absent) if deputy_of(one, now) == person.sub]


def deputy_of(person: Membership, now: Instant) -> str | None:
    found = person.deputy
    return found.sub if found is not None and person.active and found.start <= now < found.until else None


def deputy_grants(person: Membership) -> list[StoredGrant]:
    """What a deputy has from an absent person: their roles in complaints, never the organisation itself."""
    return [grant for grant in person.grants if grant.role != OWNER]


def deputies_of(store: Store, tenant: str, subs: Sequence[str], known: Sequence[Membership], now: Instant) -> list[str]:
    """The deputies of these people; whoever is not among `known` is read."""
    people = {person.sub: person for person in known}
    unread = [sub for sub in subs if sub not in people and "#" not in sub]
    people.update({person.sub: person for person in people_by_sub(store, tenant, unread)})
    return [deputy for sub in subs if sub in people and (deputy := deputy_of(people[sub], now)) is not None]
