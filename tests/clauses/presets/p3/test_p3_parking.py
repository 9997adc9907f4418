"""P3.6 and P3.9 `auto-repair-forms`: only a complaint of that kind is parked, and it comes back."""

from __future__ import annotations

import pytest

from tests.clauses.offices.workshop import FINDING, found, parked, reported
from tests.clauses.organisation import Organisation


@pytest.mark.parametrize(
    ("nature", "reason"),
    [
        ("attitude", "quality"),
        ("conduct", "quality"),
        ("delay", "quality"),
        ("attitude", "parts_delay"),
        ("conduct", "parts_delay"),
    ],
)
def test_p3_6_a_reason_that_does_not_fit_the_nature_is_refused(
    workshop: Organisation, nature: str, reason: str
) -> None:
    number = reported(workshop, category={"nature": nature})

    answer = workshop.try_act(number, "customer_manager", "park", reason=reason, asked="done")

    assert (answer.status, answer.pointer) == (422, "/fields/reason")


@pytest.mark.parametrize(
    ("nature", "reason"), [("delay", "parts_delay"), ("attitude", "customer_absent"), ("conduct", "no_time")]
)
def test_p3_6_a_reason_that_fits_the_nature_is_taken(workshop: Organisation, nature: str, reason: str) -> None:
    number = reported(workshop, category={"nature": nature})

    assert workshop.try_act(number, "customer_manager", "park", reason=reason, asked="done").status == 200
    assert workshop.act(number, "general_manager", "approve")["stage"] == "pending"


def test_p3_6_nothing_is_parked_once_liability_is_found(workshop: Organisation) -> None:
    answer = workshop.try_act(found(workshop), "customer_manager", "park", reason="no_time", asked="done")

    assert (answer.status, answer.problem) == (409, "act-not-open")


def test_p3_6_a_finding_voids_a_proposal_to_park(workshop: Organisation) -> None:
    number = reported(workshop)
    workshop.act(number, "customer_manager", "park", reason="no_time", asked="done")

    workshop.act(number, "customer_manager", "find_liability", **FINDING)

    assert workshop.try_act(number, "general_manager", "approve").status == 409
    assert workshop.complaint(number)["stage"] == "handling"


@pytest.mark.parametrize("who", ["staff", "service_centre", "respondent_department", "complainant"])
def test_p3_6_only_the_manager_parks(workshop: Organisation, who: str) -> None:
    assert workshop.try_act(reported(workshop), who, "park", reason="no_time", asked="done").status == 403


@pytest.mark.parametrize(
    ("who", "text"), [("customer_manager", "投诉 {} 已恢复处理"), ("complainant", "您的投诉 {} 已恢复处理")]
)
def test_p3_9_manager_and_customer_are_told_that_work_goes_on(workshop: Organisation, who: str, text: str) -> None:
    number = parked(workshop)

    workshop.act(number, "service_centre", "resume", changes="配件已到货。")

    assert workshop.told(who, number)[0].startswith(text.format(number))
    [event] = workshop.events(number, type_="resumed")
    assert event["fields"]["given"] == ["changes"]
