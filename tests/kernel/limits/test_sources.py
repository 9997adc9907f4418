"""What one source may ask for: the rate holds over any time, and the memory is bounded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kit.instants import MINUTE
from chalicelib.limits.sources import Buckets, network
from tests.helpers.fakes.clock import MovableClock


def _buckets(a_minute: int, most_keys: int = 100) -> tuple[Buckets, MovableClock]:
    clock = MovableClock(MINUTE)
    return Buckets(a_minute, clock, most_keys), clock


def _passed(buckets: Buckets, key: str, times: int, weight: int = 1) -> int:
    return sum(buckets.take(key, weight) is None for _ in range(times))


def test_a_minutes_requests_may_come_at_once_and_no_more() -> None:
    buckets, _ = _buckets(60)
    assert _passed(buckets, "a", 100) == 60


def test_the_refusal_says_when_there_is_room_and_then_there_is() -> None:
    buckets, clock = _buckets(60)
    _passed(buckets, "a", 60)
    until = buckets.take("a", 1)
    assert until == clock() + MINUTE // 60
    clock.advance(until - clock())
    assert _passed(buckets, "a", 2) == 1


def test_one_source_takes_nothing_from_another() -> None:
    buckets, _ = _buckets(60)
    _passed(buckets, "a", 1_000)
    assert _passed(buckets, "b", 60) == 60


def test_a_heavy_request_counts_as_several() -> None:
    buckets, _ = _buckets(60)
    assert _passed(buckets, "a", 100, weight=20) == 3


def test_what_weighs_more_than_a_minute_passes_once_a_minute() -> None:
    buckets, clock = _buckets(10)
    assert _passed(buckets, "a", 2, weight=30) == 1
    clock.advance(MINUTE)
    assert _passed(buckets, "a", 2, weight=30) == 1


@given(st.lists(st.tuples(st.integers(0, 5_000), st.integers(1, 9)), min_size=1, max_size=200), st.integers(10, 200))
def test_in_any_time_at_most_the_rate_and_one_bucket_pass(steps: list[tuple[int, int]], a_minute: int) -> None:
    buckets, clock = _buckets(a_minute)
    start, passed = clock(), 0
    for wait, weight in steps:
        clock.advance(wait)
        passed += weight if buckets.take("a", weight) is None else 0
    assert passed <= a_minute + (clock() - start) * a_minute / MINUTE + 1e-6


def test_a_source_within_its_rate_is_never_refused() -> None:
    buckets, clock = _buckets(60)
    for _ in range(500):
        assert buckets.take("a", 1) is None
        clock.advance(MINUTE // 60)


def test_a_flood_of_addresses_fills_no_memory() -> None:
    buckets, _ = _buckets(60, most_keys=100)
    for number in range(5_000):
        buckets.take(f"10.0.{number}", 1)
    assert len(buckets) == 100


def test_a_clock_that_goes_back_shuts_nobody_out() -> None:
    now = [100 * MINUTE]
    buckets = Buckets(60, lambda: now[0])
    _passed(buckets, "a", 60)
    now[0] = MINUTE
    until = buckets.take("a", 1)
    assert until is not None
    assert until - now[0] <= MINUTE


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::9", True),
        ("2001:db8:1:2::9", "2001:db8:1:ff::9", True),
        ("2001:db8:1:2::9", "2001:db8:1:102::9", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("::bad::", "::bad::", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
    ],
)
def test_addresses_of_one_subscriber_are_one_source(one: str, other: str, same: bool) -> None:
    assert (network(one) == network(other)) is same
