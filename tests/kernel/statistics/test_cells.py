"""The items of a day survive their stored form, and add up to what was counted, however many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.access import binding
from chalicelib.statistics.cells import cell
from chalicelib.statistics.counting.series import SERIES, Address, Tuple
from infra.memory_store.store import MemoryStore
from tests.helpers.searches import searching

TENANT = "shop"
DAY = Address("D", "2026-11-27")
many = searching(80)


@pytest.fixture(autouse=True, scope="module")
def bound() -> Iterator[None]:
    with binding.tenant(TENANT):
        yield


texts = st.sampled_from(["", "a", "b", "c&d=1", "投诉"])


@st.composite
def tuples(draw: st.DrawFn) -> Tuple:
    series = draw(st.sampled_from(sorted(SERIES)))
    return (series, *(draw(texts) for _ in SERIES[series]))


counts = st.dictionaries(tuples(), st.integers(-3, 5), max_size=40).map(Counter)


@many
@given(counts, counts)
def test_cells_survive_their_stored_form_and_add_up(first: Counter[Tuple], second: Counter[Tuple]) -> None:
    store = MemoryStore()
    add(store, first)
    add(store, second)
    assert stored(store) == {key: first[key] + second[key] for key in {**first, **second} if first[key] + second[key]}


def add(store: MemoryStore, counts: Counter[Tuple]) -> None:
    store.commit(cell.writes(store, TENANT, {DAY: counts}))


def stored(store: MemoryStore) -> dict[Tuple, int]:
    """The counts of the day, without those that add up to nothing."""
    total: Counter[Tuple] = Counter()
    for _, counts in cell.between(store, TENANT, DAY, DAY, SERIES):
        total.update(counts)
    return {key: number for key, number in total.items() if number}


def items(store: MemoryStore) -> list[str]:
    return sorted(entry.key.sk.removeprefix("C#D#2026-11-27") for entry in store.everything())


def keys(units: int) -> Counter[Tuple]:
    return Counter(
        {("event", "1", "phone", "", "", f"u{at}", "closed", "agent", f"s{at % 9}", "1"): 2 for at in range(units)}
    )


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> MemoryStore:
    monkeypatch.setattr(cell, "MOST_TUPLES", 10)
    return MemoryStore()


def test_the_content_of_a_full_cell_moves_to_a_further_item(small: MemoryStore) -> None:
    add(small, keys(11))
    add(small, keys(5))
    assert items(small) == ["", "#000000"]
    add(small, keys(11))
    assert (items(small), stored(small)) == (
        ["", "#000000", "#000001"],
        {key: number * 2 + 2 * (position < 5) for position, (key, number) in enumerate(keys(11).items())},
    )


def test_what_moved_can_be_taken_away_later(small: MemoryStore) -> None:
    add(small, keys(11))
    add(small, Counter({key: -number for key, number in keys(11).items()}))
    add(small, keys(3))
    assert stored(small) == keys(3)


def test_full_items_of_another_day_or_month_are_not_read(small: MemoryStore) -> None:
    add(small, keys(2))
    for other in (Address("D", "2026-11-28"), Address("D", "2026-11-26"), Address("M", "2026-11")):
        small.commit(cell.writes(small, TENANT, {other: keys(11)}))
    assert stored(small) == keys(2)


def test_a_cell_without_counts_is_removed(small: MemoryStore) -> None:
    add(small, keys(2))
    add(small, Counter({key: -number for key, number in keys(2).items()}))
    assert items(small) == []


def test_other_series_are_left_out(small: MemoryStore) -> None:
    add(small, keys(2) + Counter({("score", "1", "", "", "", ""): 3}))
    assert [counts for _, counts in cell.between(small, TENANT, DAY, DAY, {"score"})] == [
        {("score", "1", "", "", "", ""): 3}
    ]
