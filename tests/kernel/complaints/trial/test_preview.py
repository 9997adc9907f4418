"""Previews: what a policy makes of assumed events. Each event is taken as a fact if some act leads to it."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints import filing
from chalicelib.complaints.filing import Filing
from chalicelib.complaints.trial.preview import AssumedEvent, Preview, preview
from chalicelib.kit.instants import HOUR
from chalicelib.kit.problem import Problem
from tests.kernel.complaints.small_procedure import START, policy

CHANGES: dict[str, Any] = {
    "tiers": [{"roles": "manager"}],
    "fields": {
        "remedy": {"en": "Remedy", "kind": "choice", "choices": {"refund": {"en": "Refund"}, "none": {"en": "None"}}},
        "loss": {"en": "Loss", "kind": "number"},
        "summary": {"en": "Summary"},
    },
    "stages": {
        "open": {
            "decide": {
                "by": "agent",
                "needs": "remedy",
                "takes": "summary",
                "to": "decided",
                "sets": {"judged": "yes"},
            },
            "reply": {"by": "agent", "takes": "loss"},
        },
        "decided": {"close": {"by": "agent", "to": "done"}},
    },
    "clocks": {"answer": {"name": {"en": "Answer"}, "from": "registered", "until": "decided", "within": "5 hours"}},
    "tasks": {"call": {"en": "Call", "for": "agent", "on": "decided", "within": "3 hours", "needs": "loss"}},
}

Told = tuple[str, int, dict[str, Any]]
"""An event with its hours since the filing, and its fields."""


def previewed(*told: Told, hours: int = 24, first: str = "registered", **changes: Any) -> Preview:
    under = policy({**CHANGES, **changes})
    events = [(first, 0, dict[str, Any]()), *told]
    assumed = [AssumedEvent(name, START + after * HOUR, fields) for name, after, fields in events]
    return preview(under, filing.check(under, Filing("phone"), START), assumed, START + hours * HOUR)


def refused(*told: Told, hours: int = 24, first: str = "registered") -> list[tuple[str, str]]:
    with pytest.raises(Problem) as problem:
        previewed(*told, hours=hours, first=first)
    assert (problem.value.kind, problem.value.detail) == ("invalid", "The events cannot have happened like this.")
    return [(place.pointer, place.detail) for place in problem.value.places]


def states(found: Preview) -> dict[str, str]:
    return {run.clock: run.state for run in found.runs}


# ---- events ----------------------------------------------------------------------------------------------------------


def test_an_event_has_the_consequences_of_its_act() -> None:
    found = previewed(("decided", 2, {"remedy": "refund"}), hours=3)
    assert (found.complaint.stage, found.complaint.flags, found.acts) == ("decided", {"judged": "yes"}, ["close"])
    assert states(found) == {"answer": "met", "call": "running"}


def test_time_causes_its_events_between_those_that_are_assumed_and_after_them() -> None:
    found = previewed(("decided", 6, {}), hours=10)
    assert states(found) == {"answer": "missed", "call": "missed"}
    assert [run.ended for run in found.runs] == [START + 6 * HOUR, None]


def test_an_event_of_another_stage_is_taken_as_a_fact() -> None:
    found = previewed(("closed", 0, {}), hours=0)
    assert (found.complaint.stage, states(found)) == ("done", {"answer": "cancelled"})


def test_an_act_of_the_office_changes_nothing_else() -> None:
    found = previewed(("held", 1, {}), hours=1)
    assert (found.complaint.stage, found.complaint.held, states(found)) == ("open", "preview/2", {"answer": "running"})


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ("nonsense", "is not an event of the policy language"),
        ("missed", "cannot be given: it follows from other events or from time"),
        ("approved", "cannot be given: it follows from other events or from time"),
        ("offered", "no stage has an act that leads to it"),
        ("registered", "the first event, and only it, is registered"),
    ],
)
def test_an_event_that_cannot_be_assumed_is_refused(event: str, why: str) -> None:
    assert refused(("decided", 1, {}), (event, 1, {})) == [("/events/2/event", why)]


def test_the_first_event_is_the_filing() -> None:
    assert refused(first="decided") == [("/events/0/event", "the first event, and only it, is registered")]


def test_events_are_given_in_their_order() -> None:
    assert refused(("replied", 2, {}), ("replied", 2, {}), ("decided", 1, {})) == [
        ("/events/3/at", "lies before the event before it")
    ]


def test_the_preview_is_made_at_its_last_event_at_the_earliest() -> None:
    assert refused(("replied", 2, {}), hours=1) == [("/now", "lies before the last event")]
    assert previewed(("replied", 2, {}), hours=2).complaint.at == START + 2 * HOUR


def test_every_wrong_event_is_told() -> None:
    found = refused(("nonsense", 1, {}), ("missed", 0, {}))
    assert [place for place, _ in found] == ["/events/1/event", "/events/2/event", "/events/2/at"]


# ---- fields ----------------------------------------------------------------------------------------------------------


def test_no_field_is_required() -> None:
    assert previewed(("decided", 1, {})).complaint.stage == "decided"


@pytest.mark.parametrize(
    ("event", "fields", "place"),
    [
        ("decided", {"nonsense": 1}, "/events/1/fields/nonsense"),
        ("decided", {"remedy": "money"}, "/events/1/fields/remedy"),
        ("replied", {"remedy": "money"}, "/events/1/fields/remedy"),
        ("replied", {"loss": "much"}, "/events/1/fields/loss"),
        ("decided", {"loss": "much"}, "/events/1/fields/loss"),
        ("replied", {"until": "soon"}, "/events/1/fields/until"),
    ],
    ids=["unknown", "choice", "choice of another act", "number", "number of another act", "built in"],
)
def test_a_value_of_another_kind_is_refused(event: str, fields: dict[str, Any], place: str) -> None:
    assert [found for found, _ in refused((event, 1, fields))] == [place]


def test_a_field_that_the_policy_does_not_have_is_refused_as_such() -> None:
    assert refused(("replied", 1, {"nonsense": 1})) == [("/events/1/fields/nonsense", "is not a field of this policy")]


def test_a_text_of_any_length_is_not_checked() -> None:
    """Private texts are not part of a preview: it only matters that they were given."""
    assert previewed(("decided", 1, {"summary": 7, "given": ["remark"]})).complaint.stage == "decided"


# ---- tasks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["call", "preview/3"])
def test_a_task_that_was_done_is_over(name: str) -> None:
    found = previewed(("decided", 1, {}), ("task_done", 2, {"task": name}), hours=2)
    assert (found.complaint.tasks, states(found)["call"]) == ({}, "met")


def test_a_task_that_is_not_open_cannot_have_been_done() -> None:
    with pytest.raises(Problem) as problem:
        previewed(("task_done", 1, {"task": "call"}))
    assert [place.pointer for place in problem.value.places] == ["/events/1/fields/task"]


# ---- points ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("counts", "points"), [({}, 1), ({"counts": "latest"}, 3)], ids=["first", "latest"])
def test_one_judgement_counts_against_the_unit(counts: dict[str, str], points: int) -> None:
    changes = {
        "severity": {"classes": {"low": {"en": "Low"}, "high": {"en": "High"}}},
        "points": {"on": "replied", "values": {"low": 1, "high": 3}, "window": "1 month", "at": {9: "call"}, **counts},
    }
    stages = {"open": {**CHANGES["stages"]["open"], "classify": {"by": "agent", "needs": "severity"}}}
    told: list[Told] = [("replied", 1, {}), ("classified", 2, {"severity": "high"}), ("replied", 3, {})]
    found = previewed(*told, stages={**CHANGES["stages"], **stages}, intake={"unit": "optional"}, **changes)
    assert found.points == points


def test_without_a_judgement_no_point_counts() -> None:
    assert previewed(("replied", 1, {})).points == 0
