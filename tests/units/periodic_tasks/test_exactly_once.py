"""Each task is opened once in its period, however often, late, or simultaneously its job runs."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.features.units import periodic_tasks
from chalicelib.features.units.periodic_tasks import PeriodicCursor
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim
from chalicelib.jobs.job import Job, StoredJob
from chalicelib.kit.instants import from_text
from chalicelib.store import keys
from chalicelib.store.port import Unavailable
from chalicelib.tenants.directory import Directory
from tests.clauses.organisation import Organisation
from tests.units.periodic_tasks.office import add, hour, of_unit, office, opened, policy, publish, wait, world_of

BEGINS = from_text("2027-01-01T00:00:00+01:00")
JOB = "periodic-tasks-2026-12-31T2300"
QUARTER, YEAR = [("quarter_report", "2027-Q1")], [("year_report", "2027")]


@pytest.fixture
def at() -> Organisation:
    """The hourly job has run, and the tasks open in half an hour."""
    made = office()
    hour(made, "2026-12-31T23:30:00+01:00")
    assert opened(made) == []
    return made


def stored(at: Organisation) -> Job:
    """The job, which people may look at too."""
    with binding.tenant(at.id):
        return jobs.get(world_of(at).fakes.wiring.store, at.id, JOB)


def run_step(at: Organisation, claims: int = 1) -> None:
    """Runs the job's whole first step as workers do whose claim came from a message that was delivered late."""
    fakes = world_of(at).fakes
    job = Job(
        id=JOB, kind=periodic_tasks.JOB_KIND, by="system", started=BEGINS, cursor=jobs.cursor(PeriodicCursor(BEGINS))
    )
    with binding.tenant(at.id):
        for _ in range(claims):
            periodic_tasks.step(_Unclaimed(fakes.wiring, at.id, StoredJob(job, 1), fakes.clock()))


class _Unclaimed(Claim):
    """A claim that another worker holds too. Its progress is not saved."""

    def save(self, after: Job, writes: Any = ()) -> None:
        pass


def test_the_job_is_due_when_the_tasks_open(at: Organisation) -> None:
    at.world.move_to("2027-01-01T00:00:00+01:00")

    assert (opened(at), opened(at, "south"), opened(at, "")) == (QUARTER, QUARTER, YEAR)
    assert (stored(at).state, stored(at).counts) == ("done", {"opened": 3})
    assert at.get(f"/jobs/{JOB}", "owner")["state"] == "done"


def test_a_job_that_runs_again_opens_nothing_more(at: Organisation) -> None:
    at.world.move_to("2027-01-01T00:10:00+01:00")
    run_step(at, claims=3)

    assert (opened(at), opened(at, "south"), opened(at, "")) == (QUARTER, QUARTER, YEAR)


def test_a_job_that_runs_again_in_a_later_period_opens_nothing_more(at: Organisation) -> None:
    wait(at, "2027-04-01T12:00:00+02:00")
    run_step(at)

    assert [period for task, period in opened(at) if task == "quarter_report"] == ["2027-Q1", "2027-Q2"]
    assert opened(at, "") == YEAR


@pytest.mark.parametrize("nth", range(1, 4))
def test_two_simultaneous_runs_open_each_task_once(at: Organisation, nth: int) -> None:
    """A second worker does the whole step in the moment before the first one's commit."""
    store = world_of(at).fakes.store
    world_of(at).jump_to("2027-01-01T00:05:00+01:00")
    commit, count, nested = store.commit, 0, False

    def commit_after_another(writes: Any) -> None:
        nonlocal count, nested
        count += 1
        if count == nth and not nested:
            nested = True
            run_step(at)
        commit(writes)

    store.commit = commit_after_another  # type: ignore[method-assign]
    run_step(at)
    store.commit = commit  # type: ignore[method-assign]
    world_of(at).settle()

    assert (opened(at), opened(at, "south"), opened(at, "")) == (QUARTER, QUARTER, YEAR)
    assert all([event["seq"] for event in of_unit(at, unit)] == [1, 2] for unit in ("north", "south", ""))
    told = [message["text"]["en"] for message in at.get("/messages", "of_north")["messages"]]
    assert len(told) == 1


def test_two_hourly_jobs_start_one_job(at: Organisation) -> None:
    before = stored(at)
    fakes = world_of(at).fakes
    with binding.tenant(at.id):
        for _ in range(2):
            periodic_tasks.start_due(fakes.wiring.store, fakes.wiring.compiled, fakes.real_clock, at.id, fakes.clock())

    assert stored(at) == before


def test_an_outage_only_delays_the_tasks(at: Organisation) -> None:
    """The job fails, five times in all. The hourly job starts it again."""
    fakes = world_of(at).fakes
    commit = fakes.store.commit

    def down(writes: Any) -> None:
        if any("U#" in str(write) for write in writes):
            raise Unavailable("down")
        commit(writes)

    fakes.store.commit = down  # type: ignore[method-assign]
    for minute in ("00:00", "00:01", "00:05", "00:21", "01:25", "01:30"):
        at.world.move_to(f"2027-01-01T{minute}:00+01:00")
    assert (stored(at).state, opened(at)) == ("failed", [])
    fakes.store.commit = commit  # type: ignore[method-assign]
    hour(at, "2027-01-01T02:30:00+01:00")
    hour(at, "2027-01-01T02:31:00+01:00")

    assert (opened(at), opened(at, "")) == (QUARTER, YEAR)
    assert of_unit(at)[0]["due_at"] == "2026-12-31T23:00:00.000Z"


def test_a_unit_that_fails_does_not_stop_the_others(at: Organisation, caplog: pytest.LogCaptureFixture) -> None:
    fakes = world_of(at).fakes
    get = fakes.store.get

    def damaged(asked: Any) -> Any:
        if any(key.pk.endswith("U#north") for key in asked):
            raise ValueError("damaged")
        return get(asked)

    fakes.store.get = damaged  # type: ignore[method-assign]
    at.world.move_to("2027-01-01T00:10:00+01:00")
    fakes.store.get = get  # type: ignore[method-assign]

    assert (opened(at), opened(at, "south"), opened(at, "")) == ([], QUARTER, YEAR)
    assert stored(at).state == "failed"
    assert logged(caplog, "A periodic task was not opened") == [(at.id, "ValueError")]
    hour(at, "2027-01-01T01:30:00+01:00")
    hour(at, "2027-01-01T01:31:00+01:00")
    assert (opened(at), opened(at, "south")) == (QUARTER, QUARTER)


def logged(caplog: pytest.LogCaptureFixture, message: str) -> list[tuple[str, str]]:
    """The organisation and the kind of error of each such line."""
    return [
        (record.__dict__["tenant"], record.__dict__["error"][0])
        for record in caplog.records
        if record.getMessage() == message
    ]


def test_more_units_than_one_step_takes_all_get_their_task() -> None:
    """The organisation as a whole is one more than the units."""
    units = [f"u{number:02}" for number in range(periodic_tasks.PAGE)]
    made = office(units=())
    for unit in units:
        add(made, unit)
    wait(made, "2027-01-01T12:00:00+01:00")

    assert [opened(made, unit) for unit in units] == [QUARTER] * len(units)
    assert opened(made, "") == YEAR


def test_more_tasks_than_one_commit_takes_are_all_opened() -> None:
    made = office(units=("north",))
    task = {"en": "Check", "of": "unit", "for": "head", "quarterly": {"day": 1, "due": "1 week"}}
    names = [f"check_{number:02}" for number in range(2 * periodic_tasks.MOST + 5)]
    publish(made, policy(**dict.fromkeys(names, task)))
    wait(made, "2027-01-01T12:00:00+01:00")

    assert sorted(opened(made)) == sorted([*QUARTER, *((name, "2027-Q1") for name in names)])


def test_an_erasure_that_has_begun_opens_nothing(at: Organisation) -> None:
    """Nothing may write an item of a unit while the organisation's items are deleted."""
    world_of(at).jump_to("2027-01-01T00:05:00+01:00")
    directory = Directory(world_of(at).fakes.store, world_of(at).fakes.real_clock)
    found = directory.find(at.id)
    assert found is not None
    directory.change(at.id, replace(found.listing, state="erasing"), found.version, found.due)
    run_step(at)

    partition = keys.unit(at.id, "north")
    assert not [entry for entry in world_of(at).fakes.store.everything() if entry.key.pk == partition]
