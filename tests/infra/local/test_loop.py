"""Moving the clock handles everything that falls due, in order."""

from __future__ import annotations

from itertools import count

import pytest

from chalicelib.kit.instants import DAY, HOUR, MINUTE, SECOND, Instant, from_text
from infra.local.clock import DomainClock
from infra.local.direct.due_index import DueEntry
from infra.local.events.event_loop import ClockMovedBack, EndlessWork, EventLoop

START = from_text("2026-11-27T09:00:00+08:00")


class Cases:
    """A fake of index `due`, the sweep and one event source. `woken` lists (time, due instant)."""

    def __init__(self) -> None:
        self.clock = DomainClock(lambda: 0, START)
        self.waiting: dict[Instant, list[Instant]] = {}
        """For each due instant, the further instants that handling it creates."""
        self.woken: list[tuple[Instant, Instant]] = []
        self.sweeps: list[Instant] = []
        self.effects = 0
        self.delivered: list[Instant] = []
        self.stubborn: set[Instant] = set()
        self.loop = EventLoop(self.clock, self, [self], self.sweep)

    def earliest(self, played: set[str]) -> DueEntry | None:
        hits = [DueEntry(str(at), at) for at in sorted(self.waiting) if str(at) not in played]
        return hits[0] if hits else None

    def until(self, now: Instant) -> set[str]:
        return {str(at) for at in self.waiting if at <= now}

    def is_empty(self, now: Instant) -> bool:
        return not self.until(now)

    def sweep(self, now: Instant) -> None:
        self.sweeps.append(now)
        for at in sorted(at for at in self.waiting if at <= now and at not in self.stubborn):
            self.woken.append((now, at))
            for again in self.waiting.pop(at):
                self.waiting[again] = []
            self.effects += 1

    def deliver(self) -> bool:
        if not self.effects:
            return False
        self.effects -= 1
        self.delivered.append(self.clock())
        return True


@pytest.fixture
def cases() -> Cases:
    return Cases()


def test_each_due_time_is_handled_at_the_next_minute_in_order(cases: Cases) -> None:
    cases.waiting = {START + 3 * HOUR: [], START + HOUR + SECOND: []}
    cases.loop.move_to(START + DAY)
    assert cases.woken == [(START + HOUR + MINUTE, START + HOUR + SECOND), (START + 3 * HOUR, START + 3 * HOUR)]


def test_a_new_due_time_before_the_target_is_handled_too(cases: Cases) -> None:
    cases.waiting = {START + HOUR: [START + 2 * HOUR]}
    cases.loop.move_to(START + DAY)
    assert [at for _, at in cases.woken] == [START + HOUR, START + 2 * HOUR]


def test_a_due_time_after_the_target_waits(cases: Cases) -> None:
    cases.waiting = {START + DAY + MINUTE: []}
    cases.loop.move_to(START + DAY)
    assert cases.woken == []


def test_a_due_time_at_the_target_is_handled(cases: Cases) -> None:
    cases.waiting = {START + DAY - SECOND: [], START + DAY: []}
    cases.loop.move_to(START + DAY)
    assert [at for _, at in cases.woken] == [START + DAY - SECOND, START + DAY]


def test_a_new_due_time_at_the_target_is_handled(cases: Cases) -> None:
    cases.waiting = {START + DAY: [START + DAY - SECOND]}
    cases.loop.move_to(START + DAY)
    assert [at for _, at in cases.woken] == [START + DAY, START + DAY - SECOND]


def test_effects_are_delivered_before_the_clock_moves_on(cases: Cases) -> None:
    cases.waiting = {START + HOUR: [], START + 2 * HOUR: []}
    cases.loop.move_to(START + DAY)
    assert cases.delivered == [START + HOUR, START + 2 * HOUR]


def test_it_jumps_and_sweeps_only_when_something_is_due(cases: Cases) -> None:
    cases.waiting = {START + 10 * DAY: []}
    cases.loop.move_to(START + 30 * DAY)
    assert cases.sweeps == [START + 10 * DAY]


def test_it_returns_the_present_time(cases: Cases) -> None:
    assert cases.loop.move_to(START + HOUR) == START + HOUR


def test_a_failing_item_does_not_stop_the_clock(cases: Cases) -> None:
    cases.waiting = {START + HOUR: [], START + 2 * HOUR: []}
    cases.stubborn = {START + HOUR}
    cases.loop.move_to(START + DAY)
    assert [at for _, at in cases.woken] == [START + 2 * HOUR]


def test_it_does_not_go_backwards(cases: Cases) -> None:
    with pytest.raises(ClockMovedBack):
        cases.loop.move_to(START - 1)


def test_a_clock_that_moves_at_every_read_can_be_advanced_by_nothing(cases: Cases) -> None:
    ticks = count()
    clock = DomainClock(lambda: next(ticks), START)
    assert EventLoop(clock, cases, [cases], cases.sweep).advance(0) > START


def test_an_item_that_is_due_again_for_ever_is_an_error(cases: Cases) -> None:
    cases.waiting = {START: []}

    def wakes_itself(now: Instant) -> None:
        cases.waiting = {min(cases.waiting) - 1: []}

    loop = EventLoop(cases.clock, cases, [], wakes_itself)
    with pytest.raises(EndlessWork):
        loop.move_to(START + HOUR)
