"""Readers: the people a `notified` event is addressed to, resolved when it is delivered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chalicelib.casework.jobs import case_successors
from chalicelib.complaints.envelope import Event
from chalicelib.instants import from_text
from chalicelib.messages.relay.relay import RelayedEvent
from chalicelib.store import keys
from chalicelib.store.port import Store
from chalicelib.tenants.people import deputies, queries
from chalicelib.tenants.people.membership import Membership

_COMPLAINANT = "complainant"


class Readers(NamedTuple):
    all: list[str]
    """`C#<number>` for the complainant, and people's subs, without duplicates."""
    unstaffed_roles: list[str]
    """The addressed roles that have no member."""
    all_unstaffed: bool
    """True when roles are addressed and none of them has a member. An assigned person beside them does not count."""
    members: Sequence[Membership]
    """All people, if roles are addressed."""


def readers_of(
    store: Store,
    relayed: RelayedEvent,
    event: Event,
    to: Sequence[str] | None = None,
    members: Sequence[Membership] | None = None,
) -> Readers:
    """Resolve the addressees. `to` replaces the event's own addressees. The caller binds the tenant.

    `members`: all people, if they were read just now.
    """
    addressed = event.fields["to"] if to is None else to
    subs = [name[1:] for name in addressed if name[0] == "@"]
    roles = [name for name in addressed if name[0] != "@" and name != _COMPLAINANT]
    members = _members(store, relayed.tenant, subs, bool(roles)) if members is None else members
    unit = event.fields.get("unit")
    left_out = _left_out(event, members)
    by_role = {
        role: [one.sub for one in members if one.may(role, unit) and one.sub not in left_out.get(role, ())]
        for role in roles
    }
    staff = [*_active(store, relayed.tenant, subs, members), *(sub for found in by_role.values() for sub in found)]
    if subs and not staff:
        staff = [member.sub for member in queries.all_people(store, relayed.tenant) if member.owner]
    readers = [*([keys.complainant(relayed.number)] if _COMPLAINANT in addressed else []), *staff]
    unstaffed = [role for role in roles if not by_role[role]]
    deputising = deputies.deputies_of(store, relayed.tenant, readers, members, from_text(event.at))
    excluded = frozenset().union(*left_out.values())
    reached = [*readers, *(sub for sub in deputising if sub not in excluded)]
    return Readers(list(dict.fromkeys(reached)), unstaffed, bool(roles) and unstaffed == roles, members)


def _left_out(event: Event, members: Sequence[Membership]) -> dict[str, frozenset[str]]:
    """By role: the people whom their part in the record excludes, and their deputies at the time of the event."""
    found = {}
    for role, subs in event.fields.get("excluded", {}).items():
        present = (deputies.deputy_of(one, from_text(event.at)) for one in members if one.sub in subs)
        found[role] = frozenset(subs).union(filter(None, present))
    return found


def _members(store: Store, tenant: str, subs: Sequence[str], has_roles: bool) -> list[Membership]:
    """Return all members when roles are addressed, otherwise the addressed people."""
    return list(queries.all_people(store, tenant) if has_roles else queries.people_by_sub(store, tenant, subs))


def _active(store: Store, tenant: str, subs: Sequence[str], members: Sequence[Membership]) -> Iterator[str]:
    """Yield the addressed people who are active members; if there are none, the successors of their complaints."""
    active_subs = {member.sub for member in members if member.active}
    active = [sub for sub in subs if sub in active_subs]
    yield from active
    if not active:
        successors = (case_successors.successor(store, tenant, sub) for sub in subs)
        yield from (successor for successor in successors if successor is not None)
