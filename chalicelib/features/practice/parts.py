"""The invented people of a practice organisation, as whom its owner acts on pages: an approval takes two people."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.kit.problem import Problem
from chalicelib.store.port import Store
from chalicelib.tenants.people import queries
from chalicelib.tenants.people.membership import Membership


def people(store: Store, tenant: str) -> Iterator[Membership]:
    """All but the owner, sorted by name."""
    found = (one for one in queries.all_people(store, tenant) if one.active and not one.owner)
    return iter(sorted(found, key=lambda one: one.name))


def check(store: Store, tenant: str, sub: str, part: str) -> None:
    """Raises `Problem`: `not-found` outside practice, and for who is no invented person of it; `forbidden` unless `sub`
    is the owner."""
    org, caller = queries.load_member(store, tenant, sub)
    if org.practice is None:
        raise Problem("not-found", "Only a practice organisation has invented people.")
    if not caller.owner:
        raise Problem("forbidden", "Only the organisation's owners may do this.")
    if part not in {one.sub for one in people(store, tenant)}:
        raise Problem("not-found", "There is no such person.")
