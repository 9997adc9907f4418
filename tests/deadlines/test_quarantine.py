"""A due entry that is not tried again is listed for operators, with the reason if it is known."""

from __future__ import annotations

import msgspec
import pytest

from chalicelib.features.deadlines.batch import DueBatch, Hit
from chalicelib.features.deadlines.quarantine import list_quarantined, quarantine_batch, quarantine_hit
from chalicelib.kit.instants import HOUR
from chalicelib.store import keys
from tests.deadlines.crowd import enqueued, fall_due
from tests.helpers.fakes.wiring import NOW, Fakes, fakes

HIT = Hit("C#202611-000000", *keys.snapshot(keys.complaint("acme", "202611-000000")), NOW - HOUR)


@pytest.fixture
def world() -> Fakes:
    return fakes()


def quarantined(world: Fakes, hit: Hit = HIT, reason: str = "") -> bool:
    return quarantine_hit(world.store, world.real_clock, "acme", hit, reason)


@pytest.mark.parametrize("reason", ["", "It needs too much work."])
def test_operators_see_why_an_entry_is_not_tried_again(world: Fakes, reason: str) -> None:
    fall_due(world, "acme", range(1), NOW - HOUR)
    assert quarantined(world, reason=reason)
    [[entry], after] = list_quarantined(world.store, 10, None)
    assert (entry.tenant, entry.hit, entry.parked_at, after) == ("acme", HIT, world.real_clock(), None)
    assert (entry.reason or "") == reason


def test_an_item_that_has_changed_since_the_sweep_is_left(world: Fakes) -> None:
    fall_due(world, "acme", range(1), NOW)
    gone = Hit("C#202611-000001", *keys.snapshot(keys.complaint("acme", "202611-000001")), NOW - HOUR)
    assert [quarantined(world), quarantined(world, gone)] == [False, False]
    assert list_quarantined(world.store, 10, None)[0] == []


def test_a_batch_of_one_is_quarantined_without_a_reason(world: Fakes) -> None:
    fall_due(world, "acme", range(1), NOW - HOUR)
    assert quarantine_batch(world.wiring, DueBatch("acme", [HIT])) == 1
    [[entry], _] = list_quarantined(world.store, 10, None)
    assert entry.reason is msgspec.UNSET


def test_a_larger_batch_is_sent_again_entry_by_entry(world: Fakes) -> None:
    other = Hit("C#202611-000001", *keys.snapshot(keys.complaint("acme", "202611-000001")), NOW - HOUR)
    assert quarantine_batch(world.wiring, DueBatch("acme", [HIT, other])) == 0
    assert enqueued(world) == [DueBatch("acme", [HIT]), DueBatch("acme", [other])]
    assert list_quarantined(world.store, 10, None)[0] == []
