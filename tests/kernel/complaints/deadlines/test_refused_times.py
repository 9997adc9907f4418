"""Times that an act may not give: extensions, promises and due times of tasks, each refused with the reason."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.acting.advance import advance
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.runs import PAUSED, RUNNING
from chalicelib.kit.instants import DAY, HOUR, to_text
from chalicelib.kit.problem import Problem
from tests.kernel.complaints.small_procedure import START, Case, policy

CLOCK = {"name": {"en": "Answer"}, "from": "registered", "until": "decided", "within": "2 days", "paused_in": "parked"}
OTHER = {"name": {"en": "Other"}, "from": "replied", "until": "decided", "within": "2 days", "missed": "record"}
STATED = {"name": {"en": "Promise"}, "from": "promised", "until": "decided", "stated": "when", "paused_in": "parked"}
CHANGES: dict[str, Any] = {
    "tiers": [{"roles": "manager"}],
    "fields": {"when": {"en": "When", "kind": "time"}},
    "stages": {
        "open": {
            "extend": {"by": "agent", "needs": ["clock", "until"], "most": "3 days"},
            "promise": {"by": "agent", "needs": "when", "most": "4 days"},
            "reply": {"by": "agent", "takes": "when"},
            "park": {"by": "agent", "to": "parked"},
            "decide": {"by": "agent", "to": "done"},
        },
        "parked": {
            "extend": {"by": "agent", "needs": ["clock", "until"]},
            "resume": {"by": "agent", "to": "open"},
        },
    },
    "clocks": {"answer": CLOCK, "other": OTHER, "promise": STATED},
}


def case(**changes: Any) -> Case:
    return Case(policy({**CHANGES, **changes}))


def late(days: int) -> str:
    return to_text(START + days * DAY)


def refused(asked: Case, name: str, **fields: Any) -> tuple[str, list[tuple[str, str]]]:
    with pytest.raises(Problem) as problem:
        asked.act(name, **fields)
    assert problem.value.kind == "invalid"
    return problem.value.detail, [(place.pointer, place.detail) for place in problem.value.places]


# ---- extensions ------------------------------------------------------------------------------------------------------


def test_a_clock_that_does_not_run_is_not_extended() -> None:
    assert refused(case(), "extend", clock="other", until=late(3)) == (
        "This clock does not run.",
        [("/fields/clock", "does not run in this complaint")],
    )


@pytest.mark.parametrize("days", [1, 2])
def test_an_extension_is_later_than_the_due_time(days: int) -> None:
    why = "must lie after Sun 29 Nov 2026 09:00, when it is due now"
    assert refused(case(), "extend", clock="answer", until=late(days)) == (
        "An extension makes it later.",
        [("/fields/until", why)],
    )


def test_an_extension_of_a_paused_clock_is_later_than_it_would_be_due() -> None:
    asked = case()
    asked.act("park")
    assert refused(asked, "extend", clock="answer", until=late(2)) == (
        "An extension makes it later.",
        [
            (
                "/fields/until",
                "must lie after Sun 29 Nov 2026 10:00, when it would be due if it resumed now",
            )
        ],
    )
    asked.act("extend", clock="answer", until=late(4))
    assert asked.complaint.runs[0].before == START + 2 * DAY + 2 * HOUR


def test_all_extensions_together_have_a_maximum() -> None:
    asked = case()
    why = "must not lie after Wed 2 Dec 2026 09:00: the extension is at most 3 days"
    too_long = ("The extension is too long.", [("/fields/until", why)])
    assert refused(asked, "extend", clock="answer", until=late(6)) == too_long
    asked.act("extend", clock="answer", until=late(4))
    assert refused(asked, "extend", clock="answer", until=late(6)) == too_long
    asked.act("extend", clock="answer", until=late(5))
    assert [run.due for run in asked.complaint.runs] == [START + 5 * DAY]


def test_a_due_time_that_is_over_is_not_extended() -> None:
    asked = case()
    asked.act("reply")
    flow = Flow(asked.policy, asked.complaint)
    advance(flow, START + 2 * DAY)
    asked.complaint, asked.now = flow.complaint, START + 2 * DAY
    assert refused(asked, "extend", clock="answer", until=late(9)) == (
        "The due time is over: it can no longer be extended.",
        [("/fields/clock", "was due at Sun 29 Nov 2026 09:00")],
    )


# ---- promises --------------------------------------------------------------------------------------------------------


def test_a_promise_has_a_maximum_from_its_own_time() -> None:
    asked = case()
    latest = START + HOUR + 4 * DAY
    assert refused(asked, "promise", when=to_text(latest + 1)) == (
        "The promise is too long.",
        [("/fields/when", "must not lie after Tue 1 Dec 2026 10:00: a promise is at most 4 days")],
    )
    asked.now = START
    asked.act("promise", when=to_text(latest))
    assert [run.due for run in asked.complaint.runs if run.clock == "promise"] == [latest]


def test_a_promised_time_stays_when_its_pause_ends() -> None:
    asked = case()
    asked.act("promise", when=late(3))
    states = [
        {run.clock: (run.state, run.due) for run in asked.act(name).runs}["promise"] for name in ("park", "resume")
    ]
    assert states == [(PAUSED, None), (RUNNING, START + 3 * DAY)]


# ---- due times of tasks ----------------------------------------------------------------------------------------------


def test_an_act_that_opens_a_task_with_a_stated_due_time_states_it() -> None:
    tasks = {"call": {"en": "Call", "for": "agent", "on": "replied", "stated": "when"}}
    asked = case(tasks=tasks)
    assert refused(asked, "reply") == (
        "A due time is missing.",
        [("/fields/when", "is required: it is the due time of the task that follows")],
    )
    asked.act("reply", when=late(3))
    assert [run.due for run in asked.complaint.runs if run.clock == "call"] == [START + 3 * DAY]


def test_a_limit_that_would_end_after_2099_is_refused() -> None:
    asked = case(clocks={"answer": CLOCK, "other": {**OTHER, "within": "120 months"}, "promise": STATED})
    asked.now = START + 64 * 365 * DAY
    assert refused(asked, "reply") == (
        "A time limit would end after 2099.",
        [("", "the limit of Other would end after 2099")],
    )
