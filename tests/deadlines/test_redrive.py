"""Redrive: one command puts hundreds of items back after a faulty deployment, although some of them fail."""

from __future__ import annotations

from itertools import count

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.features.deadlines import batch, quarantine, redrive
from chalicelib.features.deadlines.redrive import RedriveResult
from chalicelib.kit.instants import HOUR, SECOND
from chalicelib.kit.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict, Unavailable
from infra.memory_store.store import RecordedCall
from tests.deadlines.crowd import enqueued, fall_due
from tests.helpers.fakes.faults import Breaker, Crash
from tests.helpers.fakes.wiring import NOW, Fakes, fakes


@pytest.fixture
def world() -> Fakes:
    return fakes()


def parked(world: Fakes, tenant: str, many: int) -> None:
    fall_due(world, tenant, range(many), NOW - HOUR)
    for number in range(many):
        key = keys.snapshot(keys.complaint(tenant, f"202611-{number:06d}"))
        quarantine.quarantine_batch(
            world.wiring, batch.DueBatch(tenant, [batch.Hit(f"C#202611-{number:06d}", *key, NOW - HOUR)])
        )


def listed(world: Fakes) -> list[str]:
    return [one.tenant for one in quarantine.list_quarantined(world.wiring.store, 1_000, None)[0]]


def on_the_index(world: Fakes) -> int:
    return sum(entry.due is not None for entry in world.store.everything())


def counts(done: RedriveResult) -> tuple[int, int, int]:
    return done.redriven, done.failed, done.left


def test_all_quarantined_items_are_put_back_and_enqueued(world: Fakes) -> None:
    parked(world, "acme", 3)
    parked(world, "beta", 2)
    assert on_the_index(world) == 0

    done = redrive.redrive(world.wiring)

    assert (counts(done), done.after, listed(world)) == ((5, 0, 0), None, [])
    assert (on_the_index(world), len(enqueued(world))) == (5, 5)


def test_redriving_one_organisation_leaves_the_others_listed(world: Fakes) -> None:
    for tenant in ("acme", "acme-corp", "beta"):
        parked(world, tenant, 2)

    assert counts(redrive.redrive(world.wiring, "acme")) == (2, 0, 0)

    assert listed(world) == ["acme-corp", "acme-corp", "beta", "beta"]


def test_a_call_returns_the_number_left_and_the_next_position(world: Fakes) -> None:
    parked(world, "acme", redrive.MAX_ITEMS + 50)

    first = redrive.redrive(world.wiring)
    second = redrive.redrive(world.wiring, after=first.after)

    assert (counts(first), counts(second)) == ((redrive.MAX_ITEMS, 0, 50), (50, 0, 0))
    assert (second.after, listed(world)) == (None, [])


def test_a_call_counts_no_more_than_the_most(world: Fakes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redrive, "MAX_COUNTED", 30)
    monkeypatch.setattr(redrive, "_PAGE", 20)
    parked(world, "acme", redrive.MAX_ITEMS + 50)

    assert counts(redrive.redrive(world.wiring)) == (redrive.MAX_ITEMS, 0, 30)


def test_a_call_ends_when_its_time_is_up(world: Fakes) -> None:
    parked(world, "acme", 5)
    ticks = count(0, 4 * SECOND)

    done = redrive.redrive(replace(world.wiring, real_clock=lambda: next(ticks)))

    assert counts(done) == (3, 0, 2)


def test_a_repeated_call_changes_nothing(world: Fakes) -> None:
    parked(world, "acme", 3)
    redrive.redrive(world.wiring)
    before = world.store.everything()

    assert counts(redrive.redrive(world.wiring)) == (0, 0, 0)

    assert world.store.everything() == before


def test_an_empty_list_is_an_error_only_for_a_named_aggregate(world: Fakes) -> None:
    assert counts(redrive.redrive(world.wiring, "acme")) == (0, 0, 0)
    with pytest.raises(Problem, match="not-found"):
        redrive.redrive(world.wiring, "acme", "C#202611-000001")


def test_an_item_that_cannot_be_put_back_stays_listed_and_does_not_stop_others(world: Fakes) -> None:
    for tenant in ("acme", "beta", "gamma"):
        parked(world, tenant, 2 if tenant == "beta" else 1)

    def refuse(call: RecordedCall) -> None:
        if binding.current().tenant == "beta":
            raise Unavailable

    world.store.before = refuse
    done = redrive.redrive(world.wiring)
    world.store.before = None

    assert (counts(done), listed(world)) == ((2, 2, 0), ["beta", "beta"])
    assert counts(redrive.redrive(world.wiring)) == (2, 0, 0)


def held(call: RecordedCall) -> None:
    """Another transaction holds the item, and may itself fail (TransactionConflict)."""
    if call.name == "commit" and binding.current().tenant == "acme":
        raise CommitConflict([])


def test_an_item_held_by_another_transaction_stays_listed(world: Fakes) -> None:
    parked(world, "acme", 1)

    world.store.before = held
    done = redrive.redrive(world.wiring)
    world.store.before = None

    assert (counts(done), listed(world), on_the_index(world)) == ((0, 1, 0), ["acme"], 0)
    assert counts(redrive.redrive(world.wiring)) == (1, 0, 0)
    assert on_the_index(world) == 1


def test_an_item_held_by_another_transaction_is_quarantined_at_the_next_delivery(world: Fakes) -> None:
    fall_due(world, "acme", range(1), NOW - HOUR)
    key = keys.snapshot(keys.complaint("acme", "202611-000000"))
    given = batch.DueBatch("acme", [batch.Hit("C#202611-000000", *key, NOW - HOUR)])

    world.store.before = held
    with pytest.raises(CommitConflict):
        quarantine.quarantine_batch(world.wiring, given)
    world.store.before = None

    assert (quarantine.quarantine_batch(world.wiring, given), listed(world), on_the_index(world)) == (1, ["acme"], 0)


CALLS = range(1, 8)
"""For two items: a query, then a schedule, a message and a removal for each."""


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("call", CALLS)
def test_a_repeat_completes_the_work_of_a_process_that_died_anywhere(world: Fakes, call: int, after: bool) -> None:
    parked(world, "acme", 2)
    with pytest.raises(Crash):
        redrive.redrive(world.breaking(Breaker(call, after=after)))

    redrive.redrive(world.wiring)

    assert (listed(world), on_the_index(world)) == ([], 2)
    assert {hit.aggregate for each in enqueued(world) for hit in each.hits} == {"C#202611-000000", "C#202611-000001"}
