"""5,000 categories: the figures of a month by category are exact, though the item of a day has no room for them."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from chalicelib.access import binding
from chalicelib.kit.instants import DAY
from chalicelib.statistics.cells import cell, head
from chalicelib.statistics.counting.series import SERIES, Address, Increments
from chalicelib.statistics.question import Question
from chalicelib.statistics.reading import AnsweredQuestion, answer
from chalicelib.statistics.tabulating.value import Ratio
from chalicelib.store import keys, reads
from tests.backtests.live import Office
from tests.kernel.statistics.played import NOW, count, play

MANY, DAYS = 5_000, 25
OCTOBER = {"first": date(2026, 10, 1), "last": date(2026, 10, 31)}
ONCE = ("event", "first_acceptance", "first_refusal", "first_category", "score")
"""Series that count each complaint once."""


def increments() -> Increments:
    """A complaint of each category, on the first days of October; half of them are accepted."""
    total: Increments = {}
    for number in range(MANY):
        counts = total.setdefault(Address("D", f"2026-10-{number % DAYS + 1:02d}"), Counter())
        for series in ONCE:
            own = {"category": f"matter=m{number:04d}", "event": "registered", "policy": "1", "refused": "no"}
            own |= {"accepted": "yes" if number % 2 else "no", "changed": "no"}
            counts[series, *(own.get(name, "") for name in SERIES[series])] += 1
    return total


@pytest.fixture(scope="module")
def office() -> Office:
    found = play("corporate-standard", 2, 3)
    count(found)
    with binding.tenant(found.tenant), pytest.MonkeyPatch.context() as patch:
        patch.setattr(cell, "MOST_TUPLES", MANY // DAYS)
        for address, counts in increments().items():
            found.wiring.store.commit(cell.writes(found.wiring.store, found.tenant, {address: counts}))
    return found


def asked(office: Office, measure: str, by: tuple[str, ...], **filters: str) -> AnsweredQuestion:
    with binding.tenant(office.tenant):
        chosen = {name: frozenset({value}) for name, value in filters.items()}
        question = Question(measures=(measure,), by=by, filters=chosen, **OCTOBER)
        return answer(office.wiring, office.tenant, question, NOW + DAY)


def test_the_days_have_more_items_than_one(office: Office) -> None:
    store, tenant = office.wiring.store, office.tenant
    with binding.tenant(tenant):
        within = keys.statistics_cells(tenant, "D", "2026-10-01", "2026-10-31")
        found = [entry.key.sk for entry in reads.items(store, head.key(tenant).pk, within)]
    assert sum(key.endswith("#000000") for key in found) == DAYS


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


def test_the_month_as_a_whole_has_all(office: Office) -> None:
    [row] = asked(office, "received", ()).rows
    assert row.values["received"] == MANY
