"""P8 `customer-service`: the agent, who closes and archives, hears that it can be done."""

from __future__ import annotations

from tests.clauses.offices.helpdesk import executed
from tests.clauses.organisation import Organisation


def test_p8_6_the_agent_is_told_that_the_solution_was_carried_out(helpdesk: Organisation) -> None:
    number = executed(helpdesk)

    assert helpdesk.told("agent", number)[0] == f"投诉 {number} 的处理意见已执行。"


def test_p8_8_the_agent_is_told_that_the_case_can_be_archived(helpdesk: Organisation) -> None:
    number = executed(helpdesk)

    helpdesk.act(number, "manager", "close", summary="已退款。")

    assert helpdesk.told("agent", number)[0] == f"投诉 {number} 已结案。"
