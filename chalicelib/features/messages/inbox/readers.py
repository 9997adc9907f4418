"""Readers: the people a `notified` event is addressed to, resolved when it is delivered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from chalicelib.casework import snapshot
from chalicelib.complaints.envelope import Event
from chalicelib.complaints.participation import Doer
from chalicelib.complaints.rights import exclusion
from chalicelib.features.messages.relay.relay import RelayedEvent
from chalicelib.features.people import case_successors
from chalicelib.kit.instants import from_text
from chalicelib.policy.language.parts import ABOVE
from chalicelib.store import keys
from chalicelib.store.port import Store
from chalicelib.tenants import organisation
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.people import queries
from chalicelib.tenants.people.membership import Membership

_COMPLAINANT = "complainant"


class _Excluding(msgspec.Struct, frozen=True):
    """A part of a complaint's state."""

    recused: list[Doer] = []


class Readers(NamedTuple):
    all: list[str]
    """`C#<number>` for the complainant, and people's subs, without duplicates."""
    unstaffed_roles: list[str]
    """The addressed roles that have no member; also `owner`, if no addressed person is left and no owner is free."""
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
    by_role = _by_role(store, relayed, event, roles, members)
    staff = [*_active(store, relayed, subs, members), *(sub for found in by_role.values() for sub in found)]
    if subs and not staff:
        by_role |= _by_role(store, relayed, event, [OWNER], list(queries.all_people(store, relayed.tenant)))
        staff = by_role[OWNER]
    readers = [*([keys.complainant(relayed.number)] if _COMPLAINANT in addressed else []), *staff]
    unstaffed = [role for role, found in by_role.items() if not found]
    deputising = queries.deputies_of(store, relayed.tenant, readers, members, from_text(event.at))
    if deputising:
        excluded = _recused(store, relayed).union(*_left_out(event.fields.get("excluded", {}), event, members).values())
        readers += [sub for sub in deputising if sub not in excluded]
    all_unstaffed = bool(unstaffed) and {*roles} <= {*unstaffed}
    return Readers(list(dict.fromkeys(readers)), unstaffed, all_unstaffed, members)


def _by_role(
    store: Store, relayed: RelayedEvent, event: Event, roles: Sequence[str], members: Sequence[Membership]
) -> dict[str, list[str]]:
    """Owners find other people for what an exclusion leaves undone, unless the complaint excludes themselves."""
    excluded = dict(event.fields.get("excluded", {}))
    if OWNER in roles:
        excluded[OWNER] = [*excluded.get(OWNER, []), *_recused(store, relayed)]
    left_out, unit = _left_out(excluded, event, members), event.fields.get("unit")
    parent = _parent(store, relayed, unit) if any(role.startswith(ABOVE) for role in roles) else None
    return {
        role: [one.sub for one in members if _has(one, role, unit, parent) and one.sub not in left_out.get(role, ())]
        for role in roles
    }


def _has(member: Membership, role: str, unit: str | None, parent: str | None) -> bool:
    if not role.startswith(ABOVE):
        return member.may(role, unit)
    return parent is not None and member.is_of(role.removeprefix(ABOVE), parent)


def _parent(store: Store, relayed: RelayedEvent, unit: str | None) -> str | None:
    """The unit above this one now."""
    known = None if unit is None else organisation.load(store, relayed.tenant).units.get(unit)
    return known.parent or None if known else None


def _recused(store: Store, relayed: RelayedEvent) -> frozenset[str]:
    """The people whom the complaint excludes by now. A unit excludes none."""
    found = snapshot.read(store, relayed.tenant, [relayed.number], _Excluding)
    return frozenset[str]().union(*(exclusion.people(one.recused) for one in found.values()))


def _left_out(
    excluded: Mapping[str, Sequence[str]], event: Event, members: Sequence[Membership]
) -> dict[str, frozenset[str]]:
    """By role: the people whom their part in the record excludes, and their deputies at the time of the event."""
    found = {}
    for role, subs in excluded.items():
        present = (queries.deputy_of(one, from_text(event.at)) for one in members if one.sub in subs)
        found[role] = frozenset(subs).union(filter(None, present))
    return found


def _members(store: Store, tenant: str, subs: Sequence[str], has_roles: bool) -> list[Membership]:
    """Return all members when roles are addressed, otherwise the addressed people."""
    return list(queries.all_people(store, tenant) if has_roles else queries.people_by_sub(store, tenant, subs))


def _active(store: Store, relayed: RelayedEvent, subs: Sequence[str], members: Sequence[Membership]) -> Iterator[str]:
    """Yield the addressed people who are active members; if there are none, the successors of their complaints whom
    these do not exclude."""
    active_subs = {member.sub for member in members if member.active}
    active = [sub for sub in subs if sub in active_subs]
    yield from active
    if subs and not active:
        recused = _recused(store, relayed)
        successors = (case_successors.successor(store, relayed.tenant, sub, recused) for sub in subs)
        yield from (successor for successor in successors if successor is not None)
