"""P8 `customer-service`: solution, remedy, closing and archiving have their time, and escalate."""

from __future__ import annotations

from tests.clauses.behaviour.timeline import LATE, missed, owed
from tests.clauses.offices.helpdesk import assigned, executed, offered
from tests.clauses.organisation import Organisation


def test_p8_6_an_answer_without_a_solution_goes_to_the_manager(helpdesk: Organisation) -> None:
    number = assigned(helpdesk)
    helpdesk.act(number, "agent", "reply", text="已收到。")

    helpdesk.world.move_to("2026-12-04T18:00:00+08:00")

    assert missed(helpdesk, number, "solution") == ["12-04 18:00"]
    assert helpdesk.told("manager", number)[0] == LATE.format(number)


def test_p8_6_the_agents_are_warned_before_a_solution_is_late(helpdesk: Organisation) -> None:
    number = helpdesk.file()
    helpdesk.act(number, "agent", "reply", text="已收到。")

    helpdesk.world.move_to("2026-12-03T09:00:00+08:00")

    warning = f"投诉 {number} 即将到期，请于2026年12月4日（周五）18:00前（北京时间）完成。"
    told = {who for who in helpdesk.subs if warning in helpdesk.told(who, number)}
    assert told == {"agent"}


def test_p8_7_another_solution_in_time_is_not_late(helpdesk: Organisation) -> None:
    number = offered(helpdesk)
    helpdesk.act(number, "complainant", "dispute", counter="希望换新。")
    helpdesk.act(number, "after_sales", "reply", text="正在研究。")
    assert helpdesk.deadline(number, "negotiation")["state"] == "running"

    helpdesk.act(number, "after_sales", "offer", remedies=["replacement"], offer="更换新品。")

    assert helpdesk.deadline(number, "negotiation")["state"] == "met"


def test_p8_7_another_solution_that_does_not_come_goes_to_the_manager(helpdesk: Organisation) -> None:
    number = offered(helpdesk)
    helpdesk.act(number, "complainant", "dispute", counter="希望换新。")

    helpdesk.world.move_to("2026-12-01T18:00:00+08:00")

    assert missed(helpdesk, number, "negotiation") == ["12-01 18:00"]
    assert helpdesk.told("manager", number)[0] == LATE.format(number)


def test_p8_6_a_solution_in_time_is_not_late(helpdesk: Organisation) -> None:
    number = offered(helpdesk)

    helpdesk.world.move_to("2026-12-08T09:00:00+08:00")

    assert missed(helpdesk, number, "solution") == []


def test_p8_6_a_remedy_that_is_not_carried_out_goes_to_the_manager(helpdesk: Organisation) -> None:
    number = offered(helpdesk)
    helpdesk.act(number, "complainant", "agree")

    helpdesk.world.move_to("2026-12-04T18:00:00+08:00")

    assert missed(helpdesk, number, "remedy") == ["12-04 18:00"]
    assert helpdesk.told("manager", number)[0] == LATE.format(number)


def test_p8_6_a_remedy_in_time_is_not_late(helpdesk: Organisation) -> None:
    number = executed(helpdesk)

    helpdesk.world.move_to("2026-12-12T09:00:00+08:00")

    assert missed(helpdesk, number, "remedy") == []


def test_p8_8_a_case_that_is_not_closed_goes_to_the_manager(helpdesk: Organisation) -> None:
    number = executed(helpdesk)

    helpdesk.world.move_to("2026-12-04T18:00:00+08:00")

    assert missed(helpdesk, number, "completion") == ["12-04 18:00"]
    assert helpdesk.told("manager", number)[0] == LATE.format(number)


def test_p8_8_the_archive_has_its_own_time(helpdesk: Organisation) -> None:
    number = executed(helpdesk)
    helpdesk.world.move_to("2026-12-03T09:00:00+08:00")
    helpdesk.act(number, "agent", "close", summary="已退款。")

    helpdesk.world.move_to("2026-12-10T18:00:00+08:00")

    assert missed(helpdesk, number, "completion") == ["12-10 18:00"]


def test_p8_8_after_the_archive_no_time_runs(helpdesk: Organisation) -> None:
    number = executed(helpdesk)
    helpdesk.act(number, "agent", "close", summary="已退款。")
    helpdesk.act(number, "agent", "archive")

    helpdesk.world.move_to("2027-02-01T09:00:00+08:00")

    assert missed(helpdesk, number, "completion") == []


def test_p8_8_a_case_that_is_reopened_is_not_archived_late(helpdesk: Organisation) -> None:
    number = offered(helpdesk)
    helpdesk.world.move_to("2026-12-12T09:00:00+08:00")
    helpdesk.act(number, "complainant", "reopen")

    helpdesk.world.move_to("2026-12-19T09:00:00+08:00")

    assert missed(helpdesk, number, "completion") == []


def test_p8_4_an_escalation_also_reaches_the_agents(helpdesk: Organisation) -> None:
    number = helpdesk.file()

    helpdesk.world.move_to("2026-11-28T10:00:00+08:00")

    assert owed(helpdesk, number, "first_response", "agent") == [1]
