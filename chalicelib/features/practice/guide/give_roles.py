"""Command: give roles that no member holds to members, who keep what they have."""

from __future__ import annotations

from collections.abc import Mapping

from chalicelib.features.people import set_grants
from chalicelib.features.people.set_grants import Grants
from chalicelib.tenants.owner_command import OwnerCommand
from chalicelib.tenants.people import queries
from chalicelib.tenants.people.membership import StoredGrant
from chalicelib.wiring import Wiring


def give(wiring: Wiring, command: OwnerCommand, chosen: Mapping[str, str]) -> None:
    """`chosen`: by role, the `sub` of a member. For the whole organisation. The same again changes nothing.

    Raises `Problem` as `set_grants`, and has then given some of the roles perhaps.
    """
    found = queries.people_by_sub(wiring.store, command.tenant, sorted(set(chosen.values())))
    for person in [one for one in found if one.active]:
        roles = [role for role, sub in chosen.items() if sub == person.sub]
        added = [StoredGrant(role) for role in roles if StoredGrant(role) not in person.grants]
        if added:
            set_grants.set_grants(wiring, command, person.sub, Grants(grants=[*person.grants, *added]))
