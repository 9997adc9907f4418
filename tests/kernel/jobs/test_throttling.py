"""Throttled work: the delays of its retries, and the end of a batch's attempts."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest

from chalicelib.jobs.throttling import FIRST_DELAY, MAX_CONSECUTIVE, MAX_DELAY, CircuitBreaker, delay
from chalicelib.store.port import Unavailable


def throttled() -> None:
    raise Unavailable


def faulty() -> None:
    raise ValueError


def attempted(breaker: CircuitBreaker, attempt: Callable[[], None] | None = None) -> bool:
    """Whether the breaker still calls."""
    calls: list[int] = []

    def call() -> None:
        calls.append(1)
        if attempt is not None:
            attempt()

    with suppress(Unavailable, ValueError):
        breaker.call(call)
    return bool(calls)


def test_a_call_returns_what_the_attempt_returns() -> None:
    assert CircuitBreaker().call(lambda: "done") == "done"


def test_after_throttled_attempts_in_a_row_nothing_is_attempted() -> None:
    breaker = CircuitBreaker()

    assert [attempted(breaker, throttled) for _ in range(MAX_CONSECUTIVE + 2)] == [True] * MAX_CONSECUTIVE + [False] * 2
    with pytest.raises(Unavailable, match="not attempted"):
        breaker.call(lambda: None)


def test_a_success_in_between_starts_the_count_again() -> None:
    breaker = CircuitBreaker()

    for _ in range(MAX_CONSECUTIVE):
        attempted(breaker, throttled)
        assert attempted(breaker)

    assert attempted(breaker)


def test_another_error_neither_counts_nor_starts_the_count_again() -> None:
    breaker = CircuitBreaker()
    attempted(breaker, throttled)
    for _ in range(MAX_CONSECUTIVE):
        assert attempted(breaker, faulty)

    attempted(breaker, throttled)

    assert not attempted(breaker)


def test_each_upper_limit_is_twice_the_one_before() -> None:
    for tries in range(20):
        limit = min(FIRST_DELAY * 2**tries, MAX_DELAY)
        assert {delay(tries, str(seed)) for seed in range(200)} <= set(range(limit // 2, limit + 1))


def test_a_retry_has_the_same_delay_wherever_it_is_computed() -> None:
    """Computed once, and noted here."""
    assert [delay(tries, "acme 1") for tries in (0, 4, 7, 199)] == [5, 73, 730, 693]
