"""Loading a unit, and whatever wakes or owes tasks: a complaint or a unit, by its number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from chalicelib.casework import snapshot
from chalicelib.casework.case import Case, case_in
from chalicelib.complaints.units.unit import ScoredUnit, for_unit
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key
from chalicelib.wiring import Wiring


def number_of(unit: str) -> str:
    return f"{keys.UNIT}{unit}"


def name_of(number: str) -> str:
    return number.removeprefix(keys.UNIT)


def load(wiring: Wiring, tenant: str, number: str, also: Sequence[Key] = ()) -> Case:
    """Either kind, in one consistent read. Raises `Problem` (complaint-unknown, not-found)."""
    key = keys.snapshot(keys.aggregate(tenant, number))
    return among(wiring, tenant, number, wiring.store.get(list(dict.fromkeys([key, *also]))))


def among(wiring: Wiring, tenant: str, number: str, entries: Mapping[Key, Entry]) -> Case:
    """Either kind, out of what was read. Raises as `load`."""
    if not number.startswith(keys.UNIT):
        return case_in(wiring, tenant, number, entries)
    case = unit_in(wiring, tenant, name_of(number), entries)
    if case is None:
        raise Problem("not-found", "Nothing has happened about this unit.")
    return case


def unit_in(wiring: Wiring, tenant: str, unit: str, entries: Mapping[Key, Entry]) -> Case | None:
    """A unit under the version that it went by last; None where nothing has happened about it."""
    entry = entries.get(keys.snapshot(keys.unit(tenant, unit)))
    if entry is None or entry.kind != snapshot.UNIT_KIND:
        return None
    state = msgspec.json.decode(entry.body, type=ScoredUnit)
    return Case(state, entries, lambda: for_unit(wiring.compiled.get(wiring.store, tenant, state.policy)))
