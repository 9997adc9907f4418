"""No count from 1 to 9 can be computed from the published figures.

Two readers try it. One knows the rule by which cells are left out: every table that would have been published in the
same way is possible. The other one solves the equations between all tables of an edition (`attacker`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.features.figures.tables import MeasureCounts, left_out, shown
from tests.figures import attacker
from tests.helpers.nonempty import nonempty
from tests.helpers.searches import at_night_unless, searching

FEWEST = 4
"""Values that remain possible, at least, for each count from 1 to 9."""
Cells = tuple[int, ...]


def tables_of(total: int, rows: int) -> Iterator[Cells]:
    """Every table with so many rows and this total."""
    if rows == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for others in tables_of(total - first, rows - 1):
            yield (first, *others)


def visible(cells: Cells) -> tuple[int | None, ...]:
    hidden = left_out(cells)
    return tuple(None if at in hidden else count for at, count in enumerate(cells))


def few_values(alike: dict[Any, list[Cells]]) -> list[Any]:
    """The publications from which a reader learns more about a small count than `FEWEST` values allow."""
    found = []
    for published, tables in alike.items():
        for at, cell in enumerate(published):
            values = {cells[at] for cells in tables}
            if cell is None and len(values) < FEWEST and any(0 < value < 10 for value in values):
                found.append((published, at, sorted(values)))
    return found


SIZES = [(2, 10, 60), (3, 10, 32), (4, 10, 21), (5, 10, 16)]
LARGE_SIZES = [(3, 32, 70), (4, 21, 45), (5, 16, 36), (7, 10, 17)]


@pytest.mark.parametrize(
    ("rows", "first", "last"),
    [*SIZES, *(pytest.param(*one, marks=at_night_unless(by_day=False)) for one in LARGE_SIZES)],
)
def test_a_reader_who_knows_the_rule_learns_no_small_count_of_a_table(rows: int, first: int, last: int) -> None:
    for total in nonempty(range(first, last)):
        alike: dict[Any, list[Cells]] = defaultdict(list)
        for cells in tables_of(total, rows):
            alike[visible(cells)].append(cells)
        assert few_values(alike) == []


def test_every_small_count_is_left_out() -> None:
    for cells in tables_of(24, 4):
        assert all(count is None or count == 0 or count >= 10 for count in nonempty(visible(cells)))


def publication(cells: Cells) -> tuple[Cells, Cells]:
    """Published figures of complaints with one deadline each, and the counts behind. `cells`: met, then missed."""
    rows = len(cells) // 2
    met, missed = cells[:rows], cells[rows:]
    received = tuple(one + other for one, other in zip(met, missed, strict=True))
    counted = {"received": received, "met": met, "missed": missed}
    found = shown({name: MeasureCounts(sum(one), {"channel": one}) for name, one in counted.items()})
    seen = [cell for one in found.values() for cell in (one.total, *one.tables["channel"])]
    behind = [cell for one in counted.values() for cell in (sum(one), *one)]
    return tuple(seen), tuple(behind)  # type: ignore[arg-type]  # cells that are left out are None


@pytest.mark.parametrize(
    ("rows", "totals"),
    [
        (2, (10, 12, 18, 22, 30)),
        (3, (10, 12)),
        pytest.param(3, (16, 18, 20, 24, 28), marks=at_night_unless(by_day=False)),
        pytest.param(2, (27, 36, 45, 60), marks=at_night_unless(by_day=False)),
    ],
)
def test_a_reader_who_knows_that_each_complaint_has_one_deadline_learns_no_small_count(
    rows: int, totals: Sequence[int]
) -> None:
    for total in nonempty(totals):
        alike: dict[Any, list[Cells]] = defaultdict(list)
        for cells in tables_of(total, 2 * rows):
            published, behind = publication(cells)
            alike[published].append(behind)
        assert few_values(alike) == []


COUNTS = st.one_of(st.integers(0, 12), st.integers(0, 60))


@st.composite
def editions(draw: st.DrawFn) -> dict[str, MeasureCounts]:
    """The counts of three measures by three dimensions, with a total that their tables share."""
    lengths = {"channel": draw(st.integers(1, 4)), "category.kind": draw(st.integers(1, 5)), "week": 4}
    found = {}
    for name in ("received", "met", "missed"):
        first = draw(st.lists(COUNTS, min_size=4, max_size=4))
        total = sum(first)
        tables = {"week": first}
        for by in ("channel", "category.kind"):
            cuts = sorted(draw(st.lists(st.integers(0, total), min_size=lengths[by] - 1, max_size=lengths[by] - 1)))
            tables[by] = [after - before for before, after in zip([0, *cuts], [*cuts, total], strict=True)]
        found[name] = MeasureCounts(total, tables)
    return found


@searching(400)
@given(editions())
def test_all_tables_together_leave_a_range_for_each_small_count(counts: dict[str, MeasureCounts]) -> None:
    published = shown(counts)
    check(counts, attacker.bounds(attacker.equations(published, tied=False), attacker.known(published)))


@st.composite
def single_deadlines(draw: st.DrawFn) -> dict[str, MeasureCounts]:
    """Each complaint has one deadline, so that the rows of the three measures add up."""
    rows = draw(st.integers(1, 6))
    met, missed = (draw(st.lists(COUNTS, min_size=rows, max_size=rows)) for _ in range(2))
    received = [one + other for one, other in zip(met, missed, strict=True)]
    counted = {"received": received, "met": met, "missed": missed}
    return {name: MeasureCounts(sum(one), {"channel": one}) for name, one in counted.items()}


@searching(400)
@given(single_deadlines())
def test_measures_that_add_up_leave_a_range_for_each_small_count(counts: dict[str, MeasureCounts]) -> None:
    published = shown(counts)
    check(counts, attacker.bounds(attacker.equations(published, tied=True), attacker.known(published)))


def check(counts: dict[str, MeasureCounts], found: dict[attacker.Cell, tuple[int, int]]) -> None:
    for (name, by, at), (low, high) in nonempty(found.items()):
        one = counts[name]
        value = one.tables[by][at] if by else one.total
        assert low <= value <= high
        assert high - low >= FEWEST or value == 0 or value >= 10


def test_the_reader_computes_what_is_left_out_without_a_partner() -> None:
    careless = shown({"received": MeasureCounts(60, {"week": [30, 30]})})["received"]
    published = {"received": type(careless)(60, {"week": [None, 55]})}
    found = attacker.bounds(attacker.equations(published, tied=False), attacker.known(published))
    assert found["received", "week", 0] == (5, 5)
