"""The scheduled inspection: produced once after each period, told, waited for, and late once."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.features.inspections import schedule
from chalicelib.statistics import reading
from chalicelib.workers import hourly
from tests.clauses.organisation import Organisation, sign_up_with
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.helpers.fakes.faults import Breaker, Crash
from tests.inspections.inspecting import document, figures, order, produced, world_of
from tests.units.periodic_tasks.office import ask, hour, publish, wait

POLICY = """
language: 1
name: {en: Office}
calendar: {timezone: Europe/Berlin, hours: {mon-fri: ["09:00-17:00"]}}
people: {head: {en: Head}, inspector: {en: Inspector}, council: {en: Council}}
intake: {channels: [phone], facts: {content: required}}
stages: {registered: {close: {by: head, to: over}}, over: {}}
supervision:
  by: inspector
  inspection: {every: month, due: 5 working days, for: inspector, tells: council}
sample: {channel: phone, facts: {content: The queue is long.}}
"""
MIDNIGHT = "2027-04-01T00:00:00+02:00"
"""The end of a month in which the clocks changed."""
SOON, DUE = "2027-04-01T00:30:00+02:00", "2027-04-08T17:00:00+02:00"


def policy(**inspection: Any) -> dict[str, Any]:
    """The policy as a document, with another inspection. Without arguments: with none."""
    found: dict[str, Any] = yaml.safe_load(POLICY)
    if inspection:
        return {**found, "supervision": {"by": ["inspector", "council"], "inspection": inspection}}
    return {**found, "supervision": {"by": ["inspector", "council"]}}


@pytest.fixture
def office() -> Organisation:
    """On 31 March, in the evening, with two complaints. The first was filed before the clocks changed."""
    found = sign_up_with(InProcess("2027-03-20T09:00:00+01:00"), POLICY)
    found.file()
    hour(found, "2027-03-31T23:00:00+02:00")
    found.file()
    return found


def rows(office: Organisation, who: str = "inspector") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office.get("/inspections", who)["inspections"]
    return found


def ids(office: Organisation) -> list[str]:
    return [one["id"] for one in rows(office)]


def texts(office: Organisation, who: str) -> list[str]:
    office.world.settle()
    return [message["text"]["en"] for message in office.get("/messages", who)["messages"]]


def own_events(office: Organisation, type_: str) -> list[dict[str, Any]]:
    return [one for one in office.get("/record", "owner")["events"] if one["type"] == type_]


def assess(office: Organisation) -> Answer:
    fields = {"task": "inspection", "assessment": "All is well."}
    return ask(office, "POST", "/organisation/acts/do_task", {"fields": fields}, "inspector")


def run_hourly(office: Organisation) -> None:
    world = world_of(office)
    hourly.run(world.fakes.wiring, office.id, world.now())


def test_it_is_not_produced_before_the_period_has_ended(office: Organisation) -> None:
    hour(office, "2027-03-31T23:59:00+02:00")
    run_hourly(office)
    assert rows(office) == []


def test_it_has_the_period_by_the_clocks_of_its_zone(office: Organisation) -> None:
    hour(office, SOON)
    office.file()
    [row] = rows(office)
    assert (row["id"], row["from"], row["to"]) == ("2027-03.1", "2027-03-01", "2027-03-31")
    assert row["due"] == "2027-04-08T15:00:00.000Z"
    assert figures(document(office, row["id"]), "inflow", None)[""]["received"] == {"count": 2}


def test_its_task_is_due_as_the_document_says(office: Organisation) -> None:
    hour(office, SOON)
    [task] = office.get("/tasks", "inspector")["tasks"]
    assert task["due"] == rows(office)[0]["due"] == document(office, "2027-03.1")["due"]


def test_the_inspector_and_the_people_told_get_a_message(office: Organisation) -> None:
    hour(office, SOON)
    ready = "The inspection report of 2027-03 is ready. Please read it"
    [text] = [one for one in texts(office, "inspector") if one.startswith(ready)]
    assert text.startswith(f"{ready}; its assessment is due by ")
    assert f"{ready}." in texts(office, "council")
    assert [one for one in texts(office, "head") if "inspection" in one] == []


def test_it_is_produced_once_however_often_the_job_runs(office: Organisation) -> None:
    hour(office, SOON)
    for _ in range(3):
        run_hourly(office)
    hour(office, "2027-04-01T03:00:00+02:00")
    assert ids(office) == ["2027-03.1"]
    assert len(own_events(office, "inspection_produced")) == 1
    assert len([one for one in texts(office, "council") if "is ready" in one]) == 1


class Meanwhile(Breaker):
    """Another worker runs the whole job just before the call."""

    def __init__(self, at: int, office: Organisation) -> None:
        super().__init__(at)
        self._office = office

    def reached(self) -> None:
        with binding.tenant(self._office.id):
            schedule.run(world_of(self._office).fakes.wiring, self._office.id, world_of(self._office).now())


def broken(office: Organisation, breaker: Breaker) -> None:
    """One run of the schedule, of which the breaker counts the calls of the store."""
    wiring = world_of(office).fakes.wiring
    with binding.tenant(office.id):
        schedule.run(replace(wiring, store=breaker.wrap(wiring.store)), office.id, world_of(office).now())


MOST_CALLS = 34


@pytest.mark.parametrize("at", range(1, MOST_CALLS))
def test_two_workers_at_once_produce_one(office: Organisation, at: int) -> None:
    world_of(office).fakes.clock.move_to(world_of(office).now() + 2 * 3_600_000)
    breaker = Meanwhile(at, office)
    broken(office, breaker)
    assert breaker.calls < MOST_CALLS
    assert ids(office) == ["2027-03.1"]
    assert len(own_events(office, "inspection_produced")) == 1


@pytest.mark.parametrize("after", [False, True])
def test_a_crash_at_any_call_is_made_good_by_the_next_run(office: Organisation, *, after: bool) -> None:
    world_of(office).fakes.clock.move_to(world_of(office).now() + 2 * 3_600_000)
    crashes = 0
    for at in range(1, MOST_CALLS):
        try:
            broken(office, Breaker(at, after=after))
        except Crash:
            crashes += 1
    broken(office, Breaker(0))
    assert crashes > 5
    assert ids(office) == ["2027-03.1"]
    assert len(own_events(office, "inspection_produced")) == 1


def test_it_waits_for_the_figures(office: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(reading, "MOST_PENDING", -1)
        hour(office, SOON)
        assert rows(office) == []
        assert [task["task"] for task in office.get("/tasks", "inspector")["tasks"]] == ["inspection"]
    hour(office, "2027-04-01T02:30:00+02:00")
    assert ids(office) == ["2027-03.1"]
    assert document(office, "2027-03.1")["produced_at"] == "2027-04-01T00:30:00.000Z"


def test_it_is_produced_although_the_job_did_not_run_for_weeks(office: Organisation) -> None:
    world = world_of(office)
    world.fakes.clock.move_to(world.now() + 30 * 86_400_000)
    run_hourly(office)
    assert ids(office) == ["2027-03.1"]


def test_a_failure_does_not_stop_the_hourly_job(office: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(schedule, "_produce_if_missing", fails)
    hour(office, SOON)
    assert [task["task"] for task in office.get("/tasks", "inspector")["tasks"]] == ["inspection"]
    monkeypatch.undo()
    hour(office, "2027-04-01T02:30:00+02:00")
    assert ids(office) == ["2027-03.1"]


def test_a_version_published_after_the_end_does_not_inspect_that_period(office: Organisation) -> None:
    publish(office, policy())
    hour(office, SOON)
    publish(office, policy(every="month", due="5 working days", **{"for": "inspector"}))
    hour(office, "2027-04-01T03:30:00+02:00")
    assert rows(office) == []
    wait(office, "2027-05-01T00:30:00+02:00")
    assert ids(office) == ["2027-04.1"]


def test_a_version_without_inspection_ends_them(office: Organisation) -> None:
    hour(office, SOON)
    publish(office, policy())
    wait(office, "2027-05-01T00:30:00+02:00")
    assert [one["id"] for one in rows(office, "owner")] == ["2027-03.1"]
    assert ask(office, "GET", "/inspections", who="inspector").status == 403


def test_an_order_before_the_job_is_the_scheduled_one(office: Organisation) -> None:
    world_of(office).fakes.clock.move_to(world_of(office).now() + 2 * 3_600_000)
    first = produced(office, "2027-03", "inspector")
    hour(office, "2027-04-01T02:30:00+02:00")
    assert (ids(office), first["due"]) == (["2027-03.1"], "2027-04-08T15:00:00.000Z")


def test_an_order_for_another_kind_of_period_is_not_due(office: Organisation) -> None:
    hour(office, SOON)
    assert produced(office, "2027-Q1")["due"] is None
    assert [(one["id"], one["due"] is None) for one in rows(office)] == [("2027-Q1.1", True), ("2027-03.1", False)]


def test_the_list_is_read_page_by_page(office: Organisation) -> None:
    hour(office, SOON)
    for wanted in ("2027-Q1", "2027-03"):
        assert order(office, wanted).status == 201
    first = office.get("/inspections?limit=2", "owner")
    second = office.get(f"/inspections?limit=2&cursor={first['cursor']}", "owner")
    found = [one["id"] for page in (first, second) for one in page["inspections"]]
    assert found == ["2027-Q1.1", "2027-03.2", "2027-03.1"]
    assert second["cursor"] is None


def test_an_assessment_in_time_is_told_and_is_not_late(office: Organisation) -> None:
    hour(office, SOON)
    assert assess(office).status == 200
    assert [one for one in texts(office, "council") if "is done" in one]
    hour(office, "2027-04-08T18:00:00+02:00")
    assert rows(office)[0]["late"] is False
    assert own_events(office, "inspection_late") == []


def test_the_owners_are_told_once_that_it_is_late(office: Organisation) -> None:
    hour(office, SOON)
    before = document(office, "2027-03.1")
    hour(office, "2027-04-08T16:30:00+02:00")
    assert rows(office)[0]["late"] is False
    for when in (DUE, "2027-04-08T18:30:00+02:00", "2027-04-09T12:00:00+02:00"):
        hour(office, when)
    run_hourly(office)
    [event] = own_events(office, "inspection_late")
    assert event["fields"] == {"inspection": "2027-03.1", "period": "2027-03"}
    assert rows(office)[0]["late"] is True
    told = [one for one in texts(office, "owner") if "is overdue" in one]
    late = "The assessment of the inspection report of 2027-03 is overdue. Please deal with it."
    assert told == [f"{late} It was due by Thu 8 Apr 2027 17:00 (Berlin time)."]
    assert document(office, "2027-03.1") == before
    assert assess(office).status == 200
    assert rows(office)[0]["late"] is True


def test_a_leaving_organisation_is_inspected_until_its_erasure(office: Organisation) -> None:
    assert ask(office, "POST", "/leave", {"id": office.id}).status < 300
    hour(office, SOON)
    assert ids(office) == ["2027-03.1"]
