"""P2.5 `auto-repair`: closing and archiving have their time, and escalate."""

from __future__ import annotations

from tests.clauses.behaviour.timeline import LATE, missed
from tests.clauses.offices.garage import executed, offered
from tests.clauses.organisation import Organisation


def decided(garage: Organisation) -> str:
    number = executed(garage)
    garage.act(number, "customer_service", "decide", outcome="settled")
    return number


def test_p2_5_a_decided_case_that_is_not_closed_goes_to_the_next_tier(garage: Organisation) -> None:
    number = decided(garage)

    garage.world.move_to("2026-12-04T18:00:00+08:00")

    assert missed(garage, number, "completion") == ["12-04 18:00"]
    assert garage.told("technical_manager", number)[0] == LATE.format(number)


def test_p2_5_the_archive_has_its_own_time(garage: Organisation) -> None:
    number = decided(garage)
    garage.world.move_to("2026-12-03T09:00:00+08:00")
    garage.act(number, "customer_service", "close", summary="客户谅解。")

    garage.world.move_to("2026-12-10T18:00:00+08:00")

    assert missed(garage, number, "completion") == ["12-10 18:00"]


def test_p2_5_a_case_that_is_reopened_is_not_archived_late(garage: Organisation) -> None:
    number = offered(garage)
    garage.world.move_to("2026-12-12T09:00:00+08:00")
    garage.act(number, "complainant", "reopen")

    garage.world.move_to("2026-12-19T09:00:00+08:00")

    assert missed(garage, number, "completion") == []
