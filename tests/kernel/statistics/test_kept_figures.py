"""Kept and rebuilt figures agree after any interleaving of commits, consolidations, crashes, losses and rebuilds."""

from __future__ import annotations

import random

import pytest

from chalicelib.access import binding
from chalicelib.statistics.cells import head
from chalicelib.statistics.rebuild.step import TAKEN_OVER
from chalicelib.store import reads
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


def test_a_rebuild_leaves_nothing_of_earlier_generations(ledger_of: Ledger) -> None:
    ledger = again(ledger_of, 7)
    with binding.tenant(ledger.office.tenant):
        live(ledger, 60)
        states = [ledger.rebuild(), ledger.rebuild()]
        found = head.read(ledger.wiring.store, ledger.office.tenant).head
        kept = {
            entry.key.sk.split("#")[0] for entry in reads.items(ledger.wiring.store, head.key(ledger.office.tenant).pk)
        }
    assert (states, kept) == (["done", "done"], {"HEAD", "R", f"{found.live:06d}"})


def test_a_taken_over_rebuild_stops(ledger_of: Ledger) -> None:
    ledger = again(ledger_of, 8)
    with binding.tenant(ledger.office.tenant):
        ledger.begin_rebuild()
        ledger.run(ledger.rebuilds[0])
        ledger.begin_rebuild()
        ledger.run(ledger.rebuilds[1])
        stopped = ledger.run(ledger.rebuilds[0])
    assert (stopped.state, stopped.reason) == ("stopped", TAKEN_OVER)
