"""Loading a case: a complaint or a unit, with everything that a command needs, in one consistent read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from chalicelib.casework import snapshot
from chalicelib.complaints.state import Complaint
from chalicelib.complaints.units.unit import ScoredUnit, for_unit, with_carried
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.vocabulary import REOPENING_ACTS
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key, Store
from chalicelib.tenants import organisation
from chalicelib.tenants.organisation import Organisation

if TYPE_CHECKING:
    from chalicelib.policy.language.stages import Stage
    from chalicelib.wiring import CompiledPolicies

_ENDED = frozenset({"closed", "archived"})


class Case(msgspec.Struct, frozen=True):
    """One complaint or unit as it was read. `entries` holds the other items of the same read."""

    complaint: Complaint
    entries: Mapping[Key, Entry]
    load: Callable[[], Policy]

    @property
    def policy(self) -> Policy:
        """The policy, read on first use: an extra read would show callers without access that the complaint exists."""
        return self.load()

    @property
    def version(self) -> int:
        """The snapshot's version, which is the number of its last event."""
        return self.complaint.seq

    @property
    def has_ended(self) -> bool:
        """True if the case is closed or archived (and was not reopened), or is in a stage that is an end.

        Retention may erase its files.
        """
        return self.complaint.erased_at is not None or self._stage.is_end or self._is_closed

    @property
    def takes_files(self) -> bool:
        """True until the case ends, or while it can be reopened (P5.2) and is neither closed nor archived."""
        if not self.has_ended:
            return True
        from chalicelib.complaints.acting.open_acts import offered  # ended cases

        return not self._is_closed and any(offered(self.policy, self.complaint, name) for name in REOPENING_ACTS)

    @property
    def _stage(self) -> Stage:
        return self.policy.document.stages[self.complaint.stage]

    @property
    def _is_closed(self) -> bool:
        return bool(_ENDED & self.complaint.seen.keys())


def load(store: Store, compiled: CompiledPolicies, ref: CaseRef, extra_keys: Sequence[Key] = ()) -> Case:
    """A complaint or a unit. The items of `extra_keys` that exist are in `Case.entries`.

    Raises `Problem`: `complaint-unknown`, or `not-found` for a unit without events.
    """
    requested = [snapshot.key(ref), *extra_keys]
    return parse(compiled, ref, store.get(list(dict.fromkeys(requested))))


def read_entries(store: Store, ref: CaseRef, extra_keys: Sequence[Key] = ()) -> dict[Key, Entry]:
    """One BatchGetItem: a complaint's snapshot and the other keys. `parse_complaint` raises if there is no snapshot."""
    requested = [snapshot.complaint_key(ref), *extra_keys]
    return store.get(list(dict.fromkeys(requested)))


def parse(compiled: CompiledPolicies, ref: CaseRef, entries: Mapping[Key, Entry]) -> Case:
    """A complaint or a unit from entries that were read. Raises as `load`."""
    if not keys.is_unit(ref.number):
        return parse_complaint(compiled, ref, entries)
    case = parse_unit(compiled, ref.tenant, keys.unit_name(ref.number), entries)
    if case is None:
        raise Problem("not-found", "Nothing has happened about this unit.")
    return case


def parse_complaint(compiled: CompiledPolicies, ref: CaseRef, entries: Mapping[Key, Entry]) -> Case:
    """Raises `Problem("complaint-unknown")` if `entries` has no snapshot of the complaint."""
    entry = entries.get(snapshot.complaint_key(ref))
    if entry is None or entry.kind != snapshot.KIND:  # an incomplete filing leaves a void in place of the snapshot
        raise complaint_unknown()
    complaint = snapshot.COMPLAINT.read(entry)
    return Case(complaint, entries, lambda: policy_of(compiled, ref.tenant, complaint))


def parse_unit(compiled: CompiledPolicies, tenant: str, unit: str, entries: Mapping[Key, Entry]) -> Case | None:
    """A unit under its last policy version; None if the unit has no events. `unit`: a name of `record_names`."""
    entry = entries.get(snapshot.unit_key(tenant, unit))
    if entry is None or entry.kind != snapshot.UNIT_KIND:
        return None
    state = snapshot.UNIT.read(entry)
    return Case(state, entries, lambda: policy_of(compiled, tenant, state))


def policy_of(compiled: CompiledPolicies, tenant: str, state: Complaint) -> Policy:
    """The policy under which a complaint or a unit stands now."""
    if not isinstance(state, ScoredUnit):
        return policy_for(compiled, tenant, state.policy, state.unit)

    def part(version: str) -> Policy:
        return for_unit(policy_for(compiled, tenant, version, state.unit), state.owner)

    return with_carried(part(state.policy), {name: part(version) for name, version in state.carried.items()})


def policy_for(compiled: CompiledPolicies, tenant: str, version: str, unit: str | None) -> Policy:
    """The version, with the organisation's units and their calendars if the version asks for them."""
    policy = compiled.get(tenant, version)
    if not (policy.sets_unit or policy.follows_units) and (unit is None or not policy.asks_unit_calendar):
        return policy
    return on_unit_calendar(policy, organisation.load(compiled.store, tenant), unit)


def on_unit_calendar(policy: Policy, org: Organisation, unit: str | None) -> Policy:
    """The policy with the organisation's units, one of which is the complaint's, and their calendars."""
    chosen = {name: one.calendar for name, one in org.units.items() if one.calendar}
    if policy.sets_unit:
        policy = replace(policy, units=frozenset(org.units))
    return replace(policy, unit_calendars=chosen).of_unit(unit) if chosen else policy


def complaint_unknown() -> Problem:
    """One problem for an unknown number and for a wrong receipt, so that callers cannot tell them apart."""
    return Problem("complaint-unknown", "There is no such complaint, or the receipt is not its receipt.")
