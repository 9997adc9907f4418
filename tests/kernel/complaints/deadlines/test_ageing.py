"""Ageing: with time, an open complaint reaches a higher class (P6.2)."""

from __future__ import annotations

from typing import Any

from chalicelib.complaints.acting.advance import advance
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import SYSTEM, EventDraft
from chalicelib.kit.instants import DAY, HOUR
from tests.kernel.complaints.small_procedure import MANAGER, START, Case, policy

CLASSES = {"low": {"en": "Low"}, "middle": {"en": "Middle"}, "high": {"en": "High"}}
DONE = {"name": {"en": "Done"}, "reopen": {"by": "manager", "to": "open"}}
CHANGES: dict[str, Any] = {
    "tiers": [{"roles": "manager"}],
    "severity": {"classes": CLASSES, "ageing": {"after": "3 days", "until": "decided", "to": "middle"}},
    "stages": {"open": {"decide": {"by": "agent", "to": "done"}, "reply": {"by": "manager"}}, "done": DONE},
    "tasks": {"call": {"en": "Call", "for": "agent", "on": {"reclassified": {"to": "middle"}}}},
}


def aged(case: Case, days: int = 4) -> list[EventDraft]:
    flow = Flow(case.policy, case.complaint)
    advance(flow, START + days * DAY)
    return flow.drafts


def test_the_event_says_what_was_changed_and_why() -> None:
    event = aged(Case(policy(CHANGES), severity="low"))[0]
    assert (event.type, event.at, event.due_at, event.actor) == ("reclassified", START + 3 * DAY, event.at, SYSTEM)
    assert event.fields == {"from": "low", "to": "middle", "cause": "ageing", "after": "3 days"}
    assert event.result.severity == "middle"


def test_the_first_tier_is_told_and_tasks_of_the_event_are_opened() -> None:
    drafts = aged(Case(policy(CHANGES), severity="low"))
    assert [draft.type for draft in drafts] == ["reclassified", "notified", "task_opened", "notified"]
    told = drafts[1]
    assert (told.fields["wording"], told.at) == ("reclassified", START + 3 * DAY)
    assert drafts[2].fields == {"task": "call", "role": "agent"}


def test_a_class_that_is_as_high_stays() -> None:
    assert [aged(Case(policy(CHANGES), severity=name)) for name in ("middle", "high")] == [[], []]


def test_a_complaint_that_was_resolved_in_time_does_not_age() -> None:
    case = Case(policy(CHANGES), severity="low")
    case.act("decide")
    assert aged(case) == []


def test_ageing_comes_at_the_end_of_its_time() -> None:
    case = Case(policy(CHANGES), severity="low")
    flow = Flow(case.policy, case.complaint)
    assert advance(flow, START + 3 * DAY - 1)
    assert flow.drafts == []


def test_an_event_that_was_recorded_later_comes_first() -> None:
    """The clock of the process that recorded it was ahead."""
    case = Case(policy(CHANGES), severity="low")
    case.now = START + 3 * DAY
    case.act("reply", MANAGER)
    event = aged(case)[0]
    assert (event.type, event.at) == ("reclassified", START + 3 * DAY + HOUR)


def test_a_complaint_that_is_reopened_after_the_end_of_its_time_ages_at_the_reopening() -> None:
    case = Case(policy(CHANGES), severity="low")
    case.act("decide")
    case.now = START + 3 * DAY
    case.act("reopen", MANAGER)
    event = aged(case)[0]
    assert (event.type, event.at, event.due_at) == ("reclassified", START + 3 * DAY + HOUR, event.at)


def test_from_the_end_of_its_time_on_a_complaint_can_get_no_lower_class() -> None:
    stages = {"open": {**CHANGES["stages"]["open"], "classify": {"by": "agent", "needs": "severity"}}, "done": DONE}
    case = Case(policy({**CHANGES, "stages": stages}), severity="low")
    end = START + 3 * DAY

    case.now = end - 1 - HOUR  # an act is an hour later
    before = case.refusal("classify", severity="low")
    case.now = end - HOUR
    assert (before, case.refusal("classify", severity="low")) == (None, "invalid")
