"""P4 `government-service-centre`: at each stage, who can do what, and what it asks for."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.offers import Case, offers, with_colleagues
from tests.clauses.offices.hall import accepted, assigned, decided, inspected
from tests.clauses.organisation import Organisation
from tests.clauses.world import skip_to


def filed(hall: Organisation) -> str:
    return hall.file()


def rated(hall: Organisation) -> str:
    number = decided(hall)
    hall.act(number, "complainant", "rate", rating="satisfied")
    return number


def reminded(hall: Organisation) -> str:
    number = decided(hall)
    skip_to(hall.world, "2027-02-01T00:00:00+08:00")
    return number


def silent(hall: Organisation) -> str:
    number = decided(hall)
    skip_to(hall.world, "2027-03-01T00:00:00+08:00")
    return number


def silent_in_the_archive(hall: Organisation) -> str:
    number = silent(hall)
    hall.act(number, "reception", "archive")
    return number


def reopened(hall: Organisation) -> str:
    number = silent(hall)
    hall.act(number, "complainant", "reopen")
    return number


def refused(hall: Organisation) -> str:
    number = hall.file(category=None)
    fields = {"ground": "not_in_class", "conditions": {"in_class": False}, "reason": "反映的是道路施工。"}
    hall.act(number, "reception", "refuse", **fields)
    return number


def contradicted(hall: Organisation) -> str:
    number = refused(hall)
    hall.act(number, "complainant", "reopen", claimed_class="mishandling")
    return number


CASES: dict[str, Case] = {
    "P4.2: refused": (
        refused,
        {"reopen": {"complainant": "claimed_class: choice mishandling|service_quality|staff_misconduct, [objection]"}},
    ),
    "P4.2: contradicted": (
        contradicted,
        {
            "classify": {"director": "class: choice mishandling|service_quality|staff_misconduct"},
            "accept": {"director": "conditions: conditions in_class"},
            "refuse": {"director": "ground: choice not_in_class|other_matter, conditions: conditions in_class, reason"},
        },
    ),
    "P4.2: filed": (
        filed,
        {
            "classify": {"reception": "class: choice mishandling|service_quality|staff_misconduct"},
            "accept": {"reception": "conditions: conditions in_class"},
            "refuse": {
                "reception": "ground: choice not_in_class|other_matter, conditions: conditions in_class, reason"
            },
        },
    ),
    "P4.4: accepted": (
        accepted,
        {"assign": {"director": "investigators: people"}},
    ),
    "P4.4 P4.5: assigned": (
        assigned,
        {"inspect": {"investigator": "findings, [done_at: time]"}, "decide": {}},
    ),
    "P4.5: inspected": (
        inspected,
        {"decide": {"investigator": "plan, outcome: choice not_upheld|partly_upheld|upheld"}},
    ),
    "P4.7: decided": (
        decided,
        {
            "rate": {"complainant": "rating: choice dissatisfied|fair|satisfied, [comment]"},
            "notify": {"reception": "[feedback]"},
            "close": {},
            "do_task": {"reception": "task: choice follow_up, feedback"},
        },
    ),
    "P4.7: reminded": (
        reminded,
        {"close": {}},
    ),
    "P4.7: rated": (
        rated,
        {"close": {"reception": "summary"}, "do_task": {"reception": "task: choice follow_up, feedback"}},
    ),
    "P4.7: silent": (
        silent,
        {
            "archive": {"reception": ""},
            "rate": {"complainant": "rating: choice dissatisfied|fair|satisfied, [comment]"},
            "reopen": {"complainant": "[comment]"},
            "do_task": {"reception": "task: choice follow_up, feedback"},
        },
    ),
    "P4.7: reopened": (
        reopened,
        {
            "inspect": {"investigator": "findings, [done_at: time]"},
            "decide": {},
        },
    ),
    "P4.7: silent_in_the_archive": (
        silent_in_the_archive,
        {
            "rate": {"complainant": "rating: choice dissatisfied|fair|satisfied, [comment]"},
            "reopen": {"complainant": "[comment]"},
            "do_task": {"reception": "task: choice follow_up, feedback"},
        },
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_p4_who_does_what(hall: Organisation, case: str) -> None:
    scene, expected = CASES[case]
    number = scene(with_colleagues(hall, "investigator"))

    assert offers(hall, number, expected) == expected


def test_p4_4_what_was_done_lies_in_the_past(hall: Organisation) -> None:
    answer = hall.try_act(
        assigned(hall), "investigator", "inspect", findings="属实。", done_at="2027-11-27T09:00:00+08:00"
    )

    assert (answer.status, answer.pointer) == (422, "/fields/done_at")
