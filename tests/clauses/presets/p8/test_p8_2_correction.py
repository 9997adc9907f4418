"""P8.2 `customer-service`: a wrong category is corrected, and the complaint goes to the people of the right one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.offices.helpdesk import assigned, inspected
from tests.clauses.organisation import Organisation

Stage = Callable[[Organisation], str]


@pytest.mark.parametrize("stage", [Organisation.file, assigned])
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


def test_p8_2_after_the_investigation_the_category_stays(helpdesk: Organisation) -> None:
    answer = helpdesk.try_act(inspected(helpdesk), "agent", "classify", severity="general", kind="other")

    assert (answer.status, answer.problem) == (409, "act-not-open")
