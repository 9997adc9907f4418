"""P5 `telecom-regulator`: at each stage, who can do what, and what it asks for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.behaviour.offers import Case, Offers, offers, with_colleagues
from tests.clauses.offices.regulator import SERVED, accepted, assigned, evidenced, found, heard, ordered, unit
from tests.clauses.organisation import Organisation


def filed(regulator: Organisation) -> str:
    return regulator.file()


def overdue(regulator: Organisation) -> str:
    """No evidence came in time, and the consumer was told so."""
    number = regulator.file()
    regulator.world.move_to("2026-12-05T09:00:00+08:00")
    return number


def announced(regulator: Organisation) -> str:
    """The centre was told of the evidence."""
    number = evidenced(regulator)
    regulator.world.move_to("2026-11-27T09:01:00+08:00")
    return number


def inspected(regulator: Organisation) -> str:
    number = assigned(regulator)
    regulator.act(number, "inspector", "inspect", findings="现场检查计费系统。")
    return number


def of_a_unit(regulator: Organisation) -> str:
    return assigned(regulator, unit=unit(regulator))


def inspected_unit(regulator: Organisation) -> str:
    number = of_a_unit(regulator)
    regulator.act(number, "inspector", "inspect", findings="现场检查计费系统。")
    return number


def unfounded(regulator: Organisation) -> str:
    return found(regulator, "no_violation")


def closed(regulator: Organisation) -> str:
    number = ordered(regulator)
    regulator.act(number, "complaint_centre", "notify", **SERVED)
    regulator.act(number, "complaint_centre", "close", summary="已处罚。")
    return number


def found_unit(regulator: Organisation) -> str:
    return found(regulator, unit=unit(regulator))


INVESTIGATION: Offers = {
    "demand_evidence": {
        "inspector": (
            "of: choice complainant|respondent, wanted, why, [kinds: choices bill|contract|other|record], [until: time]"
        ),
    },
    "receive_evidence": {
        "complaint_centre, inspector": "received, [demand: reference], [of: choice complainant|respondent], [told_back]"
    },
    "supplement": {"complainant": "statement"},
    "inspect": {"inspector": "findings, [done_at: time]"},
    "notify": {"inspector": "asked_how, came_back, [done_at: time]"},
    "find_liability": {},
}
OF_A_UNIT: Offers = {
    **INVESTIGATION,
    "receive_evidence": {
        "complaint_centre, inspector": "received, [demand: reference], [of: choice complainant|respondent]"
    },
}
FINDING: Offers = {"find_liability": {"inspector": "finding: choice no_violation|violation"}}
CASES: dict[str, Case] = {
    "P5.2: filed": (
        filed,
        {
            "supplement": {"complainant": "statement"},
            "receive_evidence": {"complaint_centre": "papers"},
            "confirm": {},
            "notify": {},
            "accept": {},
            "refuse": {"complaint_centre": "ground: choice no_evidence|out_of_scope"},
        },
    ),
    "P5.2: overdue": (
        overdue,
        {"notify": {"complaint_centre": ""}},
    ),
    "P5.2: evidenced": (
        evidenced,
        {
            "receive_evidence": {"complaint_centre": "papers"},
            "accept": {"complaint_centre": ""},
            "confirm": {"complaint_centre": ""},
        },
    ),
    "P5.2: announced": (announced, {"accept": {"complaint_centre": ""}, "confirm": {}}),
    "P5: accepted": (
        accepted,
        {
            "assign": {"complaint_centre, director": "inspectors: people"},
            "receive_evidence": {"complaint_centre": "papers, of: choice complainant"},
        },
    ),
    "P5.3 P5.4: assigned": (assigned, INVESTIGATION),
    "P5.3 P5.4: assigned, about a unit": (of_a_unit, OF_A_UNIT),
    "P5.4: inspected": (inspected, FINDING),
    "P5.4: inspected, about a unit": (inspected_unit, FINDING),
    "P5.4: found": (
        found,
        {
            "find_liability": {"inspector": "finding: choice no_violation|violation"},
            "demand_evidence": {"inspector": "notice, asked_how, contact: choice not_reached|reached, [done_at: time]"},
            "receive_evidence": {
                "complaint_centre, inspector": (
                    "received, of: choice complainant|respondent, [demand: reference], [told_back]"
                )
            },
            "decide": {},
        },
    ),
    "P5.4: found, about a unit": (
        found_unit,
        {
            "find_liability": {"inspector": "finding: choice no_violation|violation"},
            "demand_evidence": {"inspector": "notice"},
            "receive_evidence": {
                "complaint_centre, inspector": "received, of: choice complainant|respondent, [demand: reference]"
            },
            "notify": {"inspector": "asked_how"},
            "decide": {},
        },
    ),
    "P5.4: heard": (
        heard,
        {
            "decide": {
                "inspector": (
                    "opinion, outcome: choice upheld, legal_basis, sanctions: choices confiscation|fine|"
                    "warning, order, rectify_by: time, [amount: number]"
                ),
            }
        },
    ),
    "P5.4: unfounded": (
        unfounded,
        {"decide": {"inspector": "opinion, outcome: choice not_upheld, [legal_basis]"}},
    ),
    "P5.4: ordered": (
        ordered,
        {
            "notify": {"complaint_centre, inspector": "served_how, [done_at: time]"},
            "do_task": {"inspector, inspector_2": "task: choice rectification, rectified: choice done, verified"},
        },
    ),
    "P5: closed": (
        closed,
        {
            "archive": {"complaint_centre": ""},
            "do_task": {"inspector, inspector_2": "task: choice rectification, rectified: choice done, verified"},
        },
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_p5_who_does_what(regulator: Organisation, case: str) -> None:
    scene, expected = CASES[case]
    number = scene(with_colleagues(regulator, "inspector"))

    assert offers(regulator, number, expected) == expected


@pytest.mark.parametrize("scene", [assigned, of_a_unit])
def test_p5_3_what_was_done_lies_in_the_past(regulator: Organisation, scene: Callable[[Organisation], str]) -> None:
    answer = regulator.try_act(
        scene(regulator), "inspector", "inspect", findings="属实。", done_at="2027-11-27T09:00:00+08:00"
    )

    assert (answer.status, answer.pointer) == (422, "/fields/done_at")
