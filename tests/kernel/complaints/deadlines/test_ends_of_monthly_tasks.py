"""The `until` of a monthly task: its events cancel the clock of a task that is not done."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from chalicelib.complaints.filing import Filing
from chalicelib.complaints.runs import CANCELLED, MET, MISSED, RUNNING
from chalicelib.complaints.switching import plan as switching
from chalicelib.complaints.switching.plan import SwitchTerms
from chalicelib.kit.instants import from_text
from chalicelib.policy.compiled import Policy
from tests.kernel.complaints import play
from tests.kernel.complaints.play import Life
from tests.kernel.complaints.switching.test_tasks_of_one_name import (
    DECEMBERS,
    JANUARYS,
    SECOND_OF_JANUARY,
    START,
    act,
    do,
    dues,
    misses,
    policy,
    runs,
)

TWELFTH_OF_JANUARY = from_text("2027-01-12T09:00:00+08:00")


def parked_until_january(under: Policy) -> Life:
    """Parked in November. On 2 January, December's contact is missed, and January's is open too."""
    life = play.filed(under, Filing("a"), START)
    act(life, START, "park")
    life.wait(SECOND_OF_JANUARY)
    return life


def test_the_next_opening_ends_the_time_of_the_task_before() -> None:
    life = parked_until_january(policy(until=["task_opened"]))
    assert (dues(life), [run.state for run in runs(life)]) == ([(JANUARYS, RUNNING)], [MISSED, RUNNING])

    life.wait(TWELFTH_OF_JANUARY)

    assert misses(life, 1)[-1] < "2027-01-01"
    assert misses(life, 2) == [JANUARYS, "2027-01-11T16:00:00.000Z"]


@pytest.mark.parametrize(("event", "name"), [("resumed", "resume"), ("closed", "close")])
def test_an_end_of_its_time_does_not_count_as_done(event: str, name: str) -> None:
    life = parked_until_january(policy(until=[event]))

    act(life, SECOND_OF_JANUARY, name)

    assert [(run.state, run.open) for run in runs(life)] == [(MISSED, False), (CANCELLED, False)]


def test_a_task_whose_time_has_ended_can_still_be_done() -> None:
    life = parked_until_january(policy(until=["resumed"]))
    act(life, SECOND_OF_JANUARY, "resume")

    do(life, "contact")
    do(life, "contact")

    assert life.complaint.tasks == {}


def test_a_done_task_is_met() -> None:
    life = parked_until_january(policy(until=["task_opened"]))

    do(life, f"{play.NUMBER}/{max(life.complaint.tasks, key=int)}")

    assert [run.state for run in runs(life)] == [MISSED, MET]


@pytest.mark.parametrize("name", ["resume", "close"])
def test_without_until_the_close_and_other_events_end_no_time(name: str) -> None:
    life = parked_until_january(policy())

    act(life, SECOND_OF_JANUARY, name)

    assert dues(life) == [(DECEMBERS, MISSED), (JANUARYS, RUNNING)]


@pytest.mark.parametrize(("until", "started"), [([], 2), (["task_opened"], 1), (["task_opened", "resumed"], 0)])
def test_a_switch_starts_no_clock_of_a_task_whose_time_has_ended(until: list[str], started: int) -> None:
    timed = policy()
    untimed = replace(timed, clocks={"whole": timed.clocks["whole"]})
    life = parked_until_january(untimed)
    act(life, SECOND_OF_JANUARY, "resume")

    terms = SwitchTerms(start_new_clocks=True, accept_breaches=True)
    found = switching.plan(untimed, policy("2", until=until), life.complaint, terms, life.events, SECOND_OF_JANUARY)

    assert [change.effect for change in found.changes if change.run.clock == "contact"] == ["started"] * started
