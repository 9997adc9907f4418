"""Readers: the people whom a `notified` event names, as they are when it is delivered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chalicelib.casework.jobs import case_successors
from chalicelib.complaints.envelope import Event
from chalicelib.instants import from_text
from chalicelib.messages.relay.relay import Effect
from chalicelib.tenants.people import deputies, queries
from chalicelib.tenants.people.membership import Membership
from chalicelib.wiring import Wiring

_COMPLAINANT = "complainant"


class Readers(NamedTuple):
    all: list[str]
    """`C#<number>` for the complainant, else people's subs: each once."""
    nobody: list[str]
    """The roles in which nobody stands."""
    vacant: bool
    """Whether nobody stands in any role that is named: whoever is assigned beside it does not make up for it."""


def of(wiring: Wiring, effect: Effect, event: Event, to: Sequence[str] | None = None) -> Readers:
    """`to`: as in the event, where it is told to others than it names. The tenant is bound by the caller."""
    named = event.fields["to"] if to is None else to
    subs = [name[1:] for name in named if name[0] == "@"]
    roles = [name for name in named if name[0] != "@" and name != _COMPLAINANT]
    members = _members(wiring, effect.tenant, subs, bool(roles))
    unit = event.fields.get("unit")
    standing = {role: [one.sub for one in members if one.may(role, unit)] for role in roles}
    staff = [*_present(wiring, effect.tenant, subs, members), *(sub for found in standing.values() for sub in found)]
    if subs and not staff:
        staff = [one.sub for one in queries.all_people(wiring.store, effect.tenant) if one.owner]
    told = [*([f"C#{effect.number}"] if _COMPLAINANT in named else []), *staff]
    nobody = [role for role in roles if not standing[role]]
    standing_in = deputies.deputies_of(wiring.store, effect.tenant, told, members, from_text(event.at))
    return Readers(list(dict.fromkeys([*told, *standing_in])), nobody, bool(roles) and nobody == roles)


def _members(wiring: Wiring, tenant: str, subs: Sequence[str], roles: bool) -> list[Membership]:
    """Everybody where roles are named, else those who are named themselves."""
    return list(
        queries.all_people(wiring.store, tenant) if roles else queries.people_by_sub(wiring.store, tenant, subs)
    )


def _present(wiring: Wiring, tenant: str, subs: Sequence[str], members: Sequence[Membership]) -> Iterator[str]:
    """Those named who are still there; where none is, whoever took over from them."""
    active = {one.sub for one in members if one.active}
    present = [sub for sub in subs if sub in active]
    yield from present
    if not present:
        heirs_ = (case_successors.heir(wiring, tenant, sub) for sub in subs)
        yield from (heir for heir in heirs_ if heir is not None)
