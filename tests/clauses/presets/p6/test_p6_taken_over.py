"""P6.3 `corporate-standard`: quality management takes over what time made major, as long as work is left."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chalicelib.kit.instants import DAY, to_text
from tests.clauses.offices.company import CONCERNED, forwarded, handled, reviewed
from tests.clauses.organisation import Organisation

INSPECTION = {"findings": "属实", "truthful": True, "sample_test": "抽样检测合格。"}
DECISION = {"solution": "召回。", "outcome": "resolved"}
MANAGEMENT = "quality_management"
REOPENED = "投诉 {} 现重新处理"
Stage = Callable[..., str]


def decided_by(company: Organisation, number: str, who: str) -> None:
    company.act(number, who, "inspect", **INSPECTION)
    company.act(number, who, "decide", **DECISION)


def later(company: Organisation, days: int) -> None:
    company.world.move_to(to_text(company.world.now() + days * DAY))


def aged_while_handled(company: Organisation) -> str:
    number = handled(company, "quality_control")
    later(company, 31)
    return number


def aged_after_the_decision(company: Organisation) -> str:
    """Decided by quality control, not yet answered by the customer, and then a month old."""
    number = handled(company, "quality_control")
    later(company, 29)
    decided_by(company, number, "quality_control")
    later(company, 3)
    assert company.complaint(number)["severity"] == "major"
    return number


def disputed(company: Organisation) -> str:
    number = aged_after_the_decision(company)
    company.act(number, "complainant", "dispute", reason="没有解决")
    return number


def closed_by_silence(company: Organisation) -> str:
    number = aged_after_the_decision(company)
    later(company, 12)
    assert company.complaint(number)["stage"] == "closed"
    return number


def archived(company: Organisation) -> str:
    number = closed_by_silence(company)
    company.act(number, "agent", "archive")
    return number


@pytest.mark.parametrize("stage", [reviewed, forwarded, handled])
def test_p6_3_quality_management_takes_over_what_was_passed_on(company: Organisation, stage: Stage) -> None:
    """What still waits to be passed on is for quality management by its nature, without a task."""
    number = stage(company, **CONCERNED["quality_control"]) if stage is reviewed else stage(company, "quality_control")

    later(company, 31)

    tasks = [one["fields"]["task"] for one in company.events(number, type_="task_opened")]
    assert tasks == ([] if stage is reviewed else ["major_quality"])


@pytest.mark.parametrize("by", [MANAGEMENT, "team_lead"])
def test_p6_3_the_task_ends_when_a_person_is_named(company: Organisation, by: str) -> None:
    number = aged_while_handled(company)

    company.act(number, by, "assign", responsible=company.subs[MANAGEMENT])

    assert company.deadline(number, "major_quality")["state"] == "cancelled"
    company.world.settle()
    assert company.get("/tasks", MANAGEMENT)["tasks"] == []


def test_p6_3_the_task_ends_with_the_decision(company: Organisation) -> None:
    """The person responsible belongs to both departments, so that no other one has to be named."""
    grants = [{"role": "quality_control"}, {"role": MANAGEMENT}]
    path = f"{company.path}/people/{company.subs['quality_control']}"
    answer = company.world.call("PUT", path, {"grants": grants}, auth=company.auth("owner"))
    assert answer.status == 200, answer.text
    number = aged_while_handled(company)

    decided_by(company, number, "quality_control")

    assert company.deadline(number, "major_quality")["state"] == "cancelled"


@pytest.mark.parametrize("scene", [aged_after_the_decision, disputed, closed_by_silence])
def test_p6_3_of_a_decided_complaint_nothing_is_taken_over(company: Organisation, scene: Stage) -> None:
    number = scene(company)

    assert company.events(number, type_="task_opened") == []
    assert company.told(MANAGEMENT, number) == []


@pytest.mark.parametrize(
    ("scene", "by"),
    [
        (aged_after_the_decision, "team_lead"),
        (disputed, "team_lead"),
        (closed_by_silence, "complainant"),
        (archived, "complainant"),
    ],
)
def test_p6_3_quality_management_hears_that_what_became_major_is_taken_up_again(
    company: Organisation, scene: Stage, by: str
) -> None:
    number = scene(company)
    assert company.told(MANAGEMENT, number) == []

    company.act(number, by, "reopen", reason="重新处理")

    assert [text.startswith(REOPENED.format(number)) for text in company.told(MANAGEMENT, number)] == [True]
    assert company.try_act(number, "quality_control", "inspect", **INSPECTION).status == 403
    company.act(number, MANAGEMENT, "assign", responsible=company.subs[MANAGEMENT])
    assert company.act(number, MANAGEMENT, "inspect", **INSPECTION)["stage"] == "handling"


@pytest.mark.parametrize("unit", ["quality_control", "business_unit", "service_department"])
def test_p6_3_quality_management_hears_of_no_other_complaint_that_is_taken_up_again(
    company: Organisation, unit: str
) -> None:
    number = handled(company, unit)
    company.act(
        number, unit, "inspect", **(INSPECTION if unit == "quality_control" else {**INSPECTION, "sample_test": None})
    )
    company.act(number, unit, "decide", **DECISION)
    if unit != "quality_control":
        company.act(number, "complainant", "dispute", reason="没有解决")
        later(company, 31)

    company.act(number, "team_lead", "reopen", reason="重新处理")

    assert company.told(MANAGEMENT, number) == []
