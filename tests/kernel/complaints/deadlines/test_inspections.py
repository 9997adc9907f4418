"""`supervision.inspection` stands for a task of the organisation, which policies may not define themselves."""

from __future__ import annotations

import copy
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from chalicelib.complaints.units.recurring import periods
from chalicelib.kit.instants import from_text, to_text
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.language.deadlines import InspectionSchedule
from chalicelib.policy.publishing import prepare
from chalicelib.policy.reading.faults import PolicyFault
from chalicelib.policy.reading.parsing import parse
from chalicelib.policy.worktime import parse_limit
from tests.kernel.policy.faulty_policies.faulty import GOOD

INSPECTED = {"by": "bob", "inspection": {"every": "quarter", "due": "10 working days", "for": "bob", "tells": "owner"}}
OWN_TASK = {"zh": "检查", "on": "classified", "for": "bob", "within": "1 working day"}


def inspected(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(GOOD), "supervision": INSPECTED, **changes}


def compiled(document: dict[str, Any]) -> Policy:
    return compile_policy(parse(document), "1")


def test_the_policy_has_the_task_with_its_clock_and_its_field() -> None:
    policy = compiled(inspected())
    task = policy.document.tasks["inspection"]
    assert (task.of, task.role, task.needs) == ("organisation", "bob", ["assessment"])
    assert [one.to for one in task.tells] == [["owner"]]
    assert policy.clocks["inspection"].rules[0].limit == parse_limit("10 working days")
    assert policy.document.fields["assessment"].holder == "internal"


def test_without_an_inspection_there_is_no_such_task() -> None:
    policy = compiled(inspected(supervision={"by": "bob"}))
    assert "inspection" not in policy.document.tasks
    assert "assessment" not in policy.document.fields


def test_a_field_of_that_name_is_the_policys_own() -> None:
    fields = {**GOOD["fields"], "assessment": {"zh": "结论", "kind": "choice", "choices": ["good", "bad"]}}
    assert compiled(inspected(fields=fields)).document.fields["assessment"].kind == "choice"


@pytest.mark.parametrize(
    ("part", "own"),
    [("tasks", OWN_TASK), ("clocks", {"from": "accepted", "until": "decided", "within": "1 day"})],
)
def test_the_name_is_taken(part: str, own: dict[str, Any]) -> None:
    changed = inspected(**{part: {**GOOD[part], "inspection": own}})
    with pytest.raises(PolicyFault) as refused:
        prepare(changed)
    assert [(one.kind, one.path) for one in refused.value.faults] == [("reserved", (part, "inspection"))]
    prepare({**changed, "supervision": {"by": "bob"}})


@pytest.mark.parametrize(
    ("part", "own"),
    [("tasks", OWN_TASK), ("clocks", {"from": "accepted", "until": "decided", "within": "1 day"})],
)
def test_what_a_published_version_calls_so_keeps_its_meaning(part: str, own: dict[str, Any]) -> None:
    policy = compiled(inspected(**{part: {**GOOD[part], "inspection": own}}))
    assert "assessment" not in policy.document.fields
    assert policy.clocks["inspection"].clock.start[0].event == {"tasks": "task_opened", "clocks": "accepted"}[part]


@pytest.mark.parametrize(
    ("every", "found"),
    [
        ("month", ["2026-12", "2027-01", "2027-02", "2027-03"]),
        ("quarter", ["2026-Q4", "2027-Q1"]),
        ("year", ["2026"]),
    ],
)
def test_an_inspection_begins_when_its_period_has_ended(every: Any, found: list[str]) -> None:
    schedule = InspectionSchedule(day=1, due="1 day", every=every)
    zone, after = ZoneInfo("Europe/Berlin"), from_text("2026-12-31T23:59:59+01:00")
    opened = [*periods(schedule, zone, after, from_text("2027-04-01T00:00:00+02:00"))]
    assert [one.name for one in opened] == found
    assert to_text(opened[0].at) == "2026-12-31T23:00:00.000Z"
    if every == "month":
        assert to_text(opened[-1].at) == "2027-03-31T22:00:00.000Z"
