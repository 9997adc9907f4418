"""An organisation's erasure includes the reports about its office, wherever they are kept."""

from __future__ import annotations

from chalicelib.access import binding
from chalicelib.features.leaving import erasure
from chalicelib.jobs import driver
from chalicelib.jobs import job as jobs
from chalicelib.kit.instants import DAY
from chalicelib.workers import entries, hourly
from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.supervision.reporting import about, operate, report


def leave(office: Organisation) -> None:
    answer = office.world.call("POST", f"{office.path}/leave", {"id": office.id}, auth=office.auth("owner"))
    assert answer.status < 300, answer.text


def let_pass(world: InProcess, days: int) -> None:
    for _ in range(days):
        world.fakes.clock.move_to(world.fakes.clock() + DAY)
        world.sweep()


def erase_until(world: InProcess, office: Organisation, phase: str) -> None:
    """The hourly job begins the erasure, whose steps run until this phase is next."""
    wiring = world.fakes.wiring
    hourly.run(wiring, office.id, wiring.clock())
    with binding.tenant(office.id):
        while (held := jobs.read(wiring.store, office.id, erasure.NAME)) is not None:
            if held.job.at(erasure.ErasureCursor).phase == phase:
                return
            driver.run_steps(wiring, office.id, erasure.NAME, wiring.clock(), entries.JOBS)
    raise AssertionError(phase)


def test_the_erasure_removes_reports_of_this_organisation_only() -> None:
    world = InProcess("2026-11-27T09:00:00+08:00")
    office, other = marketplace_in(world), marketplace_in(world)
    ids = []
    for one in (office, other):
        one.subs["owner"] = one.get("/people/me", "owner")["sub"]
        ids += [report(one).id, report(one, about(one, "owner", "supervisor")).id]

    leave(office)
    let_pass(world, 32)

    stored = [str(entry.key) for entry in world.fakes.store.everything() if "#M#" not in entry.key.pk]
    assert [one for one in ids if any(one in key for key in stored)] == ids[2:]
    assert [row["id"] for row in operate(world, "GET", "").json["reports"]] == [other.id]


def test_a_report_that_comes_during_the_erasure_is_erased_too() -> None:
    """A process that knew the organisation a minute ago takes it. Only the operators are left to handle it."""
    world = InProcess("2026-11-27T09:00:00+08:00")
    office = marketplace_in(world)
    leave(office)
    world.fakes.clock.move_to(world.fakes.clock() + 31 * DAY)
    report(office)
    erase_until(world, office, "objects")

    late = report(office)
    let_pass(world, 1)

    assert [one.key for one in world.fakes.store.everything() if late.id in str(one.key)] == []
    assert operate(world, "GET", "").json["reports"] == []
