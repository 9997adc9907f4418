"""What the records' events contribute beyond what a generation has counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from chalicelib.complaints.envelope import Event
from chalicelib.complaints.state import corrected
from chalicelib.kit import observability
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.statistics.cells import counted
from chalicelib.statistics.counting.contribution import of_moments
from chalicelib.statistics.counting.moment import Moment
from chalicelib.statistics.counting.series import Increments, add, subtract
from chalicelib.statistics.counting.walk import PolicyOf, moments
from chalicelib.store import event_log, reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Key, Store
from chalicelib.wiring import Wiring

Records = dict[str, list[Event]]
"""The events by number."""


class Counted(msgspec.Struct, frozen=True):
    """The blocks of a generation that hold certain numbers, by the key of their items.

    `returning`: by number, as in `contribution`.
    """

    blocks: dict[Key, dict[str, int]]
    returning: Mapping[str, str] = {}

    def of(self, number: str) -> int:
        return next((block[number] for block in self.blocks.values() if number in block), 0)


def policies(wiring: Wiring, tenant: str) -> PolicyOf:
    """Looks each version up once."""
    known: dict[str, Policy] = {}

    def policy_of(version: str) -> Policy:
        if version not in known:
            known[version] = wiring.compiled.get(tenant, version)
        return known[version]

    return policy_of


def read_records(store: Store, tenant: str, numbers: Iterable[str]) -> Records:
    """Numbers without events, which are gaps, are left out."""
    found = {number: list(event_log.read(store, CaseRef(tenant, number).pk)) for number in numbers}
    return {number: events for number, events in found.items() if events}


def read_counted(
    store: Store, tenant: str, generation: int, numbers: Iterable[str], returning: Mapping[str, str]
) -> Counted:
    names = list(counted.keys_of(tenant, generation, numbers))
    found = reads.read_all(store, names)
    return Counted({key: counted.decode(found.get(key)) for key in names}, returning)


def changes(records: Records, known: Counted, policy_of: PolicyOf) -> tuple[Increments, dict[str, int]]:
    """What is to be added to the cells, and the new counts of events by number.

    A record that cannot be read is reported in the log and left out.
    """
    total: Increments = {}
    after: dict[str, int] = {}
    for number, events in records.items():
        before = known.of(number)
        if before == len(events):
            continue
        try:
            found = list(moments(events, policy_of))
            earlier, word = _as_counted(events, before, found, policy_of), known.returning.get(number, "")
            add(total, subtract(of_moments(found, word), of_moments(earlier, word)))
        except (Problem, LookupError, ValueError, TypeError, AttributeError) as error:
            observability.error(f"The record of {number} cannot be counted", error=observability.frames(error))
            continue
        after[number] = len(events)
    return total, after


def _as_counted(events: list[Event], before: int, found: list[Moment], policy_of: PolicyOf) -> list[Moment]:
    """The moments as they were counted: a later correction of a category also changed the earlier ones."""
    if any(event.type == "classified" and corrected(event.fields) for event in events[before:]):
        return list(moments(events[:before], policy_of))
    return found[:before]
