"""What the records' events contribute beyond what is counted.

An item for each hundred complaint numbers says how many events of each record are counted.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from chalicelib.complaints.envelope import Event
from chalicelib.complaints.state import corrected
from chalicelib.kit import observability
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.statistics.counting.contribution import of_moments
from chalicelib.statistics.counting.moment import Moment
from chalicelib.statistics.counting.series import Increments, add, subtract
from chalicelib.statistics.counting.walk import PolicyOf, moments
from chalicelib.store import event_log, keys, reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Key, Put, Store, Write
from chalicelib.store.stored_form import Form
from chalicelib.wiring import Wiring

KIND = "statistics-counted"
FORM = Form(KIND, dict[str, int], keeps=False)
_UNIT_BLOCKS = 16


def block_of(number: str) -> str:
    """`202611-0001` for `202611-000123`; a unit's block follows from the hash of its number."""
    if keys.is_unit(number):
        return f"{keys.UNIT}{zlib.crc32(number.encode()) % _UNIT_BLOCKS}"
    return number[:-2]


def _key(tenant: str, number: str) -> Key:
    return keys.statistics_counted(tenant, block_of(number))


def counted_writes(tenant: str, blocks: Mapping[Key, dict[str, int]], after: Mapping[str, int]) -> Iterator[Write]:
    """Store the new counts of records whose blocks were read."""
    changed: dict[Key, dict[str, int]] = {}
    for number, seq in after.items():
        key = _key(tenant, number)
        changed.setdefault(key, dict(blocks[key]))[number] = seq
    for key, block in changed.items():
        yield Put(FORM.entry(key, dict(sorted(block.items()))), if_absent=False)


Records = dict[str, list[Event]]
"""The events by number."""


class CountedBlocks(msgspec.Struct, frozen=True):
    """The blocks that hold certain numbers, by the key of their items.

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


def read_counted(store: Store, tenant: str, numbers: Iterable[str], returning: Mapping[str, str]) -> CountedBlocks:
    names = list(dict.fromkeys(_key(tenant, number) for number in numbers))
    found = reads.read_all(store, names)
    return CountedBlocks({key: FORM.read(found[key]) if key in found else {} for key in names}, returning)


def changes(records: Records, known: CountedBlocks, policy_of: PolicyOf) -> tuple[Increments, dict[str, int]]:
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
    if any(corrected(event.type, event.fields) for event in events[before:]):
        return list(moments(events[:before], policy_of))
    return found[:before]
