"""Moving all open complaints survives crashes and races (P1.9)."""

from __future__ import annotations

import pytest

from chalicelib.features.switching import switch_all_step
from chalicelib.store import keys
from chalicelib.store.port import Unavailable
from chalicelib.workers.entries import JOBS
from infra.memory_store.store import RecordedCall
from tests.clauses.offices.company import WORK_ORDER, of_class
from tests.clauses.organisation import Organisation, first_sign_in, hire
from tests.clauses.prepared import prepared
from tests.clauses.world import InProcess
from tests.helpers.fakes.deadlines import sweep_and_work
from tests.helpers.fakes.faults import Breaker, Crash
from tests.helpers.searches import every
from tests.switching.shop import START, done, dry_run, publish, started_without_queue, switched, world_of


def _small_organisation(world: InProcess) -> Organisation:
    """An organisation with an owner and an agent only."""
    shop = Organisation(world, "crash-shop", "corporate-standard")
    email = "owner@crash-shop.example"
    shop.world.call("POST", "/v1/tenants", {"id": shop.id, "name": "店", "email": email, "preset": shop.preset})
    shop.tokens["owner"] = first_sign_in(shop.world, email)
    hire(shop, "agent")
    return shop


def _four_complaints(monkeypatch: pytest.MonkeyPatch) -> tuple[Organisation, list[str], str]:
    """Four complaints in pages of two, and a job that has not started. The second complaint has an unrecorded miss."""
    monkeypatch.setattr(switch_all_step, "PAGE", 2)

    def made(world: InProcess) -> tuple[Organisation, str]:
        shop = _small_organisation(world)
        for severity in ("general", "important", "general", "major"):
            shop.file(**of_class(severity))
        publish(shop)
        token = dry_run(shop)["token"]
        world.jump_to("2026-11-27T15:30:00+08:00")
        return shop, started_without_queue(shop, monkeypatch, token=token)

    shop, job = prepared("four complaints to be switched", START, made)
    return shop, list(shop.filed), job


def _calls(monkeypatch: pytest.MonkeyPatch) -> int:
    shop, _, _ = _four_complaints(monkeypatch)
    breaker = Breaker(at=0)
    sweep_and_work(world_of(shop).fakes.breaking(breaker), shop.world.now(), JOBS)
    return breaker.calls


@pytest.mark.slow
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("step", every(11))
def test_a_job_that_crashes_at_any_call_is_finished_by_the_next_sweep(
    monkeypatch: pytest.MonkeyPatch, after: bool, step: int
) -> None:
    for at in range(1, _calls(monkeypatch) + 1, step):
        shop, numbers, job = _four_complaints(monkeypatch)
        with pytest.raises(Crash):
            sweep_and_work(world_of(shop).fakes.breaking(Breaker(at, after=after)), shop.world.now(), JOBS)
        assert done(shop, job)["counts"]["switched"] == 4, at
        assert [len(switched(shop, number)) for number in numbers] == [1, 1, 1, 1], at


def test_a_commit_with_a_lost_response_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    shop, numbers, job = _four_complaints(monkeypatch)
    store = world_of(shop).fakes.store
    lost: list[RecordedCall] = []

    def timeout(call: RecordedCall) -> None:
        if call.name == "commit" and len(lost) < 3:
            lost.append(call)
            raise Unavailable

    store.after = timeout
    for _ in range(4):
        world_of(shop).sweep()
    assert len(lost) == 3
    assert done(shop, job)["counts"]["switched"] == 4
    assert [len(switched(shop, number)) for number in numbers] == [1, 1, 1, 1]


def test_two_sweeps_at_once_count_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second sweep runs between the first one's read and its commit."""
    shop, numbers, job = _four_complaints(monkeypatch)
    world = world_of(shop)
    left = [1]

    def meanwhile(call: RecordedCall) -> None:
        if call.name == "commit" and left:
            left.clear()
            sweep_and_work(world.fakes.wiring, world.now(), JOBS)

    world.fakes.store.before = meanwhile
    assert done(shop, job)["counts"]["switched"] == 4
    assert [len(switched(shop, number)) for number in numbers] == [1, 1, 1, 1]


def test_an_act_at_the_same_time_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    shop, numbers, job = _four_complaints(monkeypatch)
    world = world_of(shop)
    left = [1]

    def meanwhile(call: RecordedCall) -> None:
        if call.name == "commit" and left:
            left.clear()
            world.fakes.store.before = None
            for number in numbers:
                shop.act(number, "agent", "accept", **WORK_ORDER)

    world.fakes.store.before = meanwhile
    assert done(shop, job)["counts"]["switched"] == 4
    assert {shop.complaint(number)["stage"] for number in numbers} == {"recorded"}


def test_an_ended_job_leaves_the_due_index(shop: Organisation) -> None:
    publish(shop)
    job = dry_run(shop)["id"]
    (item,) = [entry for entry in world_of(shop).fakes.store.everything() if entry.key == keys.job(shop.id, job)]
    assert item.due is None
