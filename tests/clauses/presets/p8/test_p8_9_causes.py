"""P8.9: the investigation chooses the kind of cause from a closed list, so that causes can be counted."""

from __future__ import annotations

import pytest

from tests.clauses.offices.helpdesk import FOUND, assigned
from tests.clauses.organisation import Organisation

CAUSES = ("product", "supplier", "process", "staff", "information", "customer", "other")


@pytest.mark.parametrize("cause", CAUSES)
def test_p8_9_a_cause_of_the_list_is_recorded(helpdesk: Organisation, cause: str) -> None:
    number = assigned(helpdesk)

    answer = helpdesk.try_act(number, "after_sales", "inspect", **{**FOUND, "cause": cause})

    assert answer.status == 200
    assert helpdesk.events(number, type_="inspected")[0]["fields"]["cause"] == cause


def test_p8_9_the_kind_of_cause_can_stay_open(helpdesk: Organisation) -> None:
    number = assigned(helpdesk)

    answer = helpdesk.try_act(number, "after_sales", "inspect", **{**FOUND, "cause": None})

    assert answer.status == 200
    assert "cause" not in helpdesk.events(number, type_="inspected")[0]["fields"]


def test_p8_9_another_cause_is_refused(helpdesk: Organisation) -> None:
    answer = helpdesk.try_act(assigned(helpdesk), "after_sales", "inspect", **{**FOUND, "cause": "批次问题"})

    assert (answer.status, answer.pointer) == (422, "/fields/cause")
