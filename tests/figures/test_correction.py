"""Two editions of a period together reveal no count, and no difference, from 1 to 9."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.features.figures.correct import corrected
from chalicelib.features.figures.tables import MeasureCounts, ShownCounts
from tests.figures import attacker
from tests.figures.attacker import Cell
from tests.helpers.nonempty import nonempty
from tests.helpers.searches import searching

ROWS = st.lists(st.one_of(st.integers(0, 14), st.integers(0, 60)), min_size=1, max_size=5)
SIZE = st.one_of(st.integers(-60, 60), st.integers(-12, 12))
LATER = "corrected"


def counted(cells: list[int]) -> dict[str, MeasureCounts]:
    return {"received": MeasureCounts(sum(cells), {"channel": cells})}


def numbers(edition: ShownCounts) -> dict[str, int | None]:
    """What the edition shows, and the sum of what it leaves out, by the rows that these are."""
    cells = edition.tables["channel"]
    absent = [at for at, cell in enumerate(cells) if cell is None]
    seen = {f"row {at}": cell for at, cell in enumerate(cells)}
    rest = None if edition.total is None else edition.total - sum(cell for cell in cells if cell is not None)
    return {**seen, "total": edition.total, f"rows {absent}": rest}


@st.composite
def editions(draw: st.DrawFn) -> list[list[int]]:
    """The counts of a table at three times."""
    rows = draw(ROWS)
    later = [[max(cell + draw(SIZE), 0) for cell in rows] for _ in range(2)]
    return [rows, *later]


def published(tables: list[list[int]]) -> list[ShownCounts]:
    found: list[dict[str, ShownCounts]] = []
    for cells in tables:
        found.append(corrected(counted(cells), found))
    return [one["received"] for one in found]


@searching(600)
@given(editions())
def test_numbers_of_two_editions_differ_by_nothing_or_by_ten(tables: list[list[int]]) -> None:
    found = [numbers(one) for one in published(tables)]
    for at, after in enumerate(found):
        for before in found[:at]:
            for name, number in nonempty(after.items()):
                earlier = before.get(name)
                if number is not None and earlier is not None:
                    assert not 0 < abs(number - earlier) < 10


@searching(600)
@given(editions())
def test_what_an_edition_leaves_out_stays_left_out(tables: list[list[int]]) -> None:
    found = [one.tables["channel"] for one in published(tables)]
    for before, after in nonempty(list(pairwise(found))):
        assert all(new is None for new, old in zip(after, before, strict=True) if old is None)


@searching(600)
@given(ROWS, st.integers(0, 4), SIZE)
def test_a_reader_who_knows_which_row_was_wrong_learns_no_small_count(rows: list[int], at: int, size: int) -> None:
    """All other rows are the same in both editions."""
    wrong = at % len(rows)
    new = [max(cell + size, 0) if place == wrong else cell for place, cell in enumerate(rows)]
    before, after = published([rows, new])
    behind = {**values("received", rows), **values(LATER, new)}
    shared = {(LATER, "channel", place): ("received", "channel", place) for place in range(len(rows)) if place != wrong}
    rules = [
        *attacker.equations({"received": before}, tied=False),
        *({shared.get(cell, cell): factor for cell, factor in rule.items()} for rule in _rules(after)),
    ]
    seen = {shared.get(cell, cell): value for cell, value in attacker.known({LATER: after}).items()}
    found = attacker.bounds(rules, {**attacker.known({"received": before}), **seen})
    for cell, (low, high) in nonempty(found.items()):
        value = behind[cell]
        assert low <= value <= high
        assert high > low or value == 0 or value >= 10


def _rules(edition: ShownCounts) -> list[attacker.Equation]:
    return attacker.equations({LATER: edition}, tied=False)


def values(name: str, cells: list[int]) -> Mapping[Cell, int]:
    return {(name, "", 0): sum(cells), **{(name, "channel", at): cell for at, cell in enumerate(cells)}}


def test_a_table_without_small_changes_is_corrected() -> None:
    [_, after] = published([[40, 60], [40, 75]])
    assert (after.total, after.tables["channel"]) == (115, [40, 75])


def test_a_table_with_a_small_change_is_left_out() -> None:
    [_, after] = published([[40, 60, 20], [43, 72, 20]])
    assert (after.total, after.tables["channel"]) == (135, [None, None, None])


def test_a_measure_whose_total_changes_by_little_is_left_out() -> None:
    [_, after] = published([[40, 60], [40, 63]])
    assert (after.total, after.tables["channel"]) == (None, [None, None])
