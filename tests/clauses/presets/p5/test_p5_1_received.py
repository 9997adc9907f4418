"""P5.1 and P5.2 `telecom-regulator`: when a complaint came is on record; its evidence has time from the request on."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.filing import hidden_from_the_complainant
from tests.clauses.behaviour.receipts import TEN_DAYS, answers, arrived, late, since
from tests.clauses.offices.regulator import WANTED, assigned
from tests.clauses.organisation import Organisation

FRIDAY = "2026-12-04T09:00:00+08:00"
KINDS = "例如通信服务合同、通信账单或通信记录；收到后将审查是否受理"
FILED = f"您的投诉 {{}} 已登记。请您于 2026年12月11日（周五）18:00 前提供至少一份证据材料，{KINDS}。"


def called(regulator: Organisation) -> str:
    """A call of last Friday that the centre registers today."""
    regulator.world.move_to(FRIDAY)
    return arrived(regulator, "complaint_centre", "2026-11-27T10:00:00+08:00", channel="hotline")


def test_p5_1_the_centre_registers_when_a_call_came(regulator: Organisation) -> None:
    shown = regulator.complaint(called(regulator))

    assert (shown["received_at"], shown["registered_at"]) == ("2026-11-27T02:00:00.000Z", "2026-12-04T01:00:00.000Z")


def test_p5_2_the_consumer_has_the_whole_time_for_evidence_from_when_it_is_asked_for(regulator: Organisation) -> None:
    number = called(regulator)

    for clock, due in (("evidence", "12-11 18:00"), ("evidence_overdue", "12-11 18:00"), ("silence", "12-25 18:00")):
        assert since(regulator, number, clock) == ("12-04 09:00", due, "running")
    assert late(regulator, number) == []
    assert FILED.format(number) in regulator.told("complainant", number)


@pytest.mark.parametrize("clock", ["evidence", "evidence_overdue", "silence"])
def test_p5_2_a_demand_of_the_investigation_does_not_start_the_time_for_a_refusal(
    regulator: Organisation, clock: str
) -> None:
    number = assigned(regulator)

    regulator.act(number, "inspector", "demand_evidence", of="complainant", until="2026-12-11T18:00:00+08:00", **WANTED)

    run = regulator.deadline(number, clock)
    assert (run["run"], run["state"]) == (1, "met")


def test_p5_1_staff_state_the_reason_and_a_time_at_most_ten_days_ago(regulator: Organisation) -> None:
    assert answers(regulator, "complaint_centre", channel="window") == TEN_DAYS


def test_p5_1_why_it_was_registered_later_is_not_for_the_complainant(regulator: Organisation) -> None:
    number = arrived(regulator, "complaint_centre", "2026-11-27T09:00:00+08:00")

    assert "received_why" in hidden_from_the_complainant(regulator, number, "complaint_centre")
