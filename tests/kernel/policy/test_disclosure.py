"""From when on a respondent sees a complaint: its acceptance, or before it the first message or demand to them."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.applying.evolve import evolve
from chalicelib.complaints.envelope import SYSTEM, EventDraft, Result
from chalicelib.complaints.state import Complaint
from chalicelib.policy import publishing
from chalicelib.policy.compiled import compile_policy
from tests.kernel.policy.test_guide import SMALLEST, added, read

ACCEPT: dict[str, Any] = {"accept": {"by": "agent", "to": "decided"}}
DECIDE: dict[str, Any] = {"name": {"en": "In work"}, "decide": {"by": "agent", "to": "decided", "needs": "solution"}}
ANSWER: dict[str, Any] = {"object": {"by": "respondent", "takes": "reason"}}


@pytest.mark.parametrize(
    ("stages", "late"),
    [
        ({}, False),
        ({"registered": ACCEPT}, True),
        ({"registered": {**ACCEPT, **ANSWER}}, False),
        ({"registered": ACCEPT, "decided": ANSWER}, False),
        (
            {
                "registered": {"accept": {"by": "agent", "to": "working"}, "decide": None},
                "working": {**ANSWER, **DECIDE},
            },
            True,
        ),
        ({"decided": {"accept": {"by": "agent", "to": "closed"}}}, True),
    ],
    ids=[
        "no acceptance",
        "an acceptance",
        "an act of the respondent beside it",
        "an act of the respondent that another way reaches",
        "an act of the respondent behind it",
        "a later acceptance",
    ],
)
def test_a_policy_with_an_acceptance_shows_complaints_from_it_on(stages: dict[str, Any], late: bool) -> None:
    written = added(read(SMALLEST), {"intake": {"unit": "optional"}, "stages": stages})
    written["stages"]["registered"] = {name: act for name, act in written["stages"]["registered"].items() if act}

    assert compile_policy(publishing.prepare(written).document, "1").discloses_late is late


def after(type_: str, fields: dict[str, Any], **result: Any) -> bool:
    """Whether the respondent still does not see it after the event."""
    before = Complaint(number="202611-000001", head="0", policy="1", calendar="1", undisclosed=True)
    outcome = Result("registered", 1, None, {}, **result)
    return evolve(before, EventDraft(type=type_, at=1, actor=SYSTEM, fields=fields, result=outcome)).undisclosed


DEMAND = {"kinds": [], "every": False}


@pytest.mark.parametrize(
    ("type_", "fields", "hidden"),
    [
        ("accepted", {}, False),
        ("inspected", {}, True),
        ("notified", {"to": ["complainant", "agent"]}, True),
        ("notified", {"to": ["agent", "respondent"]}, False),
        ("evidence_demanded", {"of": "complainant", **DEMAND}, True),
        ("evidence_demanded", {"of": "respondent", **DEMAND}, False),
    ],
)
def test_it_is_disclosed_by_acceptance_message_or_demand(type_: str, fields: dict[str, Any], hidden: bool) -> None:
    assert after(type_, fields) is hidden


def test_an_acceptance_that_waits_for_another_role_discloses_nothing() -> None:
    assert after("accepted", {}, partial=True)


@pytest.mark.parametrize("still", [True, False])
def test_a_switch_says_whether_it_stays_hidden(still: bool) -> None:
    assert after("switched", {"to": "2", "calendar": "1"}, undisclosed=still) is still
