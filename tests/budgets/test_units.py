"""Budgets of read and write units by use case, computed from item sizes.

Amazon DynamoDB Developer Guide, "Read and write operations": a consistent read takes a unit for each 4 KB of an item
(one that is absent counts as one), a transactional write two units for each 1 KB, an index write one for each 1 KB.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from chalicelib.deadlines.wake import wake
from chalicelib.instants import HOUR
from chalicelib.problem import Problem
from chalicelib.store import sizes
from chalicelib.store.memory import MemoryStore
from chalicelib.store.port import Change, Entry, Key, Put, Write
from chalicelib.tenants import binding
from tests.fakes.sealer import FakeKms, real_sealer
from tests.faults.office import Office, opened

BUDGETS = {
    "a filing": (2, 25),
    "an act": (4, 18),
    "a refused act": (3, 0),
    "a replay": (4, 0),
    "a miss": (1, 18),
}
"""Read and write units that one use case takes at most. Each word among an act's fields that could name a person is
looked up with the first read: that is the fourth."""


@dataclass
class Metered:
    """Counts the units of the calls that pass through to the store."""

    store: MemoryStore
    read: int = 0
    written: int = 0

    def get(self, keys: Sequence[Key]) -> dict[Key, Entry]:
        found = self.store.get(keys)
        self.read += sum(-(-sizes.item_bytes(found[key]) // 4096) if key in found else 1 for key in keys)
        return found

    def commit(self, writes: Sequence[Write]) -> None:
        self.store.commit(writes)
        self.written += sum(units(write.entry) for write in writes if isinstance(write, Put | Change))

    def count(self, key: Key, kind: str, **how: int | None) -> int:
        self.written += 1
        return self.store.count(key, kind, **how)  # type: ignore[arg-type]

    def __getattr__(self, name: str) -> Callable[..., object]:
        target: Callable[..., object] = getattr(self.store, name)
        return target


def units(entry: Entry) -> int:
    """Two for each KB, and one for each KB of what the item has in each index."""
    kilobytes = -(-sizes.item_bytes(entry) // 1024)
    return 2 * kilobytes + (entry.due is not None) + (entry.listed is not None)


def measured(what: str) -> tuple[int, int]:
    office = opened()
    object.__setattr__(office.wiring, "sealer", real_sealer(office.store, FakeKms()))
    number = office.file(office.request("file")).body["number"]
    request = office.request("act")
    office.act(number, "agent", "classify", request, severity="major")
    meter = Metered(office.store)
    object.__setattr__(office.wiring, "store", meter)
    do = {
        "a filing": lambda: office.file(office.request("file")),
        "an act": lambda: office.act(number, "agent", "accept", office.request("x"), agent_team="一", agent_number="7"),
        "a refused act": lambda: _refused(office, number),
        "a replay": lambda: office.act(number, "agent", "classify", request, severity="major"),
        "a miss": lambda: _missed(office, number),
    }
    do[what]()
    return meter.read, meter.written


def _refused(office: Office, number: str) -> None:
    with pytest.raises(Problem, match="act-not-open"):
        office.act(number, "agent", "archive", office.request("x"))


def _missed(office: Office, number: str) -> None:
    with binding.tenant(office.id):
        assert wake(office.wiring, office.id, number, office.world.now() + 12 * HOUR)


@pytest.mark.parametrize("what", BUDGETS)
def test_a_use_case_stays_within_its_units(what: str) -> None:
    read, written = measured(what)
    assert (read <= BUDGETS[what][0], written <= BUDGETS[what][1]) == (True, True), (read, written)
