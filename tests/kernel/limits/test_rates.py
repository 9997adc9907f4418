"""The limit of a tenant's requests per minute: fair, over all processes, without a write per request."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from chalicelib.access import binding
from chalicelib.kit.instants import HOUR, MINUTE, SECOND, from_text
from chalicelib.kit.problem import Problem
from chalicelib.limits.plans import PLANS
from chalicelib.limits.request_rates import PORTIONS, UNSIGNED_SHARE, RequestRates
from chalicelib.store.port import Unavailable
from infra.memory_store.store import MemoryStore, RecordedCall
from tests.helpers.fakes.clock import MovableClock

RATE = PLANS["starter"].requests_a_minute
START = from_text("2026-11-27T09:00:00Z")


class World:
    """Several processes with one store and one clock."""

    def __init__(self, processes: int) -> None:
        self.store, self.clock = MemoryStore(), MovableClock(START)
        self.processes = [RequestRates(self.store, self.clock) for _ in range(processes)]

    def passes(self, process: int, tenant: str, *, signed: bool = True) -> bool:
        try:
            self.processes[process].count(tenant, "starter", signed=signed)
        except Problem:
            return False
        return True


def test_one_process_accepts_the_plans_rate_per_minute() -> None:
    world = World(1)
    assert sum(world.passes(0, "shop") for _ in range(2 * RATE)) == RATE


def test_the_next_minute_is_a_new_one() -> None:
    world = World(1)
    for _ in range(2 * RATE):
        world.passes(0, "shop")
    world.clock.advance(MINUTE)
    assert world.passes(0, "shop")


def test_a_flooded_tenant_leaves_another_its_rate() -> None:
    """Simulation with four processes: one tenant sends fifty times its rate, the other nine tenths of its rate."""
    world, dice = World(4), random.Random(11)
    arrivals = [(dice.randrange(MINUTE), "noisy") for _ in range(50 * RATE)]
    arrivals += [(dice.randrange(MINUTE), "quiet") for _ in range(RATE * 9 // 10)]
    passed: Counter[str] = Counter()
    for at, tenant in sorted(arrivals):
        world.clock.move_to(START + at)
        passed[tenant] += world.passes(dice.randrange(4), tenant)
    assert passed["quiet"] == RATE * 9 // 10
    assert RATE * 9 // 10 <= passed["noisy"] <= RATE + 4 * RATE // PORTIONS


@pytest.mark.parametrize("processes", [2, 5, 20])
def test_all_processes_together_accept_the_rate_plus_a_portion_each(processes: int) -> None:
    world, dice = World(processes), random.Random(processes)
    passed = sum(world.passes(dice.randrange(processes), "shop") for _ in range(10 * RATE))
    assert RATE - RATE // PORTIONS <= passed <= RATE + processes * RATE // PORTIONS


def test_writes_are_few_and_none_for_a_tenant_with_few_requests() -> None:
    world = World(3)
    for number in range(10 * RATE):
        world.passes(number % 3, "noisy")
    assert len(world.store.calls) <= PORTIONS + 3
    world.store.calls.clear()
    for number in range(RATE // PORTIONS):
        world.passes(number % 3, "quiet")
    assert world.store.calls == []


def test_a_rejected_request_makes_no_call() -> None:
    world = World(1)
    while world.passes(0, "shop"):
        pass
    world.store.calls.clear()
    for _ in range(1_000):
        world.passes(0, "shop")
    with pytest.raises(Problem):
        world.processes[0].check("shop", signed=True)
    assert world.store.calls == []


def test_the_problem_names_the_limit_and_its_end() -> None:
    world = World(1)
    world.clock.advance(15 * SECOND)
    while world.passes(0, "shop"):
        pass
    with pytest.raises(Problem) as caught:
        world.processes[0].check("shop", signed=True)
    expected = {"limit": "requests_a_minute", "most": RATE, "until": "2026-11-27T09:01:00.000Z", "retry_after": 45}
    assert caught.value.extra == expected


def test_a_flood_of_unsigned_requests_leaves_a_share_to_members() -> None:
    world = World(1)
    passed = sum(world.passes(0, "shop", signed=False) for _ in range(2 * RATE))
    assert passed == int(RATE * UNSIGNED_SHARE)
    assert sum(world.passes(0, "shop") for _ in range(RATE)) == RATE - passed


def test_an_unavailable_store_stops_no_request() -> None:
    def throttled(_: RecordedCall) -> None:
        raise Unavailable

    world = World(1)
    world.store.before = throttled
    assert sum(world.passes(0, "shop") for _ in range(2 * RATE)) == RATE


def test_a_minutes_counter_expires() -> None:
    world = World(1)
    for _ in range(RATE):
        world.passes(0, "shop")
    with binding.tenant("shop"):
        (counter,) = world.store.everything()
    assert (counter.count, counter.expires) == (RATE, (START + HOUR) // SECOND)
