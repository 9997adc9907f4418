"""P4 `government-service-centre`: decision, closing and archiving have their time, and escalate."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.timeline import LATE, OWED, missed
from tests.clauses.offices.hall import closed_and_archived, decided, inspected
from tests.clauses.organisation import Organisation
from tests.clauses.world import skip_to


def rated(hall: Organisation) -> str:
    number = decided(hall)
    hall.act(number, "complainant", "rate", rating="fair")
    return number


def test_p4_7_a_rated_case_that_is_not_closed_escalates(hall: Organisation) -> None:
    number = rated(hall)

    hall.world.move_to("2026-12-04T18:00:00+08:00")

    assert missed(hall, number, "completion") == ["12-04 18:00"]
    assert hall.told("reception", number)[0] == LATE.format(number)


def test_p4_7_the_archive_has_its_own_time(hall: Organisation) -> None:
    number = rated(hall)
    hall.world.move_to("2026-12-03T09:00:00+08:00")
    hall.act(number, "reception", "close", summary="已评价。")

    hall.world.move_to("2026-12-10T18:00:00+08:00")

    assert missed(hall, number, "completion") == ["12-10 18:00"]


def test_p4_7_after_the_archive_no_time_runs(hall: Organisation) -> None:
    number = rated(hall)
    closed_and_archived(hall, number)

    skip_to(hall.world, "2027-02-01T09:00:00+08:00")

    assert missed(hall, number, "completion") == []


def test_p4_7_a_case_that_is_reopened_is_not_archived_late(hall: Organisation) -> None:
    number = decided(hall)
    skip_to(hall.world, "2027-02-26T09:00:00+08:00")
    hall.act(number, "complainant", "reopen")

    skip_to(hall.world, "2027-03-12T09:00:00+08:00")

    assert missed(hall, number, "completion") == []


def test_p4_6_reception_investigators_and_director_are_warned_of_the_decision(hall: Organisation) -> None:
    number = hall.file()

    hall.world.move_to("2026-12-01T09:00:00+08:00")

    warning = f"投诉 {number} 即将到期，请于2026年12月2日（周三）18:00前（北京时间）完成。"
    assert {who for who in hall.subs if warning in hall.told(who, number)} == {"reception", "investigator", "director"}


@pytest.mark.parametrize(("until", "alarms"), [("2026-12-02T18:00:00+08:00", 1), ("2026-12-03T18:00:00+08:00", 2)])
def test_p4_6_each_escalation_also_reaches_the_investigator(hall: Organisation, until: str, alarms: int) -> None:
    number = inspected(hall)

    hall.world.move_to(until)

    assert hall.told("investigator", number).count(OWED.format(number)) == alarms
