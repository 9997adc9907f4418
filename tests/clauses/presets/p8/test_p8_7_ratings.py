"""P8.7: a customer rates a result once, also after the closing."""

from __future__ import annotations

from tests.clauses.offices.helpdesk import executed
from tests.clauses.organisation import Organisation


def test_p8_7_satisfaction_can_be_recorded_after_the_closing(helpdesk: Organisation) -> None:
    number = executed(helpdesk)
    helpdesk.act(number, "agent", "close", summary="退款。")

    helpdesk.world.move_to("2026-11-27T10:00:00+08:00")
    told = {who: helpdesk.told(who, number) for who in ("agent", "after_sales", "manager", "complainant")}
    view = helpdesk.act(number, "complainant", "rate", rating="satisfied", comment="速度快。")

    assert view["stage"] == "closed"
    assert [event["fields"]["given"] for event in helpdesk.events(number, type_="rated")] == [["comment"]]
    assert {who: helpdesk.told(who, number) for who in told} == told
    assert helpdesk.try_act(number, "complainant", "rate", rating="fair").problem == "act-not-open"
