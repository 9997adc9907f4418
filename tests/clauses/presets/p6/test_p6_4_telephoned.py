"""P6.4 `corporate-standard`: a customer without mail is told reminders and new times by telephone, as a task."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.company import company_in, decided, handled, of_class
from tests.clauses.organisation import Organisation
from tests.clauses.presets.reached import bounce
from tests.clauses.world import InProcess, advance

IMPORTANT: dict[str, Any] = {"severity": "important", "sign": "wide_effect"}


@pytest.fixture
def unmailed(company: Organisation) -> Organisation:
    """Its customers have a telephone number only."""
    company.mails = False
    return company


def calls(company: Organisation, number: str) -> list[str]:
    return [task["task"] for task in company.complaint(number, "agent")["tasks"] if task["task"] == "telephone"]


def call(company: Organisation, number: str, reached: str = "yes") -> None:
    company.act(number, "agent", "attempt", by="phone", reached=reached)


def test_p6_4_a_registration_needs_no_call(unmailed: Organisation) -> None:
    number = unmailed.file()

    assert calls(unmailed, number) == []


def test_p6_4_a_new_time_opens_a_call(unmailed: Organisation) -> None:
    number = unmailed.file()

    unmailed.act(number, "agent", "classify", **IMPORTANT)

    assert calls(unmailed, number) == ["telephone"]
    assert any("电话联系客户" in text for text in unmailed.told_in_full("agent", number))


def test_p6_4_the_result_of_the_call_is_on_record_and_ends_it(unmailed: Organisation) -> None:
    number = unmailed.file()
    unmailed.act(number, "agent", "classify", **IMPORTANT)

    call(unmailed, number)

    [attempted] = unmailed.events(number, type_="attempted")
    assert (attempted["fields"]["by"], attempted["fields"]["reached"]) == ("phone", "yes")
    assert calls(unmailed, number) == []


def test_p6_4_each_new_time_opens_a_call(unmailed: Organisation) -> None:
    number = unmailed.file()
    unmailed.act(number, "agent", "classify", **IMPORTANT)
    call(unmailed, number)

    unmailed.act(number, "agent", "classify", severity="major", sign="media")

    assert calls(unmailed, number) == ["telephone"]


def test_p6_4_a_class_with_the_same_time_opens_none(unmailed: Organisation) -> None:
    number = unmailed.file()

    unmailed.act(number, "agent", "classify", severity="general", sign="slight")

    assert calls(unmailed, number) == []


def test_p6_4_three_calls_that_reach_nobody_on_three_working_days_are_enough(unmailed: Organisation) -> None:
    number = unmailed.file()
    unmailed.act(number, "agent", "classify", **IMPORTANT)
    left = []

    for at in ("2026-11-27T11:00", "2026-11-27T16:00", "2026-11-30T10:00", "2026-12-01T10:00"):
        unmailed.world.move_to(f"{at}:00+08:00")
        call(unmailed, number, "no")
        left.append(calls(unmailed, number))

    assert left == [["telephone"], ["telephone"], ["telephone"], []]


def test_p6_4_the_twelve_hours_after_a_month_open_a_call() -> None:
    january = company_in(InProcess("2026-01-31T09:00:00+08:00"))
    january.mails = False
    number = handled(january)

    january.world.move_to("2026-03-01T00:00:00+08:00")

    assert calls(january, number) == ["telephone"]


def test_p6_4_a_reminder_opens_a_call(unmailed: Organisation) -> None:
    number = decided(unmailed)
    call(unmailed, number)

    advance(unmailed.world, "8 days")

    assert calls(unmailed, number) == ["telephone"]


def test_p6_4_a_complaint_that_is_taken_up_again_opens_a_call(unmailed: Organisation) -> None:
    number = decided(unmailed)
    call(unmailed, number)
    unmailed.act(number, "complainant", "dispute", reason="没有解决")

    unmailed.act(number, "team_lead", "reopen", reason="重新处理")

    assert calls(unmailed, number) == ["telephone"]


def test_p6_4_what_the_customer_does_makes_the_call_needless(unmailed: Organisation) -> None:
    number = decided(unmailed)
    call(unmailed, number)
    advance(unmailed.world, "8 days")

    unmailed.act(number, "complainant", "agree")

    assert calls(unmailed, number) == []


def test_p6_4_a_customer_with_mail_is_not_telephoned(company: Organisation) -> None:
    number = company.file(**of_class("major"))

    company.act(number, "agent", "classify", severity="major", sign="litigation")
    other = company.file()
    company.act(other, "agent", "classify", **IMPORTANT)

    assert (calls(company, number), calls(company, other)) == ([], [])


def test_p6_4_a_mail_about_a_new_time_that_came_back_opens_a_call(company: Organisation) -> None:
    number = company.file()
    company.act(number, "agent", "classify", **IMPORTANT)

    bounce(company, number)

    assert calls(company, number) == ["telephone"]
