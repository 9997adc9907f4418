"""An organisation whose recorded events appear one by one, with or without a mark, while its figures are kept."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

from chalicelib.access import binding
from chalicelib.casework import anchor_marks, numbers
from chalicelib.jobs import driver
from chalicelib.jobs import job as jobs
from chalicelib.jobs.job import Job
from chalicelib.kit.instants import DAY, HOUR, MINUTE, Instant
from chalicelib.statistics.cells import cell, collection, head
from chalicelib.statistics.cells.changes import policies, read_records
from chalicelib.statistics.cells.consolidation import consolidate, prepare
from chalicelib.statistics.cells.returning import decide
from chalicelib.statistics.counting.contribution import contribution
from chalicelib.statistics.counting.series import SERIES, Address, Increments, add
from chalicelib.statistics.rebuild.start import JOB_KIND, StatisticsCursor
from chalicelib.statistics.rebuild.step import step
from chalicelib.store import keys, reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import CommitConflict, Entry, Put, Remove
from chalicelib.wiring import Wiring
from tests.backtests.live import Office
from tests.helpers.fakes.faults import Breaker, Crash
from tests.kernel.statistics.played import NOW

_SERIAL = itertools.count()
_COMMIT = 100
"""Writes of one commit at most."""


@dataclass
class Ledger:
    """`waiting`: the events of each record that have not appeared yet. `lost`: whether a mark was lost."""

    office: Office
    draw: random.Random
    waiting: dict[str, list[Entry]] = field(default_factory=dict)
    lost: bool = False
    now: Instant = NOW
    rebuilds: list[str] = field(default_factory=list)
    """The names of the jobs."""

    def __post_init__(self) -> None:
        """Takes all events, marks and figures away."""
        with binding.tenant(self.office.tenant):
            store = self.wiring.store
            for number in numbers.every(store, self.office.tenant):
                found = list(reads.items(store, keys.aggregate(self.office.tenant, number), keys.EVENTS))
                self.waiting[number] = found
                self._remove(found)
            self.sweep_marks()
            self._remove(list(reads.items(store, head.key(self.office.tenant).pk)))

    def _remove(self, found: list[Entry]) -> None:
        for first in range(0, len(found), _COMMIT):
            self.wiring.store.commit([Remove(entry.key) for entry in found[first : first + _COMMIT]])

    @property
    def wiring(self) -> Wiring:
        return self.office.wiring

    def grow(self) -> None:
        """Some events of a record appear. Rarely, their mark is lost."""
        number = self.draw.choice(sorted(self.waiting))
        appearing = self.waiting[number][: self.draw.randint(1, 5)]
        del self.waiting[number][: len(appearing)]
        if not appearing:
            return
        self.wiring.store.commit([Put(entry) for entry in appearing])
        if self.draw.random() < 0.95:
            self.wiring.store.commit([anchor_marks.mark(CaseRef(self.office.tenant, number), self.now)])
        else:
            self.lost = True

    def sweep_marks(self) -> None:
        """As anchoring does after the collection."""
        for page in anchor_marks.settled_marks(self.wiring.store, self.office.tenant, self.now, 50):
            for key in page:
                self.wiring.store.commit([Remove(key)])

    def hour(self) -> None:
        self.now += HOUR + self.draw.choice([0, MINUTE, DAY])
        collection.collect(self.wiring, self.office.tenant, self.now)
        self.sweep_marks()
        collection.consolidate_if_due(self.wiring, self.office.tenant, self.now)

    def crash(self) -> None:
        """A consolidation that dies at some call."""
        breaker = Breaker(self.draw.randint(1, 12), after=self.draw.random() < 0.5)
        with suppress(Crash):
            broken = self.office.world.fakes.breaking(breaker)
            self._consolidate(broken, 50)

    def _consolidate(self, wiring: Wiring, most: int) -> None:
        """As the hourly job: not while a rebuild counts."""
        stored = head.read(wiring.store, self.office.tenant)
        if stored.head.is_counted:
            consolidate(wiring, self.office.tenant, self.now, most, stored)

    def race(self) -> None:
        """A consolidation that was prepared before another one was written."""
        tenant, store = self.office.tenant, self.wiring.store
        stored = head.read(store, tenant)
        late = prepare(self.wiring, tenant, stored.head.pending[:5] if stored.head.is_counted else [])
        self.grow()
        self._consolidate(self.wiring, 3)
        with suppress(CommitConflict):
            store.commit([stored.write(tenant, stored.head), *late.writes])

    def begin_rebuild(self) -> None:
        self.rebuilds.append(f"{JOB_KIND}-{next(_SERIAL)}")
        new = Job(id=self.rebuilds[-1], kind=JOB_KIND, by="x", started=self.now, cursor=jobs.cursor(StatisticsCursor()))
        self.wiring.store.commit([jobs.new(self.office.tenant, new)])

    def go_on(self) -> None:
        """A step of any rebuild, also of one that was taken over."""
        if self.rebuilds:
            self.run(self.draw.choice(self.rebuilds))

    def run(self, name: str, budget: int = 0) -> Job:
        """One step of a rebuild, or with a budget all."""
        driver.run_steps(self.wiring, self.office.tenant, name, self.now, {JOB_KIND: step}, budget=budget)
        return jobs.get(self.wiring.store, self.office.tenant, name)

    def rebuild(self) -> str:
        self.begin_rebuild()
        return self.run(self.rebuilds[-1], budget=10**9).state

    def settle(self) -> None:
        """Every record with a mark is counted, after a rebuild that runs."""
        if counting := head.read(self.wiring.store, self.office.tenant).head.job:
            self.run(counting, budget=10**9)
        self.now += 2 * DAY
        self.hour()

    def stored(self) -> Increments:
        """The cells, those of a period added up."""
        store, tenant = self.wiring.store, self.office.tenant
        found: Increments = {}
        for kind in ("D", "M"):
            for address, counts in cell.between(store, tenant, Address(kind, "0"), Address(kind, "9"), SERIES):
                add(found, {address: counts})
        return _without_zeros(found)

    def true(self) -> Increments:
        """The sum of the contributions of all records as they are."""
        store, tenant, total = self.wiring.store, self.office.tenant, Increments()
        records = read_records(store, tenant, numbers.every(store, tenant))
        policy_of = policies(self.wiring, tenant)
        words = decide(self.wiring, tenant, records, policy_of).words
        for number, events in records.items():
            add(total, contribution(events, policy_of, words.get(number, "")))
        return _without_zeros(total)


def _without_zeros(total: Increments) -> Increments:
    whole = {address: Counter({key: n for key, n in counts.items() if n}) for address, counts in total.items()}
    return {address: counts for address, counts in whole.items() if counts}
