"""Tasks that the calendar opens: the days of their opening and of their due time are those of the task's calendar."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.complaints.filing import Filing
from chalicelib.kit.instants import from_text
from chalicelib.policy import publishing
from chalicelib.policy.compiled import Policy, compile_policy
from tests.kernel.complaints import play

START = from_text("2026-11-26T10:00:00+01:00")
IN_BERLIN = ("2026-12-02T23:00", "2026-12-05T23:00")
IN_AUCKLAND = ("2026-12-02T11:00", "2026-12-05T11:00")
MONTHLY = {"monthly": {"day": 3, "due_day": 5, "stages": ["registered"]}}
YEARLY = {"yearly": {"month": 12, "day": 3, "due": "2 working days"}}
QUARTERLY = {"quarterly": {"day": 3, "due": "2 working days"}}


def policy(**task: Any) -> Policy:
    """Auckland, where it is twelve hours later, closes at midnight and on Fridays."""
    document = {
        "language": 1,
        "name": "One",
        "calendar": {"timezone": "Europe/Berlin", "hours": {"mon-sun": ["09:00-17:00"]}, "day_ends": "midnight"},
        "calendars": {
            "plant": {"timezone": "Pacific/Auckland", "hours": {"sat-thu": ["09:00-17:00"]}, "day_ends": "midnight"}
        },
        "people": {"ann": "Ann"},
        "intake": {"channels": ["a"], "unit": "optional"},
        "stages": {"registered": {"close": {"by": "ann", "to": "over"}}, "over": {}},
        "tasks": {"report": {"en": "Report", "role": "ann", **task}},
    }
    return compile_policy(publishing.prepare(document).document, "1")


def opened_and_due(under: Policy) -> tuple[str, str]:
    """The first task, in UTC."""
    life = play.filed(under, Filing("a", unit="north"), START)
    life.wait(from_text("2027-06-01T00:00:00Z"))
    opened = next(event for event in life.events if event.type == "task_opened")
    return opened.at[:16], opened.result["clocks"][0]["due"][:16]


def test_the_days_of_a_task_without_a_calendar_are_those_of_the_policys() -> None:
    assert opened_and_due(policy(**MONTHLY)) == IN_BERLIN
    assert opened_and_due(policy(**YEARLY)) == IN_BERLIN


def test_the_days_of_a_monthly_task_are_those_of_its_calendar() -> None:
    """Holidays and closed days do not move them."""
    assert opened_and_due(policy(calendar="plant", **MONTHLY)) == IN_AUCKLAND


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [(YEARLY, ("2026-12-02T11:00", "2026-12-06T11:00")), (QUARTERLY, ("2027-01-02T11:00", "2027-01-05T11:00"))],
)
def test_the_working_days_of_a_scheduled_task_are_those_of_its_calendar(
    schedule: dict[str, Any], expected: tuple[str, str]
) -> None:
    """Friday 4 December is closed."""
    assert opened_and_due(policy(calendar="plant", **schedule)) == expected


@pytest.mark.parametrize(("chosen", "expected"), [("plant", IN_AUCKLAND), ("", IN_BERLIN), ("moon", IN_BERLIN)])
def test_a_task_on_the_units_calendar_has_the_days_that_the_owners_chose(
    chosen: str, expected: tuple[str, str]
) -> None:
    assert opened_and_due(replace(policy(calendar="unit", **MONTHLY), unit_calendar=chosen)) == expected
