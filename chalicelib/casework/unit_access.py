"""Access to a unit: loads the unit and the caller in one read, and checks that the caller may see the unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from chalicelib.casework import snapshot
from chalicelib.casework.authorization import load_asker, restrict_to_unit
from chalicelib.casework.loading import Case, parse_unit
from chalicelib.complaints.rights.permits import Asker
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key, Store
from chalicelib.tenants import organisation
from chalicelib.tenants.organisation import Unit
from chalicelib.tenants.people import membership

if TYPE_CHECKING:
    from chalicelib.wiring import CompiledPolicies


class UnitRequest(msgspec.Struct, frozen=True, kw_only=True):
    tenant: str
    unit: str | None
    """None for the organisation as a whole."""
    sub: str
    now: Instant
    route: str
    """Method and path template, for the read log."""

    @property
    def number(self) -> str:
        return keys.unit_number(self.unit)


class VisibleUnit(msgspec.Struct, frozen=True):
    """A unit that the caller may see, or the organisation as a whole.

    `case`: None if the unit has no events. `in_force`: the policy for its next score. `entries`: all items of the read.
    """

    name: str
    case: Case | None
    asker: Asker
    in_force: Policy
    entries: Mapping[Key, Entry]


def load_visible_unit(
    store: Store, compiled: CompiledPolicies, request: UnitRequest, extra_keys: Sequence[Key] = ()
) -> VisibleUnit:
    """The unit, in one read with `extra_keys`.

    Raises `Problem`: `forbidden` if the caller is no member; `not-found` for an unknown unit and for a unit outside the
    caller's grants.
    """
    tenant, unit = request.tenant, request.unit
    org_key, record = organisation.key(tenant), keys.unit_name(request.number)
    own_keys = [membership.key(tenant, request.sub), org_key, snapshot.unit_key(tenant, record)]
    entries = store.get([*own_keys, *extra_keys])
    asker = load_asker(store, tenant, entries, request.sub, request.now)
    org = organisation.parse(entries[org_key])
    known = Unit(org.name) if unit is None else org.units.get(unit)
    restricted = restrict_to_unit(asker, unit)
    if known is None or restricted is None:
        raise Problem("not-found", "There is no such unit.")
    in_force = compiled.get(tenant, org.policy_at(request.now))
    return VisibleUnit(known.name, parse_unit(compiled, tenant, record, entries), restricted, in_force, entries)
