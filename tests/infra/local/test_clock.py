"""The domain clock of the local stack."""

from __future__ import annotations

import pytest

from chalicelib.kit.instants import DAY, HOUR, MINUTE, from_text
from infra.local.clock import DomainClock, next_minute, parse_duration

REAL = from_text("2026-11-24T10:00:00Z")
START = from_text("2026-11-27T09:00:00+08:00")


class Real:
    """Real time that the test moves."""

    def __init__(self) -> None:
        self.now = REAL

    def __call__(self) -> int:
        return self.now


def test_it_is_real_time_unless_a_start_is_given() -> None:
    assert DomainClock(Real())() == REAL


def test_it_keeps_running_from_its_start() -> None:
    real = Real()
    clock = DomainClock(real, START)
    real.now += 5 * MINUTE
    assert clock() == START + 5 * MINUTE


def test_it_moves_forwards_and_keeps_running() -> None:
    real = Real()
    clock = DomainClock(real, START)
    clock.reach(START + DAY)
    real.now += MINUTE
    assert clock() == START + DAY + MINUTE


def test_it_does_not_move_backwards() -> None:
    clock = DomainClock(Real(), START)
    clock.reach(START - 1)
    assert clock() == START


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [("26 hours", 26 * HOUR), ("1 minute", MINUTE), ("2 weeks", 14 * DAY), ("0 days", 0), ("90 seconds", 90_000)],
)
def test_spans_are_read(text: str, milliseconds: int) -> None:
    assert parse_duration(text) == milliseconds


@pytest.mark.parametrize("text", ["", "1 month", "-1 hours", "1.5 hours", "hours", "1  hour", "99999999 days"])
def test_an_invalid_span_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="26 hours"):
        parse_duration(text)


def test_the_schedule_runs_at_the_next_whole_minute() -> None:
    assert next_minute(START) == START
    assert next_minute(START + 1) == START + MINUTE
