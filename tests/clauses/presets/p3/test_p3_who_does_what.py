"""P3 `auto-repair-forms`: at each stage, who can do what, and what it asks for."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.offers import Case, offers
from tests.clauses.offices.workshop import (
    OBJECTION,
    closed,
    confirmed,
    decided,
    executed,
    found,
    handed_over,
    parked,
    reported,
)
from tests.clauses.organisation import Organisation


def filed(workshop: Organisation) -> str:
    return workshop.file()


def absent(workshop: Organisation) -> str:
    return parked(workshop, "customer_absent")


def objected(workshop: Organisation) -> str:
    number = handed_over(workshop)
    workshop.act(number, "management", "object", **OBJECTION)
    return number


def overdue(workshop: Organisation) -> str:
    """The negotiation is not signed in time."""
    number = objected(workshop)
    workshop.world.move_to("2026-11-27T13:00:00+08:00")
    return number


def late(workshop: Organisation) -> str:
    number = reported(workshop)
    workshop.world.move_to("2026-11-28T09:00:00+08:00")
    return number


def reviewed(workshop: Organisation) -> str:
    number = confirmed(workshop)
    workshop.act(number, "management", "notify")
    return number


CLASSIFY = "severity: choice general|major, [nature: choice attitude|conduct|delay|quality]"
TAKERS = "customer_manager, general_manager, management, respondent_department, service_centre, staff"
CASES: dict[str, Case] = {
    "P3.1: filed": (
        filed,
        {
            "classify": {"customer_manager, service_centre, staff": CLASSIFY},
            "forward": {TAKERS: "to: choice customer_manager|service_centre"},
        },
    ),
    "P3.1 P3.2 P3.3 P3.6 P3.7: reported": (
        reported,
        {
            "accept": {"customer_manager, service_centre": "form_filler, [form_summary]"},
            "classify": {"customer_manager, service_centre": CLASSIFY},
            "mark_unreachable": {"customer_manager": "[tried_at: time]"},
            "find_liability": {
                "customer_manager": ("finding: choice not_ours|ours|shared, opinion, department_view"),
            },
            "forward": {},
            "park": {
                "customer_manager": "reason: choice customer_absent|no_time|parts_delay|quality, asked: choice done"
            },
        },
    ),
    "P3.3 P3.6: found": (
        found,
        {
            "forward": {"customer_manager": "to: choice management, [contacted: flag], [return_visit_wanted: flag]"},
            "park": {},
        },
    ),
    "P3.1 P3.2 P3.6 P3.7 P3.9: parked": (
        parked,
        {
            "accept": {"customer_manager, service_centre": "form_filler, [form_summary]"},
            "classify": {"customer_manager, service_centre": CLASSIFY},
            "resume": {"customer_manager, service_centre": "[changes]"},
            "notify": {},
            "close": {},
        },
    ),
    "P3.6: absent": (
        absent,
        {"notify": {"service_centre": ""}, "close": {}},
    ),
    "P3.4: handed_over": (
        handed_over,
        {"confirm": {"management": "rule, negligence"}, "object": {"management": "rule, objection"}},
    ),
    "P3.4: objected": (
        objected,
        {"sign": {"customer_manager": "agreement"}, "notify": {}},
    ),
    "P3.4: overdue": (
        overdue,
        {
            "sign": {"customer_manager": "agreement"},
            "notify": {"general_manager, management": ""},
        },
    ),
    "P3.3: too late to be marked": (
        late,
        {"mark_unreachable": {}, "accept": {"customer_manager, service_centre": "form_filler, [form_summary]"}},
    ),
    "P3.4: confirmed": (
        confirmed,
        {"notify": {"management": ""}},
    ),
    "P3.4: reviewed": (
        reviewed,
        {"decide": {"general_manager": "final_opinion, outcome: choice explained|resolved"}},
    ),
    "P3.5: decided": (
        decided,
        {"execute": {"management": "accountability, talk, form, [done_at: time]"}},
    ),
    "P3.5: executed": (
        executed,
        {"close": {"management": "note, [answer]"}},
    ),
    "P3.6: closed": (
        closed,
        {"archive": {"service_centre": ""}, "reopen": {}},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_p3_who_does_what(workshop: Organisation, case: str) -> None:
    scene, expected = CASES[case]
    number = scene(workshop)

    assert offers(workshop, number, expected) == expected


def test_p3_5_what_was_done_lies_in_the_past(workshop: Organisation) -> None:
    answer = workshop.try_act(
        decided(workshop),
        "management",
        "execute",
        accountability="扣分。",
        talk="已面谈。",
        form="一份。",
        done_at="2027-11-27T09:00:00+08:00",
    )

    assert (answer.status, answer.pointer) == (422, "/fields/done_at")
