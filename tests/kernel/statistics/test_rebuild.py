"""The rebuild over the API, and the one that the hourly job starts."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.jobs import driver
from chalicelib.jobs import job as jobs
from chalicelib.jobs.job import Job
from chalicelib.kit.instants import DAY, HOUR
from chalicelib.statistics import reading
from chalicelib.statistics.cells import cell, collection, head
from chalicelib.statistics.counting.contribution import definition
from chalicelib.statistics.question import Question
from chalicelib.statistics.reading import answer
from chalicelib.statistics.rebuild import start, step
from chalicelib.statistics.rebuild.start import JOB_KIND, StatisticsCursor
from chalicelib.statistics.tabulating.value import Value
from chalicelib.store import keys
from chalicelib.store.port import Put
from chalicelib.workers import hourly
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess

PRESET = "corporate-standard"
START = "2026-11-23T09:00:00+08:00"


@pytest.fixture
def company() -> Organisation:
    found = sign_up(InProcess(START), PRESET)
    for _ in range(3):
        found.file()
    return found


def world_of(company: Organisation) -> InProcess:
    assert isinstance(company.world, InProcess)
    return company.world


def received(company: Organisation) -> Value | None:
    world = world_of(company)
    question = Question(measures=("received",), first=date(2026, 11, 1), last=date(2026, 11, 30))
    with binding.tenant(company.id):
        rows = answer(world.fakes.wiring, company.id, question, world.now()).rows
    return rows[0].values["received"] if rows else None


def figures(company: Organisation) -> head.StatisticsHead:
    with binding.tenant(company.id):
        return head.read(world_of(company).fakes.store, company.id).head


def test_an_owner_starts_a_rebuild_and_sees_it_done(company: Organisation) -> None:
    started = company.world.call("POST", f"{company.path}/statistics/rebuild", auth=company.auth("owner"))
    job = company.world.call("GET", f"{company.path}/jobs/{started.json['id']}", auth=company.auth("owner")).json

    assert (started.status, job["state"], job["progress"]) == (202, "done", {"done": 3, "of": 3})
    assert (figures(company).is_counted, figures(company).job, received(company)) == (True, "", 3)


def test_only_owners_start_a_rebuild(company: Organisation) -> None:
    assert company.world.call("POST", f"{company.path}/statistics/rebuild", auth=company.auth("agent")).status == 403


def test_a_repeated_request_starts_one_rebuild(company: Organisation) -> None:
    headers = {"Idempotency-Key": "1b0cf1ff-4a1e-4d6f-8f0c-0c0f2b1d7a11"}
    path, auth = f"{company.path}/statistics/rebuild", company.auth("owner")
    first, second = (company.world.call("POST", path, auth=auth, headers=headers).json["id"] for _ in range(2))
    assert first == second


def run_hourly(company: Organisation) -> None:
    world = world_of(company)
    world.fakes.clock.move_to(world.now() + 2 * HOUR)
    hourly.run(world.fakes.wiring, company.id, world.now())


def test_the_hourly_job_counts_what_changed(company: Organisation) -> None:
    run_hourly(company)
    assert (figures(company).is_counted, figures(company).pending, received(company)) == (True, [], 3)


def test_the_hourly_job_rebuilds_what_was_counted_by_an_earlier_definition(company: Organisation) -> None:
    run_hourly(company)
    store = world_of(company).fakes.store
    with binding.tenant(company.id):
        found = head.read(store, company.id)
        store.commit([found.write(company.id, replace(found.head, definition="earlier"))])
    run_hourly(company)
    company.world.call("GET", f"{company.path}/people/me", auth=company.auth("owner"))
    world_of(company).move_to("2026-11-23T15:00:00+08:00")
    assert (figures(company).is_counted, received(company)) == (True, 3)


def test_cells_of_another_definition_are_not_read(company: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their tuples can have other columns. So many records as a question counts itself are counted by it."""
    run_hourly(company)
    store = world_of(company).fakes.store
    with binding.tenant(company.id):
        found = head.read(store, company.id)
        unreadable = cell.FORM.entry(keys.statistics_cell(company.id, "D", "2026-11-23"), b"[0,[],[[0,1]]]")
        left = replace(found.head, definition="earlier")
        store.commit([found.write(company.id, left), Put(unreadable, if_absent=False)])
    few = received(company)
    monkeypatch.setattr(reading, "MOST_PENDING", 2)

    assert (few, received(company)) == (3, None)


def test_what_changes_during_a_rebuild_is_counted_after_it(company: Organisation) -> None:
    """A complaint that is filed then is in no month of the rebuild, and consolidations wait."""
    run_hourly(company)
    world, name = world_of(company), f"{JOB_KIND}-slow"
    store = world.fakes.store
    begun = Job(id=name, kind=JOB_KIND, by="x", started=world.now(), cursor=jobs.cursor(StatisticsCursor()))
    with binding.tenant(company.id):
        store.commit([jobs.new(company.id, begun)])
        driver.run_steps(world.fakes.wiring, company.id, name, world.now(), {JOB_KIND: step.step})
    world.fakes.effects.waiting.clear()  # the message of its next step
    company.file()
    world.fakes.effects.waiting.clear()
    run_hourly(company)
    during = (figures(company).is_counted, len(figures(company).pending), received(company))
    with binding.tenant(company.id):
        driver.run_steps(world.fakes.wiring, company.id, name, world.now(), {JOB_KIND: step.step}, budget=DAY)
    after = received(company)
    world.fakes.clock.move_to(world.now() + 2 * DAY)
    run_hourly(company)

    assert (during, after) == ((False, 1, 4), 4)
    assert (figures(company).pending, received(company)) == ([], 4)


def test_a_large_organisation_is_counted_by_a_rebuild(company: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection, "MOST_INLINE", 2)
    run_hourly(company)
    world_of(company).move_to("2026-11-23T15:00:00+08:00")
    assert (figures(company).is_counted, received(company)) == (True, 3)


def test_a_rebuild_that_failed_is_started_again_on_another_day(company: Organisation) -> None:
    run_hourly(company)
    world, store = world_of(company), world_of(company).fakes.store
    with binding.tenant(company.id):
        found = head.read(store, company.id)
        left = replace(found.head, definition="", job="statistics-rebuild-gone")
        store.commit([found.write(company.id, left)])
    run_hourly(company)
    world.move_to("2026-11-24T15:00:00+08:00")
    assert (figures(company).is_counted, figures(company).job, received(company)) == (True, "", 3)


def test_a_rebuild_that_runs_is_not_started_again(company: Organisation) -> None:
    world, store = world_of(company), world_of(company).fakes.store
    with binding.tenant(company.id):
        start.start_if_needed(store, world.fakes.real_clock, company.id, world.now())
        name = f"{JOB_KIND}-2026-11-23-{definition()}"
        driver.run_steps(world.fakes.wiring, company.id, name, world.now(), {JOB_KIND: step.step})
        start.start_if_needed(store, world.fakes.real_clock, company.id, world.now() + DAY)
        assert jobs.read(store, company.id, f"{JOB_KIND}-2026-11-24-{definition()}") is None


def test_a_rebuild_that_began_by_an_earlier_definition_begins_again(company: Organisation) -> None:
    """Its first pages were counted before the release that goes on with it."""
    run_hourly(company)
    world, name = world_of(company), f"{JOB_KIND}-2026-11-23-{definition()}"
    store = world.fakes.store
    with binding.tenant(company.id):
        found = head.read(store, company.id)
        store.commit([found.write(company.id, replace(found.head, definition="earlier"))])
        start.start_if_needed(store, world.fakes.real_clock, company.id, world.now())
        driver.run_steps(world.fakes.wiring, company.id, name, world.now(), {JOB_KIND: step.step})
        begun = jobs.read(store, company.id, name)
        assert begun is not None
        at = replace(begun.job.at(StatisticsCursor), definition="earlier", cleared=True, place=None)
        store.commit([jobs.change(company.id, begun, replace(begun.job, cursor=jobs.cursor(at)))])
        driver.run_steps(world.fakes.wiring, company.id, name, world.now(), {JOB_KIND: step.step}, budget=DAY)
        counted = keys.statistics_cell(company.id, "D", "2026-11-23")
        assert counted in store.get([counted])

    assert (figures(company).is_counted, received(company)) == (True, 3)
