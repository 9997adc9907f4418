"""A worker that acts for an organisation during its erasure leaves no items after the signed statement."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import Context
from functools import partial
from itertools import count

import pytest

from chalicelib.access import binding
from chalicelib.features.deadlines.wake_complaint import wake
from chalicelib.features.leaving import erasure
from chalicelib.features.messages.relay import stream_reconciliation
from chalicelib.jobs import driver
from chalicelib.jobs import job as jobs
from chalicelib.kit.instants import DAY, HOUR
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Key
from chalicelib.workers import entries, hourly
from infra.memory_store.store import RecordedCall
from tests.clauses.organisation import Organisation
from tests.exports.exported import estate, world_of
from tests.helpers.searches import every
from tests.leaving.test_leaving import erase, lean, leave, mine, statement


@pytest.mark.parametrize("step", every(4))
def test_deadlines_recorded_during_the_erasure_leave_nothing(step: int) -> None:
    """Between any two calls of the erasure a worker records the complaint's missed deadlines."""

    def what(made: Organisation) -> Callable[[], int]:
        number = next(one.key.pk for one in mine(made) if one.kind == "complaint").rpartition("#")[2]
        return partial(act, made, number)

    assert sum(meanwhile(step, lean, what, erased))


@pytest.mark.parametrize("step", every(4))
def test_a_reconciliation_during_the_erasure_leaves_no_watermark(step: int) -> None:
    """Between any two calls of the erasure a reconciliation of the stream runs to its end."""
    assert sum(meanwhile(step, lean, lambda made: partial(walk, made, walk_begun(made)), erased))


def test_a_reconciliation_step_around_the_erasure_leaves_no_watermark() -> None:
    """All complaints are erased between two calls of the reconciliation, and the rest after its end."""

    def run(made: Organisation) -> None:
        walk(made, walk_begun(made))

    assert len(meanwhile(1, lean, lambda made: partial(erase_complaints, made), run)) > 5


@pytest.mark.parametrize("step", every(18))
def test_a_reconciliation_during_the_erasure_leaves_no_watermark_of_a_unit(step: int) -> None:
    def make() -> Organisation:
        made = estate()
        leave(made)
        world_of(made).fakes.clock.move_to(world_of(made).fakes.clock() + 31 * DAY)
        return made

    walked = lambda made: partial(walk, made, walk_begun(made))  # noqa: E731
    assert sum(meanwhile(step, make, walked, erased, kept=lambda made: [keys.data_key(made.id)]))


def meanwhile(
    step: int,
    make: Callable[[], Organisation],
    what: Callable[[Organisation], Callable[[], int]],
    run: Callable[[Organisation], None],
    kept: Callable[[Organisation], list[Key]] = lambda made: [],
) -> list[int]:
    """Runs an action before each `step`-th call and returns its results.

    Checks that no organisation leaves anything but `kept`.
    """
    done = list[int]()
    for at in count(1, step):
        made = make()
        another = Meanwhile(made, at, what(made))
        run(made)
        if not another.came:
            return done
        done.append(another.done)
        assert left(made) == kept(made), at
    raise AssertionError


def erased(made: Organisation) -> None:
    erase(made, world_of(made).fakes.wiring)


def act(made: Organisation, number: str) -> int:
    with binding.tenant(made.id):
        return wake(world_of(made).fakes.wiring, CaseRef(made.id, number), world_of(made).fakes.clock())


def walk_begun(made: Organisation) -> str:
    fakes = world_of(made).fakes
    with binding.tenant(made.id):
        return stream_reconciliation.start_job(
            fakes.wiring.store, fakes.wiring.real_clock, made.id, fakes.clock(), ordered=fakes.clock()
        )


def walk(made: Organisation, name: str) -> int:
    """Returns the number of steps."""
    fakes = world_of(made).fakes
    with binding.tenant(made.id):
        return driver.run_steps(fakes.wiring, made.id, name, fakes.clock(), entries.JOBS, HOUR)


def erase_complaints(made: Organisation) -> int:
    """Runs the erasure until no complaint is left. Returns the number of steps."""
    wiring = world_of(made).fakes.wiring
    hourly.run(wiring, made.id, wiring.clock())
    with binding.tenant(made.id):
        for steps in count():
            held = jobs.read(wiring.store, made.id, erasure.NAME)
            assert held is not None
            if held.job.at(erasure.ErasureCursor).phase == "people":
                return steps
            driver.run_steps(wiring, made.id, erasure.NAME, wiring.clock(), entries.JOBS)
    raise AssertionError


def left(made: Organisation) -> list[object]:
    """The items left three hours after the statement was made."""
    world = world_of(made)
    for _ in range(3):
        world.fakes.clock.move_to(world.fakes.clock() + HOUR)
        world.sweep()
    assert statement(made).status == 200
    return [one.key for one in mine(made)]


class Meanwhile:
    """Before the store's `at`-th call, another worker does `what` under its own binding."""

    def __init__(self, made: Organisation, at: int, what: Callable[[], int]) -> None:
        self.came, self.done = False, 0
        self._calls, self._at, self._what = 0, at, what
        self._store = world_of(made).fakes.store
        self._store.before = self._before

    def _before(self, call: RecordedCall) -> None:
        self._calls += 1
        if self._calls == self._at:
            self.came, self._store.before = True, None
            self.done = Context().run(self._what)
