"""X.3: with concurrency, crashes, delays, losses and repeated deliveries, the result equals that of a single worker."""

from __future__ import annotations

import pytest

from tests.across.faults.exactly.kiosk import opened
from tests.across.faults.exactly.mutants import QUEUES, STORES
from tests.across.faults.exactly.program import BY_DAY, LONG, Program
from tests.across.faults.exactly.queues import SearchedQueue
from tests.across.faults.exactly.searching import ALONE, run_seed, search
from tests.across.faults.exactly.stores import SearchedStore
from tests.helpers.searches import TIMES, at_night_unless

PARTS, IN_A_PART = 80, 125
"""Programs. About 20 ms each."""
DAY_PARTS = BY_DAY // IN_A_PART
"""The parts in an ordinary test run. The nightly run searches all parts."""
MUTANT = 1_000
"""Programs within which each mutant must be detected."""


@pytest.mark.slow
@pytest.mark.parametrize("part", [pytest.param(part, marks=at_night_unless(part < DAY_PARTS)) for part in range(PARTS)])
def test_x3_each_interleaving_has_the_result_of_a_single_worker(part: int) -> None:
    different = search(range(part * IN_A_PART, (part + 1) * IN_A_PART))
    assert ALONE or different > 0.9 * IN_A_PART


@pytest.mark.nightly
@pytest.mark.parametrize("part", range(PARTS))
def test_x3_more_and_longer_interleavings(part: int) -> None:
    many = IN_A_PART * TIMES // 2  # a twentieth of the night is an eighth of its time
    assert search(range(LONG + part * many, LONG + (part + 1) * many))


@pytest.mark.parametrize("store", STORES, ids=lambda store: store.__name__)
def test_a_store_that_breaks_a_guarantee_is_detected(store: type[SearchedStore]) -> None:
    assert _detected(store=store.holding(opened().store.everything()))


@pytest.mark.parametrize("queue", QUEUES, ids=lambda queue: queue.__name__)
def test_a_queue_that_breaks_a_guarantee_is_detected(queue: type[SearchedQueue]) -> None:
    assert _detected(queue=queue)


def _detected(**broken: object) -> bool:
    for seed in range(MUTANT):
        try:
            run_seed(seed, **broken)
        except AssertionError:
            return True
    return False


def test_a_seed_always_gives_the_same_program() -> None:
    first = Program(7)
    first.play()
    assert search(range(8, 40))
    again = Program(7)
    again.play()
    assert first.baton.trace == again.baton.trace
