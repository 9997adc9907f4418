"""Work by the clock under a policy with words of a later release: it stays due, and is done when these are known. What
people order in its place is refused."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.features.messages.relay import stream_reconciliation
from chalicelib.jobs import driver
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim, PermanentFailure
from chalicelib.jobs.driver import Step
from chalicelib.jobs.job import Job
from chalicelib.kit.instants import HOUR, Instant, from_text
from chalicelib.store.keys import CaseRef
from chalicelib.workers import entries
from tests.across.stored.shop import under_later_policy, world_of
from tests.clauses.offices.workshop import workshop_in
from tests.clauses.organisation import Organisation, hire, sign_up, sign_up_with
from tests.clauses.world import InProcess
from tests.figures.office import DAY, busy_council, editions, published_council
from tests.figures.office import sweep as sweep_at
from tests.figures.test_corrections import correct
from tests.helpers.fakes.deadlines import sweep_and_work
from tests.improvements import acting as improvements
from tests.ledgers.test_frozen import month_ends, on_record
from tests.switching import shop as switching
from tests.units.periodic_tasks import office as tasks

START = "2026-11-27T09:00:00+08:00"


def word(policy: dict[str, Any]) -> None:
    policy["mediation"] = {"by": "office"}


def _events(shop: Organisation, type_: str) -> list[dict[str, Any]]:
    return [one for one in shop.get("/record?limit=100", "owner")["events"] if one["type"] == type_]


@pytest.mark.slow
def test_figures_are_published_later() -> None:
    council = busy_council()
    with under_later_policy(council, word):
        sweep_at(council, DAY)
        assert editions(council) == []
    sweep_at(council, "2026-10-10T02:30:00+01:00")
    assert len(editions(council)) == 1


@pytest.mark.slow
def test_figures_are_not_corrected() -> None:
    council = published_council()
    with under_later_policy(council, word):
        assert correct(council).status == 503


def test_improvement_actions_are_not_opened() -> None:
    helpdesk = improvements.founded()
    with under_later_policy(helpdesk, word):
        assert improvements.ask(helpdesk, "POST", "", improvements.wanted(helpdesk)).status == 503
        assert improvements.ask(helpdesk, "GET").json["improvements"] == []
    assert improvements.opened(helpdesk)


def test_ledgers_are_frozen_later() -> None:
    workshop = workshop_in(InProcess(START))
    with under_later_policy(workshop, word):
        month_ends(workshop)
        assert on_record(workshop) == []
    workshop.world.move_to("2026-12-01T04:00:00+08:00")
    world_of(workshop).sweep()
    assert len(on_record(workshop)) == 2


def test_inspections_are_produced_later() -> None:
    centre = sign_up(InProcess(START), "government-service-centre")
    with under_later_policy(centre, lambda policy: policy["supervision"]["inspection"].update(begins="later")):
        tasks.hour(centre, "2027-01-02T00:30:00+08:00")
        tasks.hour(centre, "2027-01-02T02:30:00+08:00")
        assert _events(centre, "inspection_produced") == []
    tasks.hour(centre, "2027-01-02T04:30:00+08:00")
    assert len(_events(centre, "inspection_produced")) == 1


@pytest.mark.parametrize("begun", [False, True], ids=["a job that was not started", "a job that was started"])
def test_tasks_of_the_calendar_are_opened_later(begun: bool) -> None:
    """Without the word, the policy has no such task, and the job would have nothing to open."""
    document = tasks.policy(year_report=None, plant_check=None)
    office = sign_up_with(InProcess(tasks.START), yaml.safe_dump(document, sort_keys=False))
    tasks.add(office, "north")
    hire(office, "head", name="of_north", unit="north")
    if begun:
        tasks.wait(office, "2026-12-31T22:30:00+01:00")
    with under_later_policy(office, lambda policy: policy["tasks"]["quarter_report"]["quarterly"].update(day="first")):
        tasks.wait(office, "2027-01-01T12:00:00+01:00")
        assert tasks.opened(office) == []
    tasks.hour(office, "2027-01-01T14:00:00+01:00")
    tasks.hour(office, "2027-01-01T16:00:00+01:00")
    assert tasks.opened(office) == [("quarter_report", "2027-Q1")]


def test_complaints_are_switched_later(monkeypatch: pytest.MonkeyPatch) -> None:
    company = sign_up(InProcess(START), "corporate-standard")
    number = company.file(severity="general")
    switching.publish(company)
    token = switching.dry_run(company)["token"]
    job = switching.started_without_queue(company, monkeypatch, token=token)
    with under_later_policy(company, word):
        world_of(company).sweep()
        found = company.get(f"/jobs/{job}", "owner")
        assert (found["state"], found["counts"].get("refused", 0)) == ("running", 0)
    company.world.move_to("2026-11-27T11:00:00+08:00")
    assert switching.done(company, job)["counts"]["switched"] == 1
    assert company.complaint(number)["policy"] == "2"


def test_the_reconciliation_of_lost_events_ends_and_skips_none(shop: Organisation) -> None:
    """Each complaint keeps the place of its first event that needs the policy, so it keeps back no other complaint."""
    number = shop.file()
    with under_later_policy(shop, word):
        assert _reconciled(shop, "2026-11-28T11:00:00+08:00") == "done"
        assert not _is_reconciled(shop, number)
    assert _reconciled(shop, "2026-11-29T13:00:00+08:00") == "done"
    assert _is_reconciled(shop, number)


def _is_reconciled(shop: Organisation, number: str) -> bool:
    key = stream_reconciliation.watermark_key(CaseRef(shop.id, number))
    with binding.tenant(shop.id):
        return key in world_of(shop).fakes.store.get([key])


def _reconciled(shop: Organisation, when: str) -> str:
    """The state of the day's job."""
    wiring, now = world_of(shop).fakes.wiring, from_text(when)
    with binding.tenant(shop.id):
        job = stream_reconciliation.start_job(wiring.store, wiring.real_clock, shop.id, now)
        driver.run_steps(wiring, shop.id, job, now, entries.JOBS, budget=HOUR)
        stored = jobs.read(wiring.store, shop.id, job)
    world_of(shop).settle()
    assert stored is not None
    return stored.job.state


def test_no_job_takes_the_words_for_a_failure_of_its_own(shop: Organisation) -> None:
    """Every kind of job gets the same policies."""

    def step(claim: Claim) -> None:
        try:
            claim.wiring.compiled.get(claim.tenant, "1")
        except Exception as error:
            raise PermanentFailure from error
        claim.save(replace(claim.job, state="done"))

    wiring = world_of(shop).fakes.wiring
    with binding.tenant(shop.id):
        wiring.store.commit([jobs.new(shop.id, Job(id="any", kind="any", by="system", started=wiring.clock()))])
    with under_later_policy(shop, word):
        assert _job_after_sweep(shop, step, wiring.clock()) == "running"
    assert _job_after_sweep(shop, step, wiring.clock() + driver.WAITS) == "done"


def _job_after_sweep(shop: Organisation, step: Step, now: Instant) -> str:
    wiring = world_of(shop).fakes.wiring
    sweep_and_work(wiring, now, {"any": step})
    with binding.tenant(shop.id):
        stored = jobs.read(wiring.store, shop.id, "any")
    assert stored is not None
    return stored.job.state


def test_a_step_that_waits_is_counted(shop: Organisation, capsys: pytest.CaptureFixture[str]) -> None:
    with under_later_policy(shop, word):
        capsys.readouterr()
        shop.world.move_to("2026-11-27T11:00:00+08:00")
        world_of(shop).sweep()
        assert '"LaterRelease":[1.0]' in capsys.readouterr().out
