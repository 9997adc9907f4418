"""The organisations of a person, for the menu of the pages. A read of each of them, under its own binding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.access import binding
from chalicelib.store import keys
from chalicelib.tenants import organisation
from chalicelib.tenants.people import membership
from chalicelib.tenants.people.sessions import OwnOrganisation

if TYPE_CHECKING:
    from chalicelib.wiring import Wiring

MOST = 30
"""Organisations that the menu shows. A link leads to each other one."""
_IN_USE = ("active", "suspended", "leaving")


def of_person(wiring: Wiring, sub: str) -> list[OwnOrganisation]:
    """Sorted by name. Those that the person has left are left out, and those that are not in use."""
    with binding.directory():
        entries = wiring.store.query(keys.memberships_of(sub), limit=MOST).entries
        tenants = [entry.key.sk for entry in entries if wiring.states.state(entry.key.sk) in _IN_USE]
    found = [one for tenant in tenants if (one := _own(wiring, tenant, sub)) is not None]
    return sorted(found, key=lambda one: (one.name, one.id))


def _own(wiring: Wiring, tenant: str, sub: str) -> OwnOrganisation | None:
    wanted = [organisation.key(tenant), membership.key(tenant, sub)]
    with binding.tenant(tenant):
        entries = wiring.store.get(wanted)
    person = membership.find(entries, tenant, sub)
    if person is None or not person.active or wanted[0] not in entries:
        return None
    org = organisation.among(entries, tenant)
    return OwnOrganisation(tenant, org.name, org.second_factor)
