"""An alarm says what is to be done in the present stage, not a step of a later one or of a rare case."""

from __future__ import annotations

from tests.clauses.offices import bureau as at_bureau
from tests.clauses.offices import hall as at_hall
from tests.clauses.offices import regulator as at_regulator
from tests.clauses.offices import workshop as at_workshop
from tests.clauses.organisation import Organisation
from tests.clauses.world import advance


def owed(organisation: Organisation, who: str, number: str, clock: str) -> str:
    """What the latest alarm about this clock says."""
    texts = organisation.told_in_full(who, number)
    return next(text for text in texts if f"“{clock}”" in text).rpartition("待办：")[2]


def test_before_the_acceptance_the_acceptance_is_owed(company: Organisation) -> None:
    number = company.file()

    advance(company.world, "25 hours")

    assert owed(company, "agent", number, "投诉处理时长") == "受理。"


def test_a_handed_over_form_is_to_be_reviewed(workshop: Organisation) -> None:
    number = at_workshop.handed_over(workshop)

    advance(workshop.world, "5 hours")

    assert owed(workshop, "management", number, "复核、上报并反馈") == "审核通过。"


def test_a_proposal_is_to_be_approved_or_rejected(workshop: Organisation) -> None:
    at_workshop.parked(workshop, severity="major")
    [number] = workshop.filed

    advance(workshop.world, "4 days")

    assert owed(workshop, "general_manager", number, "上门拜访的请示") == "审批。"


def test_a_step_of_a_rare_case_is_not_owed(bureau: Organisation) -> None:
    number = at_bureau.disputed(bureau)

    advance(bureau.world, "40 days")

    assert owed(bureau, "officer", number, "结案和归档时限") == "结案。"


def test_a_follow_up_is_owed_by_its_name(hall: Organisation) -> None:
    number = at_hall.decided(hall)

    advance(hall.world, "10 days")

    assert owed(hall, "reception", number, "反馈处理结果的时间") == "向投诉人反馈处理结果。"


def test_where_the_decision_is_open_it_is_owed(regulator: Organisation) -> None:
    number = at_regulator.heard(regulator, unit=at_regulator.unit(regulator))

    advance(regulator.world, "60 days")

    assert owed(regulator, "inspector", number, "核实、调查和处理") == "作出处理决定。"
