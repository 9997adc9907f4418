"""Complaints from before the plan included similar ones get their signatures by a job."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.features.similar import backfill, index
from chalicelib.jobs import driver
from chalicelib.jobs import job as jobs
from chalicelib.jobs.job import Job
from chalicelib.kit.instants import HOUR
from chalicelib.limits.plans import PLANS
from chalicelib.store.keys import similar
from chalicelib.store.port import Entry, Put, Remove
from chalicelib.workers import hourly
from tests.clauses.offices import helpdesk
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.untouched import in_process
from tests.similar.test_similar import AGAIN, LEAK, NOISE, START, file, numbers, stored


@pytest.fixture
def desk() -> Organisation:
    """Three complaints without signatures."""
    desk = helpdesk.helpdesk_in(InProcess(START))
    for text in (LEAK, NOISE, AGAIN):
        file(desk, text)
    forget_signatures(desk)
    return desk


def forget_signatures(desk: Organisation) -> None:
    """As for complaints from before the plan included similar ones."""
    with binding.tenant(desk.id):
        for entry in stored(desk):
            in_process(desk).fakes.store.commit([Remove(entry.key)])


def pass_an_hour(desk: Organisation) -> None:
    world = in_process(desk)
    world.fakes.clock.move_to(world.now() + HOUR)
    hourly.run(world.fakes.wiring, desk.id, world.now())
    world.settle()


def job_of(desk: Organisation) -> Job | None:
    with binding.tenant(desk.id):
        found = jobs.read(in_process(desk).fakes.store, desk.id, backfill.JOB_KIND)
    return None if found is None else found.job


def signatures(desk: Organisation) -> list[Entry]:
    return [entry for entry in stored(desk) if entry.kind == index.KIND]


def test_earlier_complaints_are_signed(desk: Organisation) -> None:
    last = file(desk, LEAK)
    assert numbers(desk, last) == []

    pass_an_hour(desk)

    assert len(numbers(desk, last)) == 2
    assert len(signatures(desk)) == 4


def test_the_job_goes_on_page_by_page(desk: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backfill, "PAGE", 1)

    pass_an_hour(desk)

    job = job_of(desk)
    assert job is not None
    assert (job.state, job.done, job.counts, job.by) == ("done", 3, {"signed": 3}, "system")


def test_a_short_text_and_a_number_gap_are_left_out(desk: Organisation) -> None:
    file(desk, "漏水")

    pass_an_hour(desk)

    job = job_of(desk)
    assert job is not None
    assert (job.state, job.done, job.counts) == ("done", 4, {"signed": 3})


def test_a_signed_complaint_is_not_written_again(desk: Organisation) -> None:
    file(desk, LEAK)
    before = signatures(desk)

    pass_an_hour(desk)

    assert [one for one in signatures(desk) if one in before] == before


def test_the_job_is_done_once(desk: Organisation) -> None:
    pass_an_hour(desk)
    before = job_of(desk)
    forget_signatures(desk)

    pass_an_hour(desk)

    assert job_of(desk) == before
    assert signatures(desk) == []


def test_a_lost_message_does_not_stop_the_job(desk: Organisation) -> None:
    world = in_process(desk)
    with binding.tenant(desk.id):
        backfill.start_if_needed(world.fakes.wiring, desk.id, world.now())
    world.fakes.effects.waiting.clear()

    world.move_to("2026-11-27T09:05:00+08:00")

    assert len(signatures(desk)) == 3


def test_a_failed_job_starts_again_a_day_later_where_it_stopped(desk: Organisation) -> None:
    pass_an_hour(desk)
    world = in_process(desk)
    with binding.tenant(desk.id):
        store = world.fakes.store
        found = jobs.read(store, desk.id, backfill.JOB_KIND)
        assert found is not None
        failed = replace(
            found.job,
            state="failed",
            ended=world.now(),
            cursor=jobs.cursor(backfill.BackfillCursor("202611", 1, index.EDITION)),
            done=1,
        )
        store.commit([jobs.change(desk.id, found, failed)])
    forget_signatures(desk)

    pass_an_hour(desk)
    at_once = len(signatures(desk))
    for _ in range(24):
        pass_an_hour(desk)

    assert (at_once, len(signatures(desk))) == (0, 2)


def test_a_plan_that_includes_similar_complaints_later_gets_the_signatures(
    desk: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    pass_an_hour(desk)
    forget_signatures(desk)
    with monkeypatch.context() as patched:
        patched.setitem(PLANS, "starter", replace(PLANS["starter"], similar=False))
        pass_an_hour(desk)
        without = job_of(desk)

    pass_an_hour(desk)

    assert (without, len(signatures(desk))) == (None, 3)


def test_what_an_earlier_edition_signed_is_signed_again(desk: Organisation) -> None:
    """Its texts have other band keys then, and the earlier ones find nothing any more."""
    pass_an_hour(desk)
    made_earlier(desk)

    pass_an_hour(desk)

    job = job_of(desk)
    assert job is not None
    assert (job.state, job.counts) == ("done", {"signed": 3})
    assert {index.is_current(one) for one in signatures(desk)} == {True}
    assert len(stored(desk)) == 3 * 22
    assert len(numbers(desk, next(iter(desk.filed)))) == 1


def made_earlier(desk: Organisation) -> None:
    """The signatures, with other band keys, and the job as an earlier edition left them."""
    store = in_process(desk).fakes.store
    with binding.tenant(desk.id):
        for head in signatures(desk):
            number, signed = head.key.sk, index.parse(head)
            assert signed is not None
            old = index.Signed([f"old{key}" for key in signed.bands], signed.sealed)
            moved = [similar.posting(desk.id, band, key, number) for band, key in enumerate(old.bands)]
            found = [similar.posting(desk.id, band, key, number) for band, key in enumerate(signed.bands)]
            store.commit([Remove(key) for key in found])
            store.put_each([Entry(key=key, kind=index.POSTING_KIND) for key in moved])
            store.commit([Put(index.FORM.entry(head.key, old), if_absent=False, plain=True)])
        done = jobs.read(store, desk.id, backfill.JOB_KIND)
        assert done is not None
        before = replace(done.job, cursor=jobs.cursor(backfill.BackfillCursor("202611", 3)))
        store.commit([jobs.change(desk.id, done, before)])


def test_an_organisation_without_complaints_has_no_job() -> None:
    desk = helpdesk.helpdesk_in(InProcess(START))

    pass_an_hour(desk)

    assert job_of(desk) is None


@pytest.fixture
def begun(desk: Organisation, monkeypatch: pytest.MonkeyPatch) -> Organisation:
    """One complaint is signed. The plan has left similar complaints out since."""
    monkeypatch.setattr(backfill, "PAGE", 1)
    with binding.tenant(desk.id):
        backfill.start_if_needed(in_process(desk).fakes.wiring, desk.id, in_process(desk).now())
        a_step(desk)
    monkeypatch.setitem(PLANS, "starter", replace(PLANS["starter"], similar=False))
    return desk


def a_step(desk: Organisation) -> None:
    world, steps = in_process(desk), {backfill.JOB_KIND: backfill.step}
    with binding.tenant(desk.id):
        driver.run_steps(world.fakes.wiring, desk.id, backfill.JOB_KIND, world.now(), steps)


def test_a_plan_that_leaves_similar_complaints_out_stops_the_job(begun: Organisation) -> None:
    a_step(begun)

    job = job_of(begun)
    assert job is not None
    assert (job.state, job.reason, len(signatures(begun))) == ("stopped", backfill.NOT_INCLUDED, 1)


def test_a_job_that_the_plan_stopped_goes_on_with_a_later_plan(
    begun: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_step(begun)
    monkeypatch.setitem(PLANS, "starter", replace(PLANS["starter"], similar=True))

    pass_an_hour(begun)

    job = job_of(begun)
    assert job is not None
    assert (job.state, len(signatures(begun))) == ("done", 3)
