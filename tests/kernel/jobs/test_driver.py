"""The driver of jobs: sweeps complete every job, and a job that cannot end fails with a reason."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.jobs import driver
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim, PermanentFailure
from chalicelib.jobs.driver import JobStep, Steps
from chalicelib.jobs.job import Job, StoredJob
from chalicelib.jobs.job_view import job_view
from chalicelib.kit.instants import MINUTE, SECOND
from chalicelib.kit.problem import LaterRelease, Problem
from chalicelib.store.port import Unavailable
from infra.memory_store.store import RecordedCall
from tests.helpers.fakes.deadlines import sweep_and_work
from tests.helpers.fakes.faults import Breaker, Crash
from tests.helpers.fakes.wiring import NOW, Fakes, fakes

TENANT, NAME, STEPS = "acme", "count-1", 4


def count(claim: Claim) -> None:
    """A job of four steps."""
    done = claim.job.done + 1
    claim.save(replace(claim.job, done=done, state="done" if done == STEPS else "running"))


def steps(step: Callable[[Claim], None] = count) -> Steps:
    return {"count": step}


@pytest.fixture
def world() -> Fakes:
    world = fakes()
    with binding.tenant(TENANT):
        world.store.commit([jobs.new(TENANT, Job(id=NAME, kind="count", by="ann", started=NOW, of=STEPS))])
    return world


def job_in(world: Fakes) -> Job:
    with binding.tenant(TENANT):
        held = jobs.read(world.store, TENANT, NAME)
    assert isinstance(held, StoredJob)
    return held.job


def deliver(world: Fakes, with_steps: Steps) -> None:
    world.effects.drain(
        lambda message: driver.run_message(world.wiring, msgspec.json.decode(message.body, type=JobStep), with_steps)
    )


def swept(world: Fakes, with_steps: Steps, *, minutes: int = 0) -> Job:
    world.clock.move_to(world.clock() + minutes * MINUTE)
    sweep_and_work(world.wiring, world.clock(), with_steps)
    return job_in(world)


def broken(_: Claim) -> None:
    raise Unavailable


def dies(_: Claim) -> None:
    raise Crash


def test_a_new_job_is_queued(world: Fakes) -> None:
    assert job_view(job_in(world)).state == "queued"


def test_a_sweep_completes_a_job_without_messages(world: Fakes) -> None:
    assert swept(world, steps()).state == "done"


def test_a_message_runs_one_step_and_sends_the_next_message(world: Fakes) -> None:
    driver.send(world.wiring.effects, TENANT, NAME)
    deliver(world, steps())
    assert (job_in(world).state, job_in(world).done) == ("done", STEPS)


def test_steps_beyond_the_budget_are_left_to_the_queue(world: Fakes) -> None:
    def slow(claim: Claim) -> None:
        world.real_clock.move_to(world.real_clock() + 4 * SECOND)
        count(claim)

    assert swept(world, steps(slow)).done == 2
    assert len(world.effects.waiting) == 1


def test_a_job_that_needs_a_later_release_waits_without_counting_its_tries(world: Fakes) -> None:
    def refused(_: Claim) -> None:
        raise LaterRelease("A later release has written it.")

    for _ in range(2 * driver.MAX_TRIES):
        found = swept(world, steps(refused), minutes=60)
        assert (found.state, found.tries) == ("running", 0)
    assert swept(world, steps(), minutes=60).state == "done"


def test_an_ended_job_is_no_longer_due(world: Fakes) -> None:
    swept(world, steps())
    assert sweep_and_work(world.wiring, world.clock() + MINUTE, steps()) == 0


@pytest.mark.parametrize("after", [False, True])
def test_the_next_sweep_completes_the_work_after_a_crash_at_any_call(after: bool) -> None:
    at = 0
    while True:
        at += 1
        world = fakes()
        with binding.tenant(TENANT):
            world.store.commit([jobs.new(TENANT, Job(id=NAME, kind="count", by="ann", started=NOW, of=STEPS))])
        try:
            sweep_and_work(world.breaking(Breaker(at, after=after)), world.clock(), steps())
        except Crash:
            finished = swept(world, steps())
            assert (finished.state, finished.done) == ("done", STEPS), at
            continue
        break
    assert at > 2 * STEPS


def test_a_step_that_fails_is_tried_again_after_a_pause(world: Fakes) -> None:
    swept(world, steps(broken))
    assert swept(world, steps()).state == "running"
    assert swept(world, steps(), minutes=1).state == "done"


def test_a_step_that_fails_five_times_fails_the_job_with_a_reason(
    world: Fakes, capsys: pytest.CaptureFixture[str]
) -> None:
    for minutes in (0, 1, 4, 16, 64):
        found = swept(world, steps(broken), minutes=minutes)
    assert (found.state, found.reason) == ("failed", driver.FAULT.format(kind="Unavailable"))
    assert job_view(found).ended_at is not None
    assert capsys.readouterr().out.count('"JobFailed":[1.0]') == 1


def test_a_step_that_kills_the_process_five_times_fails_the_job(world: Fakes) -> None:
    for _ in range(driver.MAX_TRIES):
        with pytest.raises(Crash):
            swept(world, steps(dies))
    assert (swept(world, steps()).state, job_in(world).reason) == ("failed", driver.ABANDONED)


def test_a_step_that_succeeds_after_four_failures_resets_the_count(world: Fakes) -> None:
    for minutes in (0, 1, 4, 16):
        swept(world, steps(broken), minutes=minutes)
    assert (swept(world, steps(), minutes=64).tries, job_in(world).state) == (0, "done")


def test_a_permanent_failure_fails_the_job_at_once(world: Fakes) -> None:
    def impossible(_: Claim) -> None:
        raise PermanentFailure("There is nothing to count.")

    assert (swept(world, steps(impossible)).state, job_in(world).reason) == ("failed", "There is nothing to count.")


def test_a_late_message_does_not_restart_a_failed_job(world: Fakes) -> None:
    driver.send(world.wiring.effects, TENANT, NAME)
    for minutes in (0, 1, 4, 16, 64):
        swept(world, steps(broken), minutes=minutes)
    deliver(world, steps())
    assert job_in(world).state == "failed"


def test_two_workers_run_a_step_once(world: Fakes) -> None:
    def overtaken(claim: Claim) -> None:
        sweep_and_work(world.wiring, world.clock(), steps())
        count(claim)

    assert swept(world, steps(overtaken)).done == STEPS


def test_a_message_delivered_twice_has_one_effect(world: Fakes) -> None:
    world.effects.redeliver = 1
    driver.send(world.wiring.effects, TENANT, NAME)
    deliver(world, steps())
    assert (job_in(world).state, job_in(world).done) == ("done", STEPS)


def test_a_message_delivered_again_does_not_shorten_the_pause_before_the_next_try(world: Fakes) -> None:
    def unavailable_once(call: RecordedCall) -> None:
        if call.name == "commit":
            world.store.before = None
            raise Unavailable

    world.store.before = unavailable_once
    world.effects.redeliver = 1
    driver.send(world.wiring.effects, TENANT, NAME)
    deliver(world, steps())

    assert job_in(world).done == 0
    assert swept(world, steps(), minutes=1).state == "done"


def test_a_message_delivered_again_takes_no_step_from_the_worker_that_repeats_it(world: Fakes) -> None:
    began: list[int] = []

    def delivered_meanwhile(claim: Claim) -> None:
        began.append(claim.job.tries)
        if claim.job.tries == 2:
            deliver(world, steps(delivered_meanwhile))
        count(claim)

    with pytest.raises(Crash):
        swept(world, steps(dies))
    driver.send(world.wiring.effects, TENANT, NAME)
    swept(world, steps(delivered_meanwhile))

    assert began == [2, 1, 1, 1]


def test_an_unknown_job_is_not_found(world: Fakes) -> None:
    with binding.tenant(TENANT), pytest.raises(Problem, match="not-found"):
        jobs.get(world.store, TENANT, "count-2")
