"""A worker that records a miss while its organisation is erased leaves nothing behind the signed statement."""

from __future__ import annotations

import pytest

from chalicelib.deadlines.wake import wake
from chalicelib.instants import HOUR
from chalicelib.store.memory import Call
from chalicelib.tenants import binding
from tests.clauses.organisation import Organisation
from tests.record.exported import world_of
from tests.record.test_leaving import erase, lean, mine, statement
from tests.searches import every


@pytest.mark.parametrize("step", every(2))
def test_a_deadline_that_is_acted_on_meanwhile_leaves_nothing_either(step: int) -> None:
    """Between any two calls of the erasure a worker records what the complaint has missed."""
    at, recorded = 1 - step, 0
    while True:
        at += step
        made = lean()
        meanwhile = Meanwhile(made, at)
        erase(made, world_of(made).fakes.wiring)
        if not meanwhile.came:
            break
        for _ in range(3):
            world_of(made).fakes.clock.move_to(world_of(made).fakes.clock() + HOUR)
            world_of(made).sweep()
        recorded += meanwhile.events
        assert ([one.key for one in mine(made)], statement(made).status) == ([], 200), at
    assert recorded


class Meanwhile:
    """Before the store's `at`-th call a worker wakes the organisation's complaint."""

    def __init__(self, made: Organisation, at: int) -> None:
        self.came, self.events = False, 0
        self._calls, self._at, self._made = 0, at, made
        self._fakes = world_of(made).fakes
        self._number = next(one.key.pk for one in mine(made) if one.kind == "complaint").rpartition("#")[2]
        self._fakes.store.before = self._before

    def _before(self, call: Call) -> None:
        self._calls += 1
        if self._calls == self._at:
            self.came, self._fakes.store.before = True, None
            with binding.tenant(self._made.id):
                self.events = wake(self._fakes.wiring, self._made.id, self._number, self._fakes.clock())
