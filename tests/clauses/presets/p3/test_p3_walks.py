"""P3 `auto-repair-forms` as its people live it: to the archive, and with a customer who stays away."""

from __future__ import annotations

import pytest

from tests.clauses.offices.workshop import FILLED, FINDING, FORM, OBJECTION, closed, executed, parked
from tests.clauses.organisation import Organisation


def test_p3_5_a_pending_matter_ends_in_the_archive(workshop: Organisation) -> None:
    number = parked(workshop, "parts_delay", category={"nature": "delay"})
    workshop.world.move_to("2026-12-02T09:00:00+08:00")
    workshop.act(number, "customer_manager", "do_task", task="pending_contact", contact="已请其回厂。", changes="到货")
    workshop.act(number, "customer_manager", "resume", changes="客户已到店。")
    workshop.act(number, "customer_manager", "accept", **FILLED)
    workshop.act(number, "customer_manager", "find_liability", **FINDING)
    workshop.act(number, "customer_manager", "forward", to="management", contacted=True)
    workshop.act(number, "management", "object", **OBJECTION)
    workshop.act(number, "customer_manager", "sign", agreement="各担一半。")
    workshop.act(number, "respondent_department", "approve")
    workshop.act(number, "management", "notify")
    workshop.act(number, "general_manager", "decide", final_opinion="同意。", outcome="resolved")
    workshop.act(number, "management", "execute", **FORM)
    workshop.act(number, "management", "close", note="已转客服中心。")

    workshop.act(number, "service_centre", "archive")

    shown = workshop.complaint(number, "service_centre")
    assert (shown["stage"], shown["acts"]) == ("archived", [])


def test_p3_6_a_customer_who_stays_away_is_asked_each_month_until_the_manager_goes_on(workshop: Organisation) -> None:
    number = parked(workshop, "customer_absent")
    for month in ("2026-12", "2027-01", "2027-02"):
        workshop.world.move_to(f"{month}-02T09:00:00+08:00")
        workshop.act(number, "customer_manager", "do_task", task="pending_contact", contact="联系不上。")

    assert workshop.act(number, "customer_manager", "resume")["stage"] == "handling"


@pytest.mark.parametrize("who", ["staff", "customer_manager", "management", "general_manager", "complainant"])
def test_p3_5_only_the_centre_archives(workshop: Organisation, who: str) -> None:
    assert workshop.try_act(closed(workshop), who, "archive").status == 403


@pytest.mark.parametrize("who", ["service_centre", "customer_manager", "general_manager", "complainant"])
def test_p3_5_only_management_hands_the_form_to_the_centre(workshop: Organisation, who: str) -> None:
    assert workshop.try_act(executed(workshop), who, "close", note="转交").status == 403
