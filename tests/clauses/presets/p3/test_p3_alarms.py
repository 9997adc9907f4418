"""P3 `auto-repair-forms`: alarms reach the tier and those who can act in the present stage."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.offices.workshop import closed, confirmed, decided, executed, filled, found, handed_over, parked
from tests.clauses.organisation import Organisation

OVERDUE = "投诉 {} 已逾期，请尽快处理。"
WARNED = "投诉 {} 即将到期"
MONDAY = "2026-11-30T19:00:00+08:00"


def filed(workshop: Organisation) -> str:
    return workshop.file()


def reported_upwards(workshop: Organisation) -> str:
    number = confirmed(workshop)
    workshop.act(number, "management", "notify")
    return number


def to_be_visited(workshop: Organisation) -> str:
    return closed(workshop, return_visit_wanted=True)


def to_be_visited_at_home(workshop: Organisation) -> str:
    return parked(workshop, severity="major")


def alarmed(workshop: Organisation, number: str, text: str) -> set[str]:
    start = text.format(number)
    return {who for who in workshop.tokens if any(one.startswith(start) for one in workshop.told(who, number))}


TAKERS = {"staff", "service_centre", "customer_manager", "respondent_department", "management", "general_manager"}
# by clause: the scene, the time of its first misses, and who hears of them besides the tier
CASES: dict[str, tuple[Callable[[Organisation], str], str, set[str]]] = {
    # management is the next tier, and hears of the escalation instead
    "P3.1: filed": (filed, "2026-11-27T10:00:00+08:00", TAKERS - {"management"}),
    "P3.3: filled in": (filled, "2026-11-28T09:00:00+08:00", {"customer_manager"}),
    "P3.3: found": (found, "2026-11-28T09:00:00+08:00", {"customer_manager"}),
    "P3.4: reported to the general manager": (reported_upwards, "2026-11-27T13:00:00+08:00", {"general_manager"}),
    "P3.7: to be visited at home": (
        to_be_visited_at_home,
        MONDAY,
        {"general_manager", "customer_manager", "service_centre"},
    ),
    "P3.10: to be visited": (to_be_visited, "2026-11-28T09:00:00+08:00", {"service_centre"}),
}


@pytest.mark.parametrize("case", CASES)
def test_p3_4_alarms_reach_those_who_can_act(workshop: Organisation, case: str) -> None:
    scene, time, expected = CASES[case]
    number = scene(workshop)

    workshop.world.move_to(time)

    assert alarmed(workshop, number, OVERDUE) == expected


@pytest.mark.parametrize("scene", [handed_over, confirmed, decided, executed])
def test_p3_4_management_hears_of_its_own_delay_once(
    workshop: Organisation, scene: Callable[[Organisation], str]
) -> None:
    number = scene(workshop)

    workshop.world.move_to("2026-11-28T00:00:00+08:00")

    assert alarmed(workshop, number, "投诉 {} 已逾期，现升级至本层级") >= {"management"}


def test_p3_1_a_repeated_alarm_reaches_those_who_can_report(workshop: Organisation) -> None:
    number = workshop.file()

    workshop.world.move_to("2026-11-27T12:00:00+08:00")

    assert workshop.told("staff", number) == [OVERDUE.format(number)] * 3


def test_p3_3_the_manager_is_warned_though_another_deadline_was_missed(workshop: Organisation) -> None:
    workshop.world.move_to("2026-11-27T09:00:00+08:00")
    number = workshop.file()
    workshop.world.move_to("2026-11-27T11:00:00+08:00")  # the report has reached the top tier
    workshop.act(number, "staff", "forward", to="customer_manager")
    workshop.act(number, "customer_manager", "accept", form_filler="示例客户经理")

    workshop.world.move_to("2026-11-28T05:00:00+08:00")

    assert workshop.told("customer_manager", number)[0].startswith(WARNED.format(number))


def test_p3_1_a_manager_who_took_it_reports_it(workshop: Organisation) -> None:
    number = workshop.file()

    workshop.act(number, "customer_manager", "forward", to="service_centre")

    assert workshop.deadline(number, "report")["state"] == "met"


def test_p3_3_a_late_mark_is_refused_and_the_stage_says_so(workshop: Organisation) -> None:
    number = filled(workshop)
    [line] = workshop.complaint(number, "customer_manager")["guidance"]
    assert "48小时" in line["zh"]
    workshop.world.move_to("2026-11-28T09:00:00+08:00")

    answer = workshop.try_act(number, "customer_manager", "mark_unreachable")

    assert (answer.status, answer.problem) == (409, "act-not-open")
    assert workshop.deadline(number, "liability")["state"] == "missed"
