"""A cell item survives its stored form, and stays exact in total when it is folded."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.statistics.cells import cell
from chalicelib.statistics.cells.cell import Cell
from chalicelib.statistics.counting.series import SERIES, Tuple
from chalicelib.statistics.dimensions import OTHER
from chalicelib.store.port import Key
from tests.helpers.searches import searching

many = searching(80)
texts = st.sampled_from(["", "a", "b", "c&d=1", "投诉"])


@st.composite
def tuples(draw: st.DrawFn) -> Tuple:
    series = draw(st.sampled_from(sorted(SERIES)))
    return (series, *(draw(texts) for _ in SERIES[series]))


counts = st.dictionaries(tuples(), st.integers(-3, 5), max_size=40).map(Counter)


@many
@given(counts, counts)
def test_a_cell_survives_its_stored_form(first: Counter[Tuple], second: Counter[Tuple]) -> None:
    made = Cell(Counter())
    made.add(first)
    made.add(second)
    again = stored(made)
    assert (again, cell.encode(again)) == (made, cell.encode(made))
    assert made.counts == {key: first[key] + second[key] for key in {**first, **second} if first[key] + second[key]}


def stored(made: Cell) -> Cell:
    """As it is read after it was written."""
    return cell.decode(cell.FORM, cell.FORM.entry(Key("T#shop#X#statistics#", "D#2026-11-27"), cell.encode(made)))


def keys(units: int) -> Counter[Tuple]:
    return Counter(
        {("event", "1", "phone", "", "", f"u{at}", "closed", "agent", f"s{at % 9}", "1"): 2 for at in range(units)}
    )


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cell, "MOST_TUPLES", 10)


@pytest.mark.usefixtures("small")
def test_a_full_cell_drops_the_unit_of_all_its_tuples() -> None:
    made = Cell(Counter())
    made.add(keys(11))
    assert (made.level, {key[5] for key in made.counts}, made.counts.total()) == (1, {OTHER}, 22)


@pytest.mark.usefixtures("small")
def test_what_was_counted_before_the_fold_can_be_taken_away_after_it() -> None:
    made = Cell(Counter())
    made.add(keys(4))
    made.add(keys(30))
    made = stored(made)
    made.add(Counter({key: -number for key, number in keys(4).items()}))
    made.add(Counter({key: -number for key, number in keys(30).items()}))
    assert (made.counts, made.level) == (Counter(), 1)


@pytest.mark.usefixtures("small")
def test_a_cell_folds_until_it_has_room() -> None:
    made = Cell(Counter())
    several = {(*key[:8], f"s{at}", *key[9:]): 1 for at in range(15) for key in keys(3)}
    made.add(Counter(several))
    assert (made.level, len(made.counts), made.counts.total()) == (3, 1, 45)


def test_an_absent_value_stays_absent_in_a_folded_cell() -> None:
    key = ("score", "1", "", "", "", "")
    assert cell.folded(key, 3) == key
