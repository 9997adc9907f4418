"""Tasks that the calendar opens for a unit: once a period, with the first tier while nothing else is open."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.complaints.acting.advance import advance
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import SYSTEM
from chalicelib.complaints.rights.permits import Grant
from chalicelib.complaints.units import periodic
from chalicelib.complaints.units.periodic import DueTask
from chalicelib.complaints.units.recurring import Period
from chalicelib.complaints.units.unit import ScoredUnit, for_unit, new_unit
from chalicelib.kit.instants import DAY, from_text, to_text
from chalicelib.policy.compiled import Policy
from tests.kernel.complaints import small_procedure

QUARTER = Period(from_text("2026-10-01T00:00:00+08:00"), "2026-Q4")
NEXT = Period(from_text("2027-01-01T00:00:00+08:00"), "2027-Q1")
CHANGES: dict[str, Any] = {
    "intake": {"unit": "optional"},
    "tiers": [{"roles": "agent"}, {"roles": "manager"}],
    "tasks": {
        "report": {"en": "Report", "of": "unit", "for": "agent", "quarterly": {"day": 1, "due": "10 days"}},
        "plan": {"en": "Plan", "of": "organisation", "for": "agent", "yearly": {"month": 1, "day": 1, "due": "5 days"}},
    },
}


def part(owner: Any = "unit") -> Policy:
    return for_unit(small_procedure.policy(CHANGES), owner)


def unit() -> ScoredUnit:
    return new_unit("U#north", "north", part())


def opened(state: ScoredUnit, period: Period = QUARTER, *also: str) -> Flow:
    flow = Flow(part(), state)
    periodic.open_task(flow, DueTask("report", period, also))
    return flow


def test_the_task_begins_with_its_period_and_its_people_are_told() -> None:
    flow = opened(unit(), QUARTER, "manager")
    task, message = flow.drafts
    assert (task.type, task.at, task.due_at, task.actor) == ("task_opened", QUARTER.at, QUARTER.at, SYSTEM)
    assert task.fields == {"task": "report", "role": "agent", "period": "2026-Q4"}
    assert (task.result.stage, task.result.tier) == ("active", 1)
    due = to_text(QUARTER.at + 10 * DAY)
    assert {name: message.fields[name] for name in ("to", "wording", "task", "due", "unit")} == {
        "to": ["agent", "manager"],
        "wording": "unit_task_scheduled",
        "task": "report",
        "due": due,
        "unit": "north",
    }
    assert (message.at, message.fields["about"]) == (QUARTER.at, "U#north/1")


def test_a_late_run_opens_it_later_with_the_same_due_time() -> None:
    late = replace(unit(), at=QUARTER.at + 3 * DAY)
    flow = opened(late)
    [run] = flow.complaint.runs
    assert (flow.drafts[0].at, flow.drafts[0].due_at) == (QUARTER.at + 3 * DAY, QUARTER.at)
    assert (run.started, run.due) == (QUARTER.at, QUARTER.at + 10 * DAY)


@pytest.mark.parametrize(("done", "tier"), [(False, 2), (True, 1)])
def test_a_unit_that_owes_nothing_begins_with_the_first_tier_again(done: bool, tier: int) -> None:
    flow = opened(unit())
    assert advance(flow, QUARTER.at + 15 * DAY)
    assert flow.complaint.tier == 2
    late = replace(flow.complaint, tasks={}) if done else flow.complaint
    assert isinstance(late, ScoredUnit)
    assert opened(late, NEXT).drafts[0].result.tier == tier


def test_a_period_is_new_after_the_last_one() -> None:
    state = opened(unit()).complaint
    assert isinstance(state, ScoredUnit)
    elsewhere = Period(QUARTER.at + DAY // 2, QUARTER.name)
    earlier = Period(QUARTER.at - DAY, "2026-Q3")
    asked = [NEXT, QUARTER, elsewhere, earlier]
    assert [periodic.is_new(state, DueTask("report", one)) for one in asked] == [True, False, False, False]
    assert periodic.is_new(unit(), DueTask("report", QUARTER))


@pytest.mark.parametrize(
    ("owner", "name", "periods"),
    [("unit", "report", ["2026-Q4", "2027-Q1"]), ("organisation", "plan", ["2027"])],
)
def test_the_tasks_of_an_owner_fall_due_by_the_calendar(owner: Any, name: str, periods: list[str]) -> None:
    found = list(periodic.due_tasks(part(owner), owner, QUARTER.at - 1, NEXT.at))
    assert [(one.task, one.period.name) for one in found] == [(name, period) for period in periods]
    assert list(periodic.due_tasks(part(owner), owner, NEXT.at, NEXT.at + DAY)) == []


def test_a_unit_has_only_the_part_of_the_policy_that_concerns_units() -> None:
    own, whole = part(), part("organisation")
    assert (list(own.document.tasks), list(whole.document.tasks)) == (["report"], ["plan"])
    assert (list(own.clocks), own.document.stages, own.ageing, own.intervals) == (["report"], {}, (), {})
    assert Grant("agent").role in own.document.people
