"""P6.5 `corporate-standard`: a closed case is archived in time, or the miss goes up."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.company import decided
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p6.test_p6_alarms import OVERDUE, alarmed


def closed(company: Organisation) -> str:
    number = decided(company)
    company.act(number, "complainant", "agree")
    company.act(number, "agent", "close", summary="已退费。")
    return number


@pytest.mark.parametrize(
    ("who", "act", "fields"), [("agent", "archive", {}), ("complainant", "reopen", {"reason": "没有解决"})]
)
def test_p6_5_a_closed_case_is_archived_in_five_working_days(
    company: Organisation, who: str, act: str, fields: dict[str, Any]
) -> None:
    number = closed(company)
    deadline = company.deadline(number, "archiving")
    found = company.local(deadline["due"]), deadline["because"]["rule"]["clause"]
    assert found == ("2026-12-04T18:00:00+08:00", "P6.5")

    company.act(number, who, act, **fields)

    assert company.deadline(number, "archiving")["state"] == "met"


def test_p6_5_a_case_that_is_not_archived_is_escalated(company: Organisation) -> None:
    number = closed(company)

    company.world.move_to("2026-12-11T18:00:00+08:00")

    told = [event["fields"]["roles"] for event in company.events(number, type_="escalated")]
    assert told == [["team_lead"], ["business_unit"]]
    assert "agent" in alarmed(company, number, OVERDUE)
