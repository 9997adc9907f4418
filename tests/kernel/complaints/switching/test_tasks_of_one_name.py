"""Open tasks with the same name: each has its own run, escalation and misses."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.complaints.filing import Filing
from chalicelib.complaints.rights.permits import ActRequest, Asker, Grant
from chalicelib.complaints.runs import CANCELLED, MISSED, RUNNING, Run, from_json
from chalicelib.complaints.switching import plan as switching
from chalicelib.complaints.switching.plan import SwitchTerms
from chalicelib.kit.instants import Instant, from_text, to_text
from chalicelib.policy import publishing
from chalicelib.policy.compiled import Policy, compile_policy
from tests.kernel.complaints import play
from tests.kernel.complaints.play import Life

START = from_text("2026-11-26T10:00:00+08:00")
SECOND_OF_JANUARY = from_text("2027-01-02T09:00:00+08:00")
SECOND_OF_FEBRUARY = from_text("2027-02-02T09:00:00+08:00")
DECEMBERS, JANUARYS = "2026-12-04T16:00:00.000Z", "2027-01-04T16:00:00.000Z"
"""The end of the fourth day of each month, in Shanghai."""
ANN = Asker("staff", "ann", (Grant("ann"),))


def policy(version: str = "1", **contact: Any) -> Policy:
    task = {"zh": "联系", "for": "ann", "monthly": {"day": 1, "due_day": 4, "stages": ["parked"]}, **contact}
    document = {
        "language": 1,
        "name": "一",
        "calendar": {"timezone": "Asia/Shanghai", "hours": {"mon-fri": ["09:00-18:00"]}},
        "people": {"ann": "安", "bob": "鲍"},
        "tiers": [{"roles": "ann"}, {"roles": "bob", "within": "7 days", "again": "7 days"}],
        "intake": {"channels": ["a"]},
        "fields": {"until": {"zh": "何时", "kind": "time"}},
        "stages": {
            "registered": {"park": {"by": "ann", "to": "parked"}},
            "parked": {
                "extend": {"by": "ann", "needs": ["clock", "until"], "late": True},
                "withdraw": {"by": "ann", "to": "over"},
                "resume": {"by": "ann", "to": "over"},
                "close": {"by": "ann", "to": "over"},
            },
            "over": {},
        },
        "clocks": {"whole": {"from": "registered", "until": "resumed", "within": "12 months", "missed": "record"}},
        "tasks": {"contact": task},
    }
    return compile_policy(publishing.prepare(document).document, version)


@pytest.fixture
def twice() -> Life:
    """Parked in November. On 2 January, December's contact is missed, and January's is open too."""
    life = play.filed(policy(), Filing("a"), START)
    act(life, START, "park")
    life.wait(SECOND_OF_JANUARY)
    return life


def act(life: Life, at: Instant, name: str, **fields: Any) -> None:
    assert life.act(ActRequest(name, fields), ANN, at) is None


def do(life: Life, task: str, at: Instant = SECOND_OF_JANUARY) -> None:
    act(life, at, "do_task", task=task)


def ids(life: Life) -> list[str]:
    return [event.id for event in life.events if event.type == "task_opened"]


def runs(life: Life) -> list[Run]:
    """The last state of each run of the task's clock in the record."""
    found: dict[int, Run] = {}
    for event in life.events:
        found.update({run.n: run for run in map(from_json, event.result.get("clocks", [])) if run.clock == "contact"})
    return list(found.values())


def dues(life: Life) -> list[tuple[str | None, str]]:
    """The due times of the open runs."""
    return [(None if run.due is None else to_text(run.due), run.state) for run in runs(life) if run.open]


def misses(life: Life, run: int) -> list[str]:
    return [event.at for event in life.events if event.id.startswith(f"{play.NUMBER}/contact/{run}/")]


def test_each_opening_has_its_own_time(twice: Life) -> None:
    assert dues(twice) == [(DECEMBERS, MISSED), (JANUARYS, RUNNING)]


def test_the_first_task_escalates_while_it_is_open(twice: Life) -> None:
    twice.wait(from_text("2027-01-12T09:00:00+08:00"))
    assert [one[:10] for one in misses(twice, 1)] == [
        "2026-12-04", "2026-12-11", "2026-12-18", "2026-12-25", "2027-01-01", "2027-01-08",
    ]  # fmt: skip


def test_completing_one_task_does_not_change_the_others_due_time(twice: Life) -> None:
    do(twice, ids(twice)[0])
    assert dues(twice) == [(JANUARYS, RUNNING)]


def test_an_open_task_is_missed_although_another_of_its_name_is_done(twice: Life) -> None:
    do(twice, ids(twice)[0])
    twice.wait(from_text("2027-01-12T09:00:00+08:00"))
    assert misses(twice, 2) == [JANUARYS, "2027-01-11T16:00:00.000Z"]


def test_completing_the_later_task_does_not_stop_the_first_ones_escalation(twice: Life) -> None:
    do(twice, ids(twice)[1])
    twice.wait(from_text("2027-01-12T09:00:00+08:00"))
    assert (dues(twice), misses(twice, 2), misses(twice, 1)[-1][:10]) == ([(DECEMBERS, MISSED)], [], "2027-01-08")


def test_a_name_stands_for_the_task_that_was_opened_first(twice: Life) -> None:
    do(twice, "contact")
    assert list(twice.complaint.tasks) == [ids(twice)[1].rpartition("/")[2]]


def test_an_extension_applies_to_the_task_that_was_opened_first(twice: Life) -> None:
    for until in ("2027-01-20T10:00:00Z", "2027-01-25T10:00:00Z"):
        act(twice, SECOND_OF_JANUARY, "extend", clock="contact", until=until)
    assert dues(twice) == [(JANUARYS, RUNNING), ("2027-01-25T10:00:00.000Z", RUNNING)]


def test_the_extended_time_is_met_by_its_own_task(twice: Life) -> None:
    act(twice, SECOND_OF_JANUARY, "extend", clock="contact", until="2027-01-20T10:00:00Z")
    do(twice, ids(twice)[0])
    assert dues(twice) == [(JANUARYS, RUNNING)]


def test_a_cancelling_event_cancels_all_runs_of_the_clock(twice: Life) -> None:
    act(twice, SECOND_OF_JANUARY, "withdraw")
    assert [(run.state, run.open) for run in runs(twice)] == [(MISSED, False), (CANCELLED, False)]


def test_a_notice_of_an_opening_has_the_due_time_of_that_task(twice: Life) -> None:
    said = [event.fields["due"] for event in twice.events if event.fields.get("wording") == "task_opened"]
    assert said == [DECEMBERS, JANUARYS]


def test_a_switch_keeps_each_run(twice: Life) -> None:
    plan = switching.plan(policy(), policy("2"), twice.complaint, SwitchTerms(), twice.events, SECOND_OF_JANUARY)
    assert [(change.run.n, change.effect) for change in plan.changes if change.run.clock == "contact"] == [
        (1, "missed"),
        (2, "same"),
    ]


def test_a_switch_starts_the_new_clock_for_each_open_task() -> None:
    timed = policy()
    untimed = replace(timed, clocks={"whole": timed.clocks["whole"]})
    life = play.filed(untimed, Filing("a"), START)
    act(life, START, "park")
    life.wait(SECOND_OF_JANUARY)
    do(life, ids(life)[0])
    life.wait(SECOND_OF_FEBRUARY)

    terms = SwitchTerms(start_new_clocks=True, accept_breaches=True)
    found = switching.plan(untimed, policy("2"), life.complaint, terms, life.events, SECOND_OF_FEBRUARY)

    started = [change.run for change in found.changes if change.effect == "started"]
    assert [(run.n, f"{play.NUMBER}/{run.task}") for run in started] == [(1, ids(life)[1]), (2, ids(life)[2])]
