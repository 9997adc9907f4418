"""The sweep reads all shards to their end, lets tenants take turns, and does not enqueue a backlog every minute."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from chalicelib.access import binding
from chalicelib.features.deadlines import batch
from chalicelib.features.deadlines import sweep as sweeping
from chalicelib.features.deadlines.sweep import sweep
from chalicelib.kit.instants import HOUR, MINUTE, SECOND
from chalicelib.ports import QueueMessage
from chalicelib.store import keys
from chalicelib.store.keys import deployment
from chalicelib.store.port import Entry, Put, Unavailable
from infra.memory_store.store import RecordedCall
from tests.deadlines.crowd import enqueued, fall_due, handle, hits
from tests.helpers.fakes.faults import Crash
from tests.helpers.fakes.wiring import NOW, Fakes, fakes


@pytest.fixture
def world() -> Fakes:
    return fakes()


def later(world: Fakes, milliseconds: int) -> int:
    """Moves both clocks forward. Returns the domain time."""
    world.clock.move_to(world.clock() + milliseconds)
    world.real_clock.move_to(world.real_clock() + milliseconds)
    return world.clock()


def test_all_due_items_are_enqueued_once(world: Fakes) -> None:
    fall_due(world, "acme", range(3_000), NOW - HOUR)

    assert sweep(world.wiring, NOW).enqueued == 3_000

    assert set(hits(world).values()) == {1}


def test_items_that_are_not_due_are_not_enqueued(world: Fakes) -> None:
    fall_due(world, "acme", range(5), NOW + 1)
    sweep(world.wiring, NOW)
    assert not world.due.waiting


def test_a_message_holds_at_most_the_maximum_of_hits(world: Fakes) -> None:
    fall_due(world, "acme", range(300), NOW)
    sweep(world.wiring, NOW)
    assert max(len(each.hits) for each in enqueued(world)) == batch.MAX_HITS


def test_the_oldest_of_a_tenant_in_a_shard_come_first(world: Fakes) -> None:
    fall_due(world, "acme", range(400), NOW - HOUR, step=SECOND)
    sweep(world.wiring, NOW)
    for each in enqueued(world):
        assert [hit.wake_at for hit in each.hits] == sorted(hit.wake_at for hit in each.hits)


def test_tenants_take_turns_in_a_round(world: Fakes) -> None:
    fall_due(world, "acme", range(3_000), NOW - HOUR)
    fall_due(world, "beta", range(60), NOW - SECOND)
    sweep(world.wiring, NOW)

    order = [each.tenant for each in enqueued(world)]
    assert order.index("beta") < len(order) / 4


def test_a_backlog_is_not_enqueued_again_at_the_next_minute(world: Fakes) -> None:
    fall_due(world, "acme", range(2_000), NOW - HOUR)
    sweep(world.wiring, NOW)

    assert sweep(world.wiring, later(world, MINUTE)).enqueued == 0


def test_new_due_items_are_enqueued_during_a_backlog(world: Fakes) -> None:
    fall_due(world, "acme", range(2_000), NOW - HOUR)
    sweep(world.wiring, NOW)
    fall_due(world, "beta", range(1), NOW + SECOND)

    sweep(world.wiring, later(world, MINUTE))

    assert hits(world)["beta C#202611-000000"] == 1


def test_items_that_appear_late_in_the_index_are_enqueued_during_a_backlog(world: Fakes) -> None:
    """The index is eventually consistent: an entry may appear before the sweep's position."""
    fall_due(world, "acme", range(2_000), NOW - HOUR)
    fall_due(world, "acme", range(2_000, 2_100), NOW)
    sweep(world.wiring, NOW)
    fall_due(world, "beta", range(1), NOW - SECOND)

    sweep(world.wiring, later(world, MINUTE))

    assert hits(world)["beta C#202611-000000"] == 1


def test_items_still_in_the_index_are_enqueued_again_when_the_queue_is_empty(world: Fakes) -> None:
    fall_due(world, "acme", range(50), NOW - HOUR)
    sweep(world.wiring, NOW)
    world.due.waiting.clear()

    assert sweep(world.wiring, later(world, MINUTE)).enqueued == 50


def test_hits_of_a_lost_message_are_enqueued_again_although_the_queue_is_never_empty(world: Fakes) -> None:
    fall_due(world, "acme", range(100), NOW - HOUR)
    sweep(world.wiring, NOW)
    world.due.waiting.popleft()

    assert sweep(world.wiring, later(world, sweeping.VALID_FOR)).enqueued == 100


def test_a_sweep_continues_if_its_position_cannot_be_saved(world: Fakes) -> None:
    fall_due(world, "acme", range(500), NOW - HOUR)

    def throttled(call: RecordedCall) -> None:
        if call.name == "commit":
            raise Unavailable

    world.store.before = throttled
    assert sweep(world.wiring, NOW).enqueued == 500


def test_a_backlog_after_an_outage_is_enqueued_without_repetition(world: Fakes) -> None:
    """10,000 hits of one tenant, and workers for 50 messages a minute: no hit is enqueued twice."""
    fall_due(world, "acme", range(10_000), NOW - 3 * HOUR, step=SECOND)
    enqueued_in_all = sweep(world.wiring, NOW).enqueued
    minutes, needed = 0, -(-len(world.due.waiting) // 50)
    while world.due.waiting:
        handle(world, min(50, len(world.due.waiting)))
        enqueued_in_all += sweep(world.wiring, later(world, MINUTE)).enqueued
        minutes += 1
    assert (minutes, enqueued_in_all) == (needed, 10_000)


@pytest.mark.slow
def test_a_backlog_of_one_tenant_does_not_delay_anothers_next_deadline(world: Fakes) -> None:
    """The queue delivers a quiet tenant's message first, as a fair queue does. Workers handle 50 messages a minute."""
    fall_due(world, "acme", range(10_000), NOW - 3 * HOUR, step=SECOND)
    sweep(world.wiring, NOW)
    handle(world, 50)
    fall_due(world, "beta", range(1), NOW + 30 * SECOND)

    sweep(world.wiring, later(world, MINUTE))

    assert "beta" in {each.tenant for each in handle(world, 50, fair=True)}


def test_messages_mix_all_shards(world: Fakes) -> None:
    fall_due(world, "acme", range(3_000), NOW - HOUR)
    sweep(world.wiring, NOW)

    first = {keys.shard_of(each.tenant, hit.aggregate) for each in enqueued(world)[:20] for hit in each.hits}

    assert len(first) > 0.9 * keys.DUE_SHARDS


def test_the_oldest_of_all_tenants_and_shards_come_first(world: Fakes) -> None:
    for place, tenant in enumerate(("acme", "beta", "gamma")):
        fall_due(world, tenant, range(100), NOW - HOUR + place * SECOND, step=3 * SECOND)
    sweep(world.wiring, NOW)

    turns = [each.hits[0].wake_at for each in enqueued(world)]

    assert turns == sorted(turns)


def test_a_round_holds_at_most_the_maximum_of_hits(world: Fakes, monkeypatch: pytest.MonkeyPatch) -> None:
    fall_due(world, "acme", range(3_000), NOW - HOUR)
    rounds: list[int] = []
    send = world.due.send

    def counted(sent: Sequence[QueueMessage]) -> None:
        rounds.append(sum(len(batch.parse(one.body).hits) for one in sent))
        send(sent)

    monkeypatch.setattr(sweeping, "MAX_ROUND_HITS", 640)
    monkeypatch.setattr(world.due, "send", counted)

    sweep(world.wiring, NOW)

    assert (max(rounds), sum(rounds)) == (640, 3_000)


def test_a_second_round_continues_where_the_first_ended(world: Fakes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also from a position: the range that is read again has several pages."""
    monkeypatch.setattr(sweeping, "MAX_ROUND_HITS", 64)
    fall_due(world, "acme", range(500), NOW)
    sweep(world.wiring, NOW)

    assert sweep(world.wiring, later(world, MINUTE)).enqueued == 500


def test_a_sweep_that_dies_before_it_saves_its_position_is_repeated(world: Fakes) -> None:
    fall_due(world, "acme", range(100), NOW - HOUR)

    def dies(call: RecordedCall) -> None:
        if call.name == "commit":
            raise Crash

    world.store.before = dies
    with pytest.raises(Crash):
        sweep(world.wiring, NOW)
    world.store.before = None
    sweep(world.wiring, later(world, MINUTE))

    assert set(hits(world).values()) == {2}


def test_an_unreadable_shard_does_not_delay_the_others(world: Fakes) -> None:
    fall_due(world, "acme", range(500), NOW - HOUR)
    asked = list[RecordedCall]()

    def one_is_throttled(call: RecordedCall) -> None:
        asked.append(call)
        if len(asked) == 3:
            raise Unavailable

    world.store.before = one_is_throttled
    with pytest.raises(Unavailable):
        sweep(world.wiring, NOW)

    assert 400 < len(hits(world)) < 500


def test_a_sweep_leaves_the_rest_to_the_next_after_a_minute(world: Fakes, monkeypatch: pytest.MonkeyPatch) -> None:
    fall_due(world, "acme", range(500), NOW - HOUR)
    monkeypatch.setattr(sweeping, "MAX_ROUND_HITS", 320)
    send = world.due.send

    def takes_a_minute(sent: Sequence[QueueMessage]) -> None:
        world.real_clock.advance(MINUTE)
        send(sent)

    monkeypatch.setattr(world.due, "send", takes_a_minute)

    first = sweep(world.wiring, NOW).enqueued
    while sweep(world.wiring, later(world, MINUTE)).enqueued:
        pass

    assert first <= 320
    assert (len(hits(world)), set(hits(world).values())) == (500, {1})


def test_items_written_with_fewer_shards_are_found_with_more(world: Fakes, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as before:
        before.setattr(deployment, "DUE_SHARDS", 8)
        fall_due(world, "acme", range(200), NOW - HOUR)

    assert sweep(world.wiring, NOW).enqueued == 200


def test_an_entry_of_another_tenant_than_its_item_is_counted_and_skipped(
    world: Fakes, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    key = keys.snapshot(keys.complaint("acme", "202611-000001"))
    with binding.tenant("acme"):
        world.store.commit([Put(Entry(key=key, kind="complaint", version=1, due=keys.due("beta", "C#x", NOW)))])

    sweep(world.wiring, NOW)

    assert not world.due.waiting
    assert '"DueForeign":[1.0]' in capsys.readouterr().out
    assert caplog.messages == ["A due entry names another tenant than its item"]
