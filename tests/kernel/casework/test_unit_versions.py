"""A unit moves to the policy in force. A task that it does not define stays with the version that opened it."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.access import binding
from chalicelib.casework import due_events, snapshot
from chalicelib.casework.loading import Case
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.runs import MISSED, RUNNING
from chalicelib.complaints.units import periodic
from chalicelib.complaints.units.periodic import DueTask
from chalicelib.complaints.units.recurring import Period
from chalicelib.complaints.units.unit import ScoredUnit, for_unit, new_unit
from chalicelib.kit.instants import DAY, Instant, from_text
from chalicelib.policy import publishing
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.store.port import Put
from infra.memory_store.store import MemoryStore
from tests.helpers.fakes.sealer import PlainSealer
from tests.kernel.complaints import small_procedure

QUARTER = Period(from_text("2026-10-01T00:00:00+08:00"), "2026-Q4")
TASK: dict[str, Any] = {"of": "unit", "for": "agent", "quarterly": {"day": 1, "due": "10 days"}}


def version(number: str, *names: str) -> Policy:
    document = {
        **small_procedure.DOCUMENT,
        "intake": {**small_procedure.DOCUMENT["intake"], "unit": "optional"},
        "tiers": [{"roles": "agent"}, {"roles": "manager"}],
        "tasks": {name: {"en": name, **TASK} for name in names},
    }
    return compile_policy(publishing.prepare(document).document, number)


OLD, NEW = version("1", "report", "survey"), version("2", "report")


def case() -> Case:
    """A unit that owes both tasks."""
    flow = Flow(for_unit(OLD), new_unit("U#north", "north", OLD))
    for name in ("report", "survey"):
        periodic.open_task(flow, DueTask(name, QUARTER))
    return Case(flow.complaint, {}, lambda: for_unit(OLD))


def moved(now: Instant, to: Policy = NEW) -> Flow:
    store, unit = MemoryStore(), case()
    with binding.tenant("acme"):
        store.commit([Put(snapshot.entry("acme", unit.complaint, unit.policy))])
        return due_events.moved(store, PlainSealer(), "acme", unit, to, now)


def state(flow: Flow) -> ScoredUnit:
    assert isinstance(flow.complaint, ScoredUnit)
    return flow.complaint


def test_a_run_goes_on_under_the_newer_version_if_that_defines_its_task() -> None:
    flow = moved(QUARTER.at + DAY)
    assert {run.clock: (run.state, run.under) for run in state(flow).runs} == {
        "report": (RUNNING, ""),
        "survey": (RUNNING, "1"),
    }
    assert (state(flow).policy, state(flow).calendar, state(flow).carried) == (
        "2",
        NEW.calendar.edition,
        {"survey": "1"},
    )
    assert set(flow.policy.document.tasks) == {"report", "survey"}
    assert flow.policy.defining({"task": "survey"}).version == "1"


@pytest.mark.parametrize("to", [NEW, version("2", "report", "survey")], ids=["without the task", "with it"])
def test_what_was_missed_is_explained_by_the_version_under_which_it_was_missed(to: Policy) -> None:
    flow = moved(QUARTER.at + 15 * DAY, to)
    assert {run.clock: (run.state, run.under) for run in state(flow).runs} == {
        "report": (MISSED, "1"),
        "survey": (MISSED, "1"),
    }
    assert state(flow).carried == ({"survey": "1"} if to is NEW else {})


def test_a_unit_under_the_version_in_force_stays_as_it_is() -> None:
    flow = moved(QUARTER.at + DAY, OLD)
    assert (state(flow).policy, [run.under for run in state(flow).runs]) == ("1", ["", ""])


def test_a_task_of_the_calendar_does_not_keep_the_unit_under_its_version() -> None:
    assert not due_events.is_kept(case(), NEW)
