"""The program's store with modelled partitions: a commit is throttled as a whole before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmarks.simulation.partitions import Partitions
from chalicelib.store import sizes
from chalicelib.store.port import Put, Unavailable, Update, Write
from infra.memory_store.store import MemoryStore
from tests.across.budgets.metered import write_units


class Throttled(Unavailable):
    """A partition of the commit has no units left."""


class ModelledStore:
    """`at`: the simulated second of the calls."""

    def __init__(self, store: MemoryStore, partitions: Partitions) -> None:
        self.store, self.partitions = store, partitions
        self.at = 0.0

    def commit(self, writes: Sequence[Write]) -> None:
        if not self.partitions.admit([each for write in writes for each in self._units(write)], self.at):
            raise Throttled
        self.store.commit(writes)
        self.store.calls.clear()
        self.store.stream.clear()

    def _units(self, write: Write) -> list[tuple[str, int]]:
        before = self.store._entries.get(sizes.key_of(write))
        return list(write_units(write, before, write.entry if isinstance(write, Put | Update) else None))

    def __getattr__(self, name: str) -> Callable[..., object]:
        target: Callable[..., object] = getattr(self.store, name)
        return target
