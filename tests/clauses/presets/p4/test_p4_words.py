"""P4: what people read of the times of P4.6 and P4.7, and of what a refusal leaves open."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.deadlines import read_by_complainant
from tests.clauses.offices.hall import CONDITIONS, closed_and_archived, decided, hall_in
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p4.steps import ACCEPTED, FILED, REFUSED_AGAIN
from tests.clauses.world import InProcess

INVITED = "处理方案附后，请您对处理结果作出评价。"


@pytest.fixture
def hall() -> Organisation:
    return hall_in(InProcess("2026-11-27T09:00:00+08:00"))


def test_p4_6_the_confirmation_says_until_when_the_centre_decides(hall: Organisation) -> None:
    number = hall.file()

    assert hall.told("complainant", number) == [FILED.format(number)]


def test_p4_6_the_acceptance_says_until_when_the_centre_decides(hall: Organisation) -> None:
    number = hall.file()

    hall.act(number, "reception", "accept", conditions=CONDITIONS)

    assert hall.told("complainant", number)[0] == ACCEPTED.format(number)


def test_p4_2_the_acceptance_after_a_contradiction_says_the_same_time(hall: Organisation) -> None:
    number = contradicted(hall)

    hall.act(number, "director", "accept", conditions=CONDITIONS)

    assert hall.told("complainant", number)[0] == ACCEPTED.format(number)


def test_p4_2_a_second_refusal_offers_no_further_contradiction(hall: Organisation) -> None:
    number = contradicted(hall)

    hall.act(number, "director", "refuse", ground="other_matter", conditions=CONDITIONS, reason="与中心无关。")

    assert hall.told("complainant", number)[0] == REFUSED_AGAIN.format(number)


def test_p4_7_a_decision_that_reached_nobody_says_no_day_of_closing(hall: Organisation) -> None:
    hall.mails = False
    number = decided(hall)

    assert hall.told("complainant", number)[0].endswith(INVITED)


@pytest.mark.parametrize("clock", ["follow_up_time", "next_follow_up"])
def test_p4_7_the_alarm_about_a_follow_up_asks_for_it(hall: Organisation, clock: str) -> None:
    number = decided(hall)
    if clock == "next_follow_up":
        hall.act(number, "reception", "notify", feedback="已开窗口。")
    hall.world.move_to(hall.deadline(number, clock)["due"])

    assert "待办：向投诉人反馈处理结果" in hall.told_in_full("reception", number)[0]


def test_p4_7_the_alarm_about_a_rated_case_asks_to_close_it(hall: Organisation) -> None:
    number = decided(hall)
    hall.act(number, "complainant", "rate", rating="fair")
    hall.world.move_to(hall.deadline(number, "completion")["due"])

    assert hall.told_in_full("reception", number)[0].endswith("待办：结案。")


def test_p4_7_the_closing_in_time_meets_its_deadline(hall: Organisation) -> None:
    number = decided(hall)
    hall.act(number, "complainant", "rate", rating="fair")
    closed_and_archived(hall, number)

    assert [hall.deadline(number, "completion", run)["state"] for run in (1, 2)] == ["met", "met"]


def test_p4_7_the_complainant_reads_what_each_time_is_for(hall: Organisation) -> None:
    number = decided(hall)
    hall.act(number, "reception", "notify", feedback="已开窗口。")

    assert read_by_complainant(hall, number, "follow_up_time", "next_follow_up", "reminder", "silence") == {
        "follow_up_time": "政务服务中心：向您反馈处理结果",
        "next_follow_up": "政务服务中心：再次向您反馈处理结果",
        "reminder": "您：评价处理结果；届时尚未评价的，我们会再次提醒您",
        "silence": "您：评价处理结果；届时仍未评价的，予以结案",
    }


def test_p4_7_the_complainant_reads_who_closes_a_rated_case(hall: Organisation) -> None:
    number = decided(hall)
    hall.act(number, "complainant", "rate", rating="fair")

    assert read_by_complainant(hall, number, "completion") == {"completion": "政务服务中心：办理结案和归档"}


def contradicted(hall: Organisation) -> str:
    number = hall.file()
    hall.act(number, "reception", "refuse", ground="other_matter", conditions=CONDITIONS, reason="与中心无关。")
    hall.act(number, "complainant", "reopen", claimed_class="mishandling")
    return number
