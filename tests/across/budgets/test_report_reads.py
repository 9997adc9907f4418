"""The items that a report reads do not grow with complaints, and a year takes no more calls than some days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from benchmarks.figures.records import Items
from chalicelib.access import binding
from chalicelib.casework import anchor_marks
from chalicelib.kit.instants import DAY
from chalicelib.statistics.cells import collection
from chalicelib.statistics.measures.table import MEASURES
from chalicelib.statistics.question import Question
from chalicelib.statistics.reading import answer
from chalicelib.store.port import Remove
from tests.across.budgets.test_statistics_units import DAYS, MANY, first_day, office, upkeep
from tests.kernel.statistics.played import NOW

WINDOW = DAYS + 1
"""Days of a report about all complaints."""
MOST = WINDOW + 2
"""The days, and the months before."""
BESIDE = 20
"""The head, the organisation, the policy, and the days of deadlines at risk."""


class Read(NamedTuple):
    """The items that a report read, in so many calls, and the complaints that it counted."""

    items: int
    calls: int
    received: object


def items_read(first: date, days: int = WINDOW) -> Read:
    found = office()
    store = Items(found.world.fakes.store)
    question = Question(measures=tuple(MEASURES), first=first, last=first + timedelta(days=days - 1))
    with binding.tenant(found.tenant):
        rows = answer(replace(found.wiring, store=store), found.tenant, question, NOW + 60 * DAY).rows
    return Read(store.read, store.calls_made, rows[0].values["received"])


def settle(a_day: int) -> None:
    """The organisation with so many complaints a day, with every record counted and every mark removed."""
    found = office()
    upkeep(a_day).kept.put_into(found.world.fakes)
    with binding.tenant(found.tenant):
        collection.collect(found.wiring, found.tenant, NOW + 60 * DAY)
        for page in anchor_marks.settled_marks(found.wiring.store, found.tenant, NOW + 60 * DAY, 90):
            found.wiring.store.commit([Remove(key) for key in page])
        collection.consolidate_if_due(found.wiring, found.tenant, NOW + 60 * DAY)


class Reads(NamedTuple):
    """Of days with a complaint each, of the same days with `MANY` each, and of the year around the latter."""

    few: Read
    many: Read
    year: Read


@pytest.fixture(scope="module")
def reads() -> Reads:
    first = first_day()
    settle(1)
    few = items_read(first)
    settle(MANY)
    return Reads(few, items_read(first), items_read(first - timedelta(days=200), days=365))


@pytest.mark.slow
def test_the_items_of_a_report_do_not_depend_on_the_complaints(reads: Reads) -> None:
    few, many = reads.few, reads.many
    assert max(few.items, many.items) <= MOST + BESIDE
    assert (few.received, many.received) == (DAYS, MANY * DAYS)


@pytest.mark.slow
def test_a_year_takes_no_more_calls_than_some_days(reads: Reads) -> None:
    assert reads.year.calls <= reads.many.calls
    assert reads.year.received == MANY * DAYS
