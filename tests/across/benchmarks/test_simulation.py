"""The parts of the simulation, and small scenarios."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from benchmarks.engines.command import quietly
from benchmarks.simulation import scenarios
from benchmarks.simulation.__main__ import DEPLOYED
from benchmarks.simulation.fairqueue import FairQueue, SimulatedMessage
from benchmarks.simulation.limits import SimulatedLimits
from benchmarks.simulation.partitions import Partitions
from benchmarks.simulation.population import Templates, make_templates
from benchmarks.simulation.scenarios import NOISY
from chalicelib.features.deadlines.batch import DueBatch, Hit
from chalicelib.kit.instants import from_text
from chalicelib.store import keys
from infra.local.resources.template import load

START = from_text(scenarios.START)


@pytest.fixture(scope="module")
def by_preset() -> list[Templates]:
    found: list[Templates] = quietly(lambda: [make_templates("property-management", 20, START, random.Random(1))])
    return found


def message(tenant: str) -> SimulatedMessage:
    return SimulatedMessage(DueBatch(tenant, [Hit("C#1", "pk", "S", 0)]))


def test_a_partition_admits_no_more_than_its_units_in_a_second() -> None:
    partitions = Partitions(SimulatedLimits())
    admitted = sum(partitions.admit([("T#t#X#changed#", 2)], 0.0) for _ in range(2_000))

    assert admitted == 500


def test_a_partition_refills_within_a_second() -> None:
    partitions = Partitions(SimulatedLimits())
    for at in (0.0, 1.0):
        admitted = sum(partitions.admit([("T#t#X#changed#", 2)], at) for _ in range(2_000))

    assert admitted == 500


def test_a_transaction_takes_all_its_units_or_none() -> None:
    partitions = Partitions(SimulatedLimits())
    partitions.admit([("T#t#X#changed#", 1_000)], 0.0)

    assert not partitions.admit([("T#t#C#1", 900), ("T#t#X#changed#", 1)], 0.0)
    assert partitions.admit([("T#t#C#1", 1_000)], 0.0)


def test_quiet_groups_are_served_before_noisy_ones() -> None:
    queue = FairQueue(SimulatedLimits())
    queue.arrive([message("noisy") for _ in range(100)])
    for _ in range(30):
        queue.take()
    queue.arrive([message("quiet")])

    taken = queue.take()

    assert taken is not None
    assert taken.batch.tenant == "quiet"


def test_a_message_in_flight_counts_in_the_depth() -> None:
    queue = FairQueue(SimulatedLimits())
    queue.arrive([message("acme")])
    taken = queue.take()
    assert (taken is not None, queue.depth()) == (True, 1)

    queue.done(taken)  # type: ignore[arg-type]

    assert queue.depth() == 0


def test_shared_limits_are_scaled_to_the_part_of_the_deployment() -> None:
    limits = replace(SimulatedLimits(), background=0, workers=100).part(0.01)

    assert (limits.active_workers(60), limits.writes("DUE#1"), limits.writes("T#t#L#open")) == (1, 10, 1000)


@pytest.mark.parametrize(
    ("shards", "workers", "a_message", "slowest"),
    [(32, 24, 20, "workers"), (1, 1_000, 20, "shards"), (32, 1_000, 1, "the sweep")],
)
def test_the_formula_is_determined_by_the_slowest_component(
    shards: int, workers: int, a_message: int, slowest: str
) -> None:
    limits = replace(SimulatedLimits(), shards=shards, workers=workers, background=0)
    a_second = {"workers": 1_000, "shards": 500, "the sweep": 10 / limits.send_seconds}[slowest]

    assert limits.seconds_for(10_000, a_message) == pytest.approx(10_000 / a_second)


def test_the_simulated_limits_are_the_deployed_ones() -> None:
    mapping = load()["Resources"]["Wake"]["Properties"]["Events"]["Queue"]["Properties"]

    assert (SimulatedLimits().shards, SimulatedLimits().workers) == (
        keys.DUE_SHARDS,
        mapping["ScalingConfig"]["MaximumConcurrency"],
    )
    assert (SimulatedLimits().shards, SimulatedLimits().workers) == DEPLOYED


def test_in_an_outage_nothing_is_recorded_and_after_it_everything(by_preset: list[Templates]) -> None:
    result = quietly(lambda: scenarios.outage(by_preset, SimulatedLimits().part(0.0002), each=40))
    begin, end = scenarios.OUTAGE
    seconds = [at for _, at in result.outcome.handled]

    assert not [at for at in seconds if begin <= at < end]
    assert [at for at in seconds if at >= end]
    assert result.left == 0


def test_a_backlog_and_its_neighbours_are_all_handled(by_preset: list[Templates]) -> None:
    with_backlog, without = quietly(lambda: scenarios.backlog(by_preset, SimulatedLimits(), 50, neighbours=2))

    assert len(with_backlog.outcome.late[NOISY]) >= 50
    assert NOISY not in without.outcome.late
    assert {name for name in with_backlog.outcome.late if name != NOISY} == set(without.outcome.late)


def test_throttled_hits_are_requeued_until_all_are_handled(by_preset: list[Templates]) -> None:
    narrow = replace(SimulatedLimits(), partition_writes=10, background=0)

    with_backlog, _ = quietly(lambda: scenarios.backlog(by_preset, narrow, 200, neighbours=1))

    assert with_backlog.throttled["tenant's list"] > 0
    assert with_backlog.outcome.requeued > 0
    assert with_backlog.left == 0
