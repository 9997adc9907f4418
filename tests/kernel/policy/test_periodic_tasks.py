"""Tasks that the calendar opens for a unit or for the organisation, in a policy without units and with them."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.policy import publishing
from chalicelib.policy.reading.faults import PolicyFault


def document(unit: str = "optional", **task: Any) -> dict[str, Any]:
    return {
        "language": 1,
        "name": "One",
        "calendar": {"timezone": "Europe/Berlin", "hours": {"mon-fri": ["09:00-17:00"]}},
        "people": {"ann": "Ann"},
        "intake": {"channels": ["a"], "unit": unit},
        "stages": {"registered": {"close": {"by": "ann", "to": "over"}}, "over": {}},
        "tasks": {"report": {"en": "Report", "for": "ann", "quarterly": {"day": 1, "due": "1 week"}, **task}},
    }


@pytest.mark.parametrize("unit", ["optional", "required", "none"])
def test_the_organisation_has_tasks_whether_complaints_have_units(unit: str) -> None:
    assert publishing.prepare(document(unit, of="organisation")).document.tasks["report"].of == "organisation"


def test_units_have_tasks_on_their_own_calendar() -> None:
    assert publishing.prepare(document(of="unit", calendar="unit")).document.tasks["report"].calendar == "unit"


def test_units_have_no_tasks_where_no_complaint_has_a_unit() -> None:
    with pytest.raises(PolicyFault) as caught:
        publishing.prepare(document("none", of="unit"))

    assert [(fault.pointer, fault.kind) for fault in caught.value.faults] == [("/tasks/report/of", "task-of-no-unit")]
