"""The upkeep of the figures takes at most 15 % of the write units of the complaints, at 20 complaints a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

import pytest
from msgspec.structs import force_setattr

from benchmarks.figures.records import CopiedLives, at, lives
from chalicelib.access import binding
from chalicelib.casework import anchor_marks
from chalicelib.kit.instants import DAY, HOUR
from chalicelib.statistics.cells import collection
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key, Page, Put, Remove
from tests.across.budgets.metered import Metered
from tests.across.budgets.use_cases import measured
from tests.backtests.live import Office
from tests.helpers.fakes.kept import Kept
from tests.kernel.statistics.played import NOW, play, records

PRESET = "corporate-standard"
DAYS = 15
MANY = 20
"""Complaints a day. `test_report_reads` reads the figures of the same days."""
SHARE, QUIET_SHARE = 0.15, 0.24
"""At `MANY` complaints a day, and at one a day, whose cells are shared by fewer: 0.19 to 0.23 with five seeds."""


@cache
def units_of_a_complaint() -> int:
    """The filing and the acts of one complaint, without its messages, misses and warnings."""
    return sum(units.written for name, units in measured().items() if name == "a filing" or name.startswith("the act "))


@cache
def played_lives() -> list[list[str]]:
    return lives(office())


@cache
def first_day() -> date:
    """Of the complaints as they were played, before `upkeep` removes them."""
    return min(one.day(0) for one in records(office()))


@cache
def office() -> Office:
    return play(PRESET, 12, 5)


def remove_everything(found: Office) -> None:
    """All events, marks and figures."""
    store, tenant = found.world.fakes.store, found.tenant
    figures = keys.statistics_head(tenant).pk
    with binding.tenant(tenant):
        for entry in store.everything():
            if (keys.is_event(entry.key) and keys.COMPLAINT in entry.key.pk) or entry.key.pk == figures:
                store.commit([Remove(entry.key)])
        for page in anchor_marks.settled_marks(store, tenant, NOW, 90):
            store.commit([Remove(key) for key in page])


class _Writes(Metered):
    """Without the read units, whose count takes longer than the upkeep."""

    def get(self, keys: Sequence[Key]) -> dict[Key, Entry]:
        return self.store.get(keys)

    def query(self, pk: str, **how: object) -> Page:
        return self.store.query(pk, **how)  # type: ignore[arg-type]


class Upkeep(NamedTuple):
    """`units`: write units of the figures for each complaint. `kept`: the organisation on the last day."""

    units: float
    kept: Kept


@cache
def upkeep(a_day: int) -> Upkeep:
    """Of `DAYS` with a steady number of complaints a day."""
    found = office()
    tenant, store = found.tenant, found.wiring.store
    copies = CopiedLives(played_lives())
    first_day()
    remove_everything(found)
    numbers = {f"209901-{position + 1:06d}": position for position in range(a_day * DAYS)}
    events = [
        (at(entry.body), number, entry)
        for number, position in numbers.items()
        for entry in copies.entries(tenant, number, position * 7, position // a_day)
    ]
    events.sort(key=lambda event: (*event[:2], event[2].key.sk))
    meter = _Writes(found.world.fakes.store)
    force_setattr(found.wiring, "store", meter)
    try:
        with binding.tenant(tenant):
            _live(found, meter, events)
    finally:
        force_setattr(found.wiring, "store", store)
    units = meter.by_partition[keys.statistics_head(tenant).pk] / len(numbers)
    return Upkeep(units, Kept(found.world.fakes))


def _live(found: Office, meter: Metered, events: list[tuple[int, str, Entry]]) -> None:
    """Each hour with events ends with the hourly job. It ends after the days in which complaints were filed."""
    tenant, store = found.tenant, meter.store
    begin = events[0][0] // HOUR * HOUR
    waiting = iter(events)
    following = next(waiting, None)
    for now in range(begin, begin + DAYS * DAY, HOUR):
        while following is not None and following[0] < now:
            moment, number, entry = following
            store.commit([Put(entry)])
            store.commit([anchor_marks.mark(CaseRef(tenant, number), moment)])
            following = next(waiting, None)
        collection.collect(found.wiring, tenant, now + 6 * 60_000)
        for page in anchor_marks.settled_marks(store, tenant, now + 6 * 60_000, 90):
            store.commit([Remove(key) for key in page])
        collection.consolidate_if_due(found.wiring, tenant, now + 6 * 60_000)


@pytest.mark.parametrize(("a_day", "share"), [(MANY, SHARE), (1, QUIET_SHARE)])
def test_the_upkeep_takes_a_small_share_of_a_complaint(a_day: int, share: float) -> None:
    assert upkeep(a_day).units <= share * units_of_a_complaint()
