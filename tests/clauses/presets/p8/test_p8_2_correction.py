"""P8.2 `customer-service`: a wrong category is corrected, and the complaint goes to the people of the right one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.offices.helpdesk import assigned, executed, inspected, offered
from tests.clauses.organisation import Organisation

Stage = Callable[[Organisation], str]


def closed(helpdesk: Organisation) -> str:
    number = executed(helpdesk)
    helpdesk.act(number, "agent", "close", summary="已退款。")
    return number


def disputed(helpdesk: Organisation) -> str:
    number = offered(helpdesk)
    helpdesk.act(number, "complainant", "dispute", counter="希望换新。")
    return number


def agreed(helpdesk: Organisation) -> str:
    number = offered(helpdesk)
    helpdesk.act(number, "complainant", "agree")
    return number


@pytest.mark.parametrize("stage", [Organisation.file, assigned, inspected, disputed])
@pytest.mark.parametrize("who", ["agent", "manager"])
def test_p8_2_a_wrong_category_is_corrected_and_routed_anew(helpdesk: Organisation, stage: Stage, who: str) -> None:
    number = stage(helpdesk)
    before = helpdesk.told("product_team", number)

    view = helpdesk.act(number, who, "classify", severity="general", kind="product_quality")

    assert (view["stage"], view["category"]) == ("registered", {"kind": "product_quality"})
    assert len(helpdesk.told("product_team", number)) == len(before) + 1
    assert helpdesk.try_act(number, "after_sales", "assign", responsible=[helpdesk.subs["after_sales"]]).status == 403
    team = [helpdesk.subs["product_team"]]
    assert helpdesk.act(number, "product_team", "assign", responsible=team)["stage"] == "assigned"


@pytest.mark.parametrize("who", ["after_sales", "complainant"])
def test_p8_2_others_correct_no_category(helpdesk: Organisation, who: str) -> None:
    answer = helpdesk.try_act(assigned(helpdesk), who, "classify", severity="general", kind="other")

    assert answer.status == 403


@pytest.mark.parametrize("who", ["agent", "manager"])
@pytest.mark.parametrize("stage", [executed, closed])
def test_p8_2_the_category_of_a_finished_complaint_is_corrected_for_the_report(
    helpdesk: Organisation, stage: Stage, who: str
) -> None:
    number = stage(helpdesk)
    before = helpdesk.complaint(number)["stage"]

    view = helpdesk.act(number, who, "classify", kind="product_quality")

    assert (view["stage"], view["category"]) == (before, {"kind": "product_quality"})
    assert helpdesk.try_act(number, "after_sales", "classify", kind="other").status == 403


@pytest.mark.parametrize("stage", [executed, closed])
def test_p8_2_a_correction_for_the_report_names_the_category(helpdesk: Organisation, stage: Stage) -> None:
    answer = helpdesk.try_act(stage(helpdesk), "agent", "classify")

    assert (answer.status, answer.pointer) == (422, "/fields/kind")


def test_p8_2_a_finished_complaint_that_is_taken_up_again_gets_a_person_of_the_right_team(
    helpdesk: Organisation,
) -> None:
    number = executed(helpdesk)
    helpdesk.act(number, "agent", "classify", kind="product_quality")
    helpdesk.act(number, "complainant", "rate", rating="dissatisfied")

    helpdesk.act(number, "agent", "reopen")

    offer = {"remedies": ["redo"], "offer": "更换批次。"}
    assert helpdesk.try_act(number, "after_sales", "offer", **offer).status == 403
    helpdesk.act(number, "agent", "assign", responsible=[helpdesk.subs["product_team"]])
    assert helpdesk.act(number, "product_team", "offer", **offer)["stage"] == "offered"


@pytest.mark.parametrize("stage", [offered, agreed])
def test_p8_2_a_solution_that_is_offered_or_agreed_stays_with_its_people(helpdesk: Organisation, stage: Stage) -> None:
    answer = helpdesk.try_act(stage(helpdesk), "agent", "classify", severity="general", kind="other")

    assert (answer.status, answer.problem) == (409, "act-not-open")
