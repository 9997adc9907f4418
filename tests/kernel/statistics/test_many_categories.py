"""5,000 categories: the figures of a month by category are exact, though the item of its total has no room for them."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from chalicelib.access import binding
from chalicelib.kit.instants import DAY
from chalicelib.statistics.cells import cell, head
from chalicelib.statistics.cells.cell import FOLDED
from chalicelib.statistics.counting.series import SERIES, Address, Increments, happened_on
from chalicelib.statistics.dimensions import OTHER
from chalicelib.statistics.question import Question
from chalicelib.statistics.reading import AnsweredQuestion, answer
from chalicelib.statistics.tabulating.value import Ratio
from chalicelib.store import keys, reads
from tests.backtests.live import Office
from tests.kernel.statistics.played import NOW, count, play

MANY, DAYS = 5_000, 25
OCTOBER = {"first": date(2026, 10, 1), "last": date(2026, 10, 31)}
ONCE = ("event", "first_acceptance", "first_refusal", "first_category", "score")
"""Series that count each complaint once; five of each category are more than an item holds."""


def increments() -> Increments:
    """A complaint of each category, on the first days of October; half of them are accepted."""
    total: Increments = {}
    for number in range(MANY):
        for address in happened_on(f"2026-10-{number % DAYS + 1:02d}"):
            counts = total.setdefault(address, Counter())
            for series in ONCE:
                own = {"category": f"matter=m{number:04d}", "event": "registered", "policy": "1", "refused": "no"}
                own |= {"accepted": "yes" if number % 2 else "no", "changed": "no"}
                counts[series, *(own.get(name, "") for name in SERIES[series])] += 1
    return total


@pytest.fixture(scope="module")
def office() -> Office:
    found = play("corporate-standard", 2, 3)
    count(found)
    with binding.tenant(found.tenant):
        store, live = found.wiring.store, head.read(found.wiring.store, found.tenant).head.live
        for address, counts in increments().items():
            store.commit(cell.writes(store, found.tenant, live, {address: counts}))
    return found


def asked(office: Office, measure: str, by: tuple[str, ...], **filters: str) -> AnsweredQuestion:
    with binding.tenant(office.tenant):
        chosen = {name: frozenset({value}) for name, value in filters.items()}
        question = Question(measures=(measure,), by=by, filters=chosen, **OCTOBER)
        return answer(office.wiring, office.tenant, question, NOW + DAY)


def test_the_item_of_the_month_has_lost_the_categories(office: Office) -> None:
    store, tenant = office.wiring.store, office.tenant
    with binding.tenant(tenant):
        live = head.read(store, tenant).head.live
        key = keys.statistics_cell(tenant, live, *Address("T", "2026-10"))
        found = cell.decode(cell.FORM, reads.read_all(store, [key])[key])
    assert found.level <= len(FOLDED)
    assert {counted[3] for counted in found.counts} == {OTHER}


def test_each_category_has_its_row(office: Office) -> None:
    rows = asked(office, "received", ("category.matter",)).rows
    assert len(rows) == MANY
    assert {row.values["received"] for row in rows} == {1}


def test_a_share_by_category_is_exact(office: Office) -> None:
    rows = asked(office, "accepted", ("category.matter",)).rows
    assert Counter(row.values["accepted"] for row in rows) == {Ratio(0, 1): MANY // 2, Ratio(1, 1): MANY // 2}


def test_one_category_can_be_asked_for(office: Office) -> None:
    [row] = asked(office, "received", (), **{"category.matter": "m0042"}).rows
    assert row.values["received"] == 1


def test_the_month_as_a_whole_is_still_read_as_one_item(office: Office) -> None:
    [row] = asked(office, "received", ()).rows
    assert row.values["received"] == MANY
