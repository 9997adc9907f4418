"""Redriving: after a bad deployment hundreds are put back by one command, whatever some of them meet."""

from __future__ import annotations

from itertools import count

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.deadlines import batch, quarantine, redrive
from chalicelib.deadlines.redrive import RedriveResult
from chalicelib.instants import HOUR, SECOND
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict, Unavailable
from infra.memory_store.store import RecordedCall
from tests.fakes.faults import Breaker, Crash
from tests.fakes.wiring import NOW, Fakes, fakes
from tests.unit.deadlines.crowd import enqueued, fall_due


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
    return [one.tenant for one in quarantine.list_quarantined(world.wiring, 1_000, None)[0]]


def on_the_index(world: Fakes) -> int:
    return sum(entry.due is not None for entry in world.store.everything())


def counts(done: RedriveResult) -> tuple[int, int, int]:
    return done.redriven, done.failed, done.left


def test_all_that_is_parked_is_put_back_and_enqueued(world: Fakes) -> None:
    parked(world, "acme", 3)
    parked(world, "beta", 2)
    assert on_the_index(world) == 0

    done = redrive.redrive(world.wiring)

    assert (counts(done), done.after, listed(world)) == ((5, 0, 0), None, [])
    assert (on_the_index(world), len(enqueued(world))) == (5, 5)


def test_one_organisations_leaves_the_others_where_they_are(world: Fakes) -> None:
    for tenant in ("acme", "acme-corp", "beta"):
        parked(world, tenant, 2)

    assert counts(redrive.redrive(world.wiring, "acme")) == (2, 0, 0)

    assert listed(world) == ["acme-corp", "acme-corp", "beta", "beta"]


def test_a_call_says_how_many_are_left_and_where_the_next_begins(world: Fakes) -> None:
    parked(world, "acme", redrive.MAX_ITEMS + 50)

    first = redrive.redrive(world.wiring)
    second = redrive.redrive(world.wiring, after=first.after)

    assert (counts(first), counts(second)) == ((redrive.MAX_ITEMS, 0, 50), (50, 0, 0))
    assert (second.after, listed(world)) == (None, [])


def test_a_call_ends_when_its_time_is_up(world: Fakes) -> None:
    parked(world, "acme", 5)
    ticks = count(0, 4 * SECOND)

    done = redrive.redrive(replace(world.wiring, real_clock=lambda: next(ticks)))

    assert counts(done) == (3, 0, 2)


def test_a_repeat_changes_nothing(world: Fakes) -> None:
    parked(world, "acme", 3)
    redrive.redrive(world.wiring)
    before = world.store.everything()

    assert counts(redrive.redrive(world.wiring)) == (0, 0, 0)

    assert world.store.everything() == before


def test_nothing_of_one_that_is_named_is_a_mistake_and_nothing_of_all_is_none(world: Fakes) -> None:
    assert counts(redrive.redrive(world.wiring, "acme")) == (0, 0, 0)
    with pytest.raises(Problem, match="not-found"):
        redrive.redrive(world.wiring, "acme", "C#202611-000001")


def test_one_that_cannot_be_put_back_stays_listed_and_stops_no_other(world: Fakes) -> None:
    for tenant in ("acme", "beta", "gamma"):
        parked(world, tenant, 1)

    def refuse(call: RecordedCall) -> None:
        if binding.current().tenant == "beta":
            raise Unavailable

    world.store.before = refuse
    done = redrive.redrive(world.wiring)
    world.store.before = None

    assert (counts(done), listed(world)) == ((2, 1, 0), ["beta"])
    assert counts(redrive.redrive(world.wiring)) == (1, 0, 0)


def held(call: RecordedCall) -> None:
    """Another transaction has an item of the organisation's, and may itself come to nothing (TransactionConflict)."""
    if call.name == "commit" and binding.current().tenant == "acme":
        raise CommitConflict([])


def test_one_that_another_transaction_holds_at_that_moment_stays_listed(world: Fakes) -> None:
    parked(world, "acme", 1)

    world.store.before = held
    done = redrive.redrive(world.wiring)
    world.store.before = None

    assert (counts(done), listed(world), on_the_index(world)) == ((0, 1, 0), ["acme"], 0)
    assert counts(redrive.redrive(world.wiring)) == (1, 0, 0)
    assert on_the_index(world) == 1


def test_what_cannot_be_parked_for_such_a_transaction_is_parked_when_it_comes_again(world: Fakes) -> None:
    fall_due(world, "acme", range(1), NOW - HOUR)
    key = keys.snapshot(keys.complaint("acme", "202611-000000"))
    given = batch.DueBatch("acme", [batch.Hit("C#202611-000000", *key, NOW - HOUR)])

    world.store.before = held
    with pytest.raises(CommitConflict):
        quarantine.quarantine_batch(world.wiring, given)
    world.store.before = None

    assert (quarantine.quarantine_batch(world.wiring, given), listed(world), on_the_index(world)) == (1, ["acme"], 0)


CALLS = range(1, 8)
"""Of two: a query, then a schedule, a message and a removal for each."""


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("call", CALLS)
def test_a_process_that_dies_anywhere_is_made_good_by_a_repeat(world: Fakes, call: int, after: bool) -> None:
    parked(world, "acme", 2)
    with pytest.raises(Crash):
        redrive.redrive(world.breaking(Breaker(call, after=after)))

    redrive.redrive(world.wiring)

    assert (listed(world), on_the_index(world)) == ([], 2)
    assert {hit.aggregate for each in enqueued(world) for hit in each.hits} == {"C#202611-000000", "C#202611-000001"}
