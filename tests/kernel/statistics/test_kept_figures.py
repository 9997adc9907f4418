"""Kept and rebuilt figures agree after any interleaving of commits, consolidations, crashes, losses and rebuilds."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from chalicelib.access import binding
from chalicelib.statistics.cells import cell, head
from chalicelib.statistics.rebuild.step import TAKEN_OVER
from chalicelib.store import keys, reads
from chalicelib.store.port import Key, Put
from tests.helpers.searches import at_night_unless
from tests.kernel.statistics.ledger import Ledger
from tests.kernel.statistics.played import play

PRESETS = ("property-management", "food-drug-administration", "corporate-standard")
SEEDS = [pytest.param(seed, marks=at_night_unless(seed < 2)) for seed in range(6)]


@pytest.fixture(scope="module", params=PRESETS)
def ledger_of(request: pytest.FixtureRequest) -> Ledger:
    return Ledger(play(request.param, 8, 3), random.Random(0))


def again(ledger: Ledger, seed: int) -> Ledger:
    """A ledger of the same records, from the beginning."""
    with binding.tenant(ledger.office.tenant):
        while any(ledger.waiting.values()):
            ledger.grow()
    return Ledger(ledger.office, random.Random(seed), now=ledger.now)


def live(ledger: Ledger, steps: int) -> None:
    actions = {
        ledger.grow: 20,
        ledger.hour: 4,
        ledger.crash: 3,
        ledger.race: 3,
        ledger.begin_rebuild: 1,
        ledger.go_on: 5,
    }
    for action in ledger.draw.choices([*actions], [*actions.values()], k=steps):
        action()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_rebuild_after_anything_gives_the_true_figures(ledger_of: Ledger, seed: int) -> None:
    ledger = again(ledger_of, seed)
    with binding.tenant(ledger.office.tenant):
        live(ledger, 120)
        assert ledger.rebuild() == "done"
        ledger.settle()
        assert (ledger.stored(), len(ledger.stored()) > 5) == (ledger.true(), True)


@pytest.mark.parametrize("seed", SEEDS)
def test_kept_figures_are_true_unless_a_mark_was_lost(ledger_of: Ledger, seed: int) -> None:
    ledger = again(ledger_of, 100 + seed)
    with binding.tenant(ledger.office.tenant):
        ledger.hour()
        for _ in range(6):
            live(ledger, 25)
            ledger.settle()
            while ledger.lost:  # the rest of every record appears with a mark, or after it
                ledger.lost = ledger.rebuild() != "done"
            assert ledger.stored() == ledger.true()


@pytest.mark.parametrize("seed", SEEDS)
def test_figures_are_true_if_cells_are_full_after_a_few_tuples(
    ledger_of: Ledger, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(cell, "MOST_TUPLES", 5)
    ledger = again(ledger_of, 200 + seed)
    with binding.tenant(ledger.office.tenant):
        ledger.hour()
        while any(ledger.waiting.values()):
            live(ledger, 25)
        assert ledger.rebuild() == "done"
        ledger.settle()
        full = [name for name in sort_keys(ledger) if name.startswith("C#D#") and name.count("#") == 3]
        assert (ledger.stored(), len(full) > 1) == (ledger.true(), True)


def sort_keys(ledger: Ledger) -> list[str]:
    store, figures = ledger.wiring.store, head.key(ledger.office.tenant).pk
    return [entry.key.sk for entry in reads.items(store, figures)]


def test_a_rebuild_leaves_nothing_that_was_counted_before(ledger_of: Ledger) -> None:
    ledger = again(ledger_of, 7)
    with binding.tenant(ledger.office.tenant):
        live(ledger, 60)
        states = [ledger.rebuild(), ledger.rebuild()]
        ledger.settle()
        counted = sort_keys(ledger)
        for key in (keys.statistics_cell(ledger.office.tenant, "D", "2001-01-01"), earlier_release(ledger)):
            ledger.wiring.store.commit([Put(cell.FORM.entry(key, cell.encode(cell.Cell(Counter()))))])
        assert ledger.rebuild() == "done"
        kept = sort_keys(ledger)
    assert (states, kept) == (["done", "done"], counted)


def earlier_release(ledger: Ledger) -> Key:
    """A cell as releases before 1.0.0 named it."""
    return Key(head.key(ledger.office.tenant).pk, "000001#D#2026-11-27")


def test_a_taken_over_rebuild_stops(ledger_of: Ledger) -> None:
    ledger = again(ledger_of, 8)
    with binding.tenant(ledger.office.tenant):
        ledger.begin_rebuild()
        ledger.run(ledger.rebuilds[0])
        ledger.begin_rebuild()
        ledger.run(ledger.rebuilds[1])
        stopped = ledger.run(ledger.rebuilds[0])
    assert (stopped.state, stopped.reason) == ("stopped", TAKEN_OVER)
