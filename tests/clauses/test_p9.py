"""P9 `food-drug-administration`: screening, refusal, limitation, decision, agreement or dispute."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess

CONDITIONS = {"direct_interest": True, "definite": True, "in_scope": True, "proper_statement": True}


@pytest.fixture
def bureau() -> Organisation:
    return sign_up(InProcess("2026-09-23T09:00:00+08:00"), "food-drug-administration")


def recent(hours_earlier: str = "2026-09-22T20:00:00+08:00") -> dict[str, str]:
    return {"occurred_at": hours_earlier, "knew_at": hours_earlier}


def test_p9_8_an_oral_complaint_is_decided_within_five_working_days_of_acceptance(bureau: Organisation) -> None:
    number = bureau.file(channel="oral", facts=recent())
    bureau.world.move_to("2026-09-23T10:00:00+08:00")

    bureau.act(number, "information_centre", "accept", conditions=CONDITIONS)

    assert bureau.deadline(number, "decision")["due"] == "2026-10-08T10:00:00.000Z"


@pytest.mark.parametrize("channel", ["written", "petition"])
def test_p9_8_a_written_complaint_or_petition_has_ten_working_days(bureau: Organisation, channel: str) -> None:
    number = bureau.file(channel=channel, facts=recent())
    bureau.world.move_to("2026-09-23T10:00:00+08:00")

    bureau.act(number, "information_centre", "accept", conditions=CONDITIONS)

    assert bureau.deadline(number, "decision")["due"] == "2026-10-14T10:00:00.000Z"


def investigated(bureau: Organisation) -> str:
    number = bureau.file(channel="oral", facts=recent())
    bureau.act(number, "information_centre", "accept", conditions=CONDITIONS)
    bureau.act(number, "leader", "assign", officers=[bureau.subs["officer"]])
    bureau.act(number, "officer", "inspect", findings="现场核实，食品已过保质期。")
    return number


def decided(bureau: Organisation) -> str:
    number = investigated(bureau)
    bureau.act(
        number, "officer", "decide", opinion="责令退款。", outcome="upheld", legal_basis="食品安全法第一百四十八条"
    )
    return number


def test_p9_10_from_registration_to_the_archive(bureau: Organisation) -> None:
    number = decided(bureau)

    bureau.act(number, "complainant", "agree")
    bureau.act(number, "officer", "execute")
    bureau.act(number, "officer", "close", handling_record="已退款并处罚。")
    answer = bureau.act(number, "archivist", "archive")

    assert answer["stage"] == "archived"


def test_p9_9_a_complainant_who_disputes_is_pointed_to_the_superior_body(bureau: Organisation) -> None:
    number = decided(bureau)

    bureau.act(number, "complainant", "dispute", reason="处理太轻")

    assert "市食品药品监督管理局" in bureau.told("complainant", number)[0]
