"""P3 `auto-repair-forms`: a customer who never comes is reminded, the matter closed; a late answer reopens it."""

from __future__ import annotations

import pytest

from tests.clauses import printed_page
from tests.clauses.offices.workshop import FILLED, FINDING, FORM, REVIEW, closed, parked
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p3.steps import COME_BY
from tests.clauses.silent_parties import reminders
from tests.clauses.world import skip_to

REMINDED, CLOSED = "2027-02-26T00:00:00+08:00", "2027-05-27T00:00:00+08:00"
CLOSING = "您的投诉 {} 因您一直未来店，已结案。您仍可联系我们，届时将重新处理。"
REASON = "客户在期限内未来店，未了事宜予以结案。"
TOLD = ("customer_manager", "service_centre")


def silent(workshop: Organisation) -> str:
    """A pending matter that was closed because the customer did not come."""
    number = parked(workshop, "customer_absent")
    skip_to(workshop.world, CLOSED)
    return number


def silent_and_archived(workshop: Organisation) -> str:
    number = silent(workshop)
    workshop.act(number, "service_centre", "archive")
    return number


def test_p3_6_a_customer_who_stays_away_is_reminded(workshop: Organisation) -> None:
    number = parked(workshop, "customer_absent")

    workshop.world.move_to(REMINDED)

    [event] = reminders(workshop, number)
    assert (event["actor"]["kind"], workshop.local(event["at"])) == ("system", REMINDED)
    assert workshop.told("complainant", number)[:1] == [COME_BY.format(number)]


@pytest.mark.parametrize("reason", ["customer_absent", "no_time"])
def test_p3_6_only_the_centre_reminds_earlier(workshop: Organisation, reason: str) -> None:
    number = parked(workshop, reason)

    assert workshop.try_act(number, "management", "notify").status == 403
    workshop.act(number, "service_centre", "notify")


@pytest.mark.parametrize("who", ["customer_manager", "general_manager"])
@pytest.mark.parametrize("reminded", [False, True])
def test_p3_6_no_person_closes_a_pending_matter_before_the_time_that_the_customer_was_told(
    workshop: Organisation, reminded: bool, who: str
) -> None:
    number = parked(workshop, "customer_absent")
    if reminded:
        workshop.world.move_to(REMINDED)

    assert workshop.try_act(number, who, "close", note="未来店。").status in (403, 409)


def test_p3_6_silence_closes_the_matter_with_its_reason(workshop: Organisation) -> None:
    number = silent(workshop)

    [event] = workshop.events(number, type_="closed")
    assert (event["actor"]["kind"], workshop.local(event["at"])) == ("system", CLOSED)
    values = workshop.get(f"/complaints/{number}/record", "general_manager")["values"][event["id"]]
    assert REASON in values["note"]
    assert workshop.told("complainant", number)[:1] == [CLOSING.format(number)]
    assert all(f"投诉 {number} 已结案。" in workshop.told(who, number) for who in TOLD)


def test_p3_6_the_form_shows_why_it_was_closed_and_no_hand_over(workshop: Organisation) -> None:
    number = silent(workshop)

    values = printed_page.printed(workshop, number, "feedback_form", "service_centre").values

    assert values["转客户服务中心"] == []
    [summary] = values["结案小结"]
    assert summary.startswith(REASON)
    assert "2027年5月27日 00:00" in summary or "2027年5月26日 24:00" in summary


@pytest.mark.parametrize("ended", [silent, silent_and_archived])
def test_p3_6_a_late_answer_is_handled_at_once(workshop: Organisation, ended: object) -> None:
    assert callable(ended)
    number = ended(workshop)

    assert workshop.try_act(number, "service_centre", "reopen").status == 403
    answer = workshop.act(number, "complainant", "reopen")

    assert answer["stage"] == "handling"
    assert all(workshop.told(who, number)[0].startswith(f"投诉 {number} 现重新处理") for who in TOLD)
    assert [workshop.deadline(number, clock)["state"] for clock in ("reminder", "silence")] == ["met"] * 2
    assert workshop.deadline(number, "liability")["state"] == "running"


def test_p3_6_after_a_late_answer_liability_is_found_in_time(workshop: Organisation) -> None:
    number = silent(workshop)
    workshop.act(number, "complainant", "reopen")

    assert workshop.local(workshop.deadline(number, "liability")["due"]) == "2027-05-28T00:00:00+08:00"
    workshop.act(number, "customer_manager", "accept", **FILLED)
    workshop.act(number, "customer_manager", "find_liability", **FINDING)
    assert workshop.act(number, "customer_manager", "forward", to="management")["stage"] == "review"


def test_p3_6_a_customer_who_comes_is_not_reminded(workshop: Organisation) -> None:
    number = parked(workshop, "no_time")
    workshop.act(number, "customer_manager", "resume")

    assert [workshop.deadline(number, clock)["state"] for clock in ("reminder", "silence")] == ["met", "met"]


def test_p3_6_a_case_that_was_handled_is_not_reopened(workshop: Organisation) -> None:
    answer = workshop.try_act(closed(workshop), "complainant", "reopen")

    assert (answer.status, answer.problem) == (409, "act-not-open")


def test_p3_6_a_matter_that_was_handled_after_the_late_answer_is_not_reopened(workshop: Organisation) -> None:
    number = silent(workshop)
    workshop.act(number, "complainant", "reopen")
    workshop.act(number, "customer_manager", "accept", **FILLED)
    workshop.act(number, "customer_manager", "find_liability", **FINDING)
    workshop.act(number, "customer_manager", "forward", to="management")
    workshop.act(number, "management", "confirm", **REVIEW)
    workshop.act(number, "management", "notify")
    workshop.act(number, "general_manager", "decide", final_opinion="同意。", outcome="resolved")
    workshop.act(number, "management", "execute", **FORM)
    workshop.act(number, "management", "close", note="已转客服中心。")

    answer = workshop.try_act(number, "complainant", "reopen")

    assert (answer.status, answer.problem) == (409, "act-not-open")


def test_p3_6_a_second_silence_closes_it_again(workshop: Organisation) -> None:
    number = silent(workshop)
    workshop.act(number, "complainant", "reopen")
    workshop.act(number, "customer_manager", "park", reason="no_time", asked="done")
    workshop.act(number, "general_manager", "approve")

    skip_to(workshop.world, "2027-12-01T00:00:00+08:00")

    assert workshop.complaint(number)["stage"] == "closed"
    assert workshop.act(number, "complainant", "reopen")["stage"] == "handling"


def test_p3_6_staff_who_do_nothing_after_a_late_answer_do_not_close_it(workshop: Organisation) -> None:
    number = silent(workshop)
    workshop.act(number, "complainant", "reopen")

    skip_to(workshop.world, "2027-12-01T00:00:00+08:00")

    assert workshop.complaint(number)["stage"] == "handling"
    assert workshop.deadline(number, "liability")["state"] == "missed"


@pytest.mark.parametrize("reason", ["parts_delay", "quality"])
def test_p3_6_a_matter_that_waits_for_the_workshop_is_not_closed(workshop: Organisation, reason: str) -> None:
    number = parked(workshop, reason)

    skip_to(workshop.world, CLOSED)

    assert (workshop.complaint(number)["stage"], reminders(workshop, number)) == ("pending", [])
    deadlines = workshop.get(f"/complaints/{number}/deadlines", "complainant", number)["deadlines"]
    assert {"reminder", "silence"}.isdisjoint(one["clock"] for one in deadlines)


@pytest.mark.parametrize("reason", ["customer_absent", "no_time"])
def test_p3_6_contacts_each_month_do_not_hold_off_the_end(workshop: Organisation, reason: str) -> None:
    number = parked(workshop, reason)
    for month in ("2026-12", "2027-01", "2027-02", "2027-03", "2027-04", "2027-05"):
        workshop.world.move_to(f"{month}-02T09:00:00+08:00")
        workshop.act(number, "customer_manager", "do_task", task="pending_contact", contact="电话无人接听。")

    workshop.world.move_to(CLOSED)

    assert workshop.complaint(number)["stage"] == "closed"
    assert workshop.told("complainant", number)[:1] == [CLOSING.format(number)]


@pytest.mark.parametrize("reason", ["parts_delay", "quality"])
def test_p3_6_a_matter_that_waits_for_the_workshop_now_is_not_closed(workshop: Organisation, reason: str) -> None:
    number = parked(workshop, "customer_absent")
    workshop.act(number, "customer_manager", "resume", changes="客户已到店。")
    workshop.act(number, "customer_manager", "park", reason=reason, asked="done")
    workshop.act(number, "general_manager", "approve")

    skip_to(workshop.world, CLOSED)

    assert workshop.complaint(number)["stage"] == "pending"


@pytest.mark.parametrize("reason", ["parts_delay", "quality"])
def test_p3_6_the_customer_of_a_matter_that_waits_for_the_workshop_is_not_warned_of_the_end(
    workshop: Organisation, reason: str
) -> None:
    answer = workshop.try_act(parked(workshop, reason), "service_centre", "notify")

    assert (answer.status, answer.problem) == (409, "act-not-open")


def test_p3_6_a_recorded_visit_begins_the_period_again(workshop: Organisation) -> None:
    number = parked(workshop, "customer_absent", severity="major")
    workshop.act(number, "general_manager", "approve")
    workshop.world.move_to("2026-11-30T09:00:00+08:00")

    workshop.act(number, "customer_manager", "do_task", task="home_visit", visit="客户下月来店。")

    assert workshop.local(workshop.deadline(number, "silence")["due"]) == "2027-05-30T00:00:00+08:00"


def test_p3_6_a_visit_that_is_recorded_after_the_matter_was_resumed_begins_no_period(workshop: Organisation) -> None:
    number = parked(workshop, "no_time", severity="major")
    workshop.act(number, "general_manager", "approve")
    workshop.act(number, "service_centre", "resume")

    workshop.act(number, "customer_manager", "do_task", task="home_visit", visit="客户已到店。")

    assert workshop.deadline(number, "silence")["state"] == "met"


def test_p3_6_a_contact_that_is_recorded_after_the_matter_was_resumed_begins_no_period(workshop: Organisation) -> None:
    number = parked(workshop, "no_time")
    workshop.world.move_to("2026-12-02T09:00:00+08:00")
    workshop.act(number, "service_centre", "resume")

    workshop.act(number, "customer_manager", "do_task", task="pending_contact", contact="客户已到店。")

    assert workshop.deadline(number, "silence")["state"] == "met"


def test_p3_9_a_closed_matter_causes_no_alarms(workshop: Organisation) -> None:
    number = silent(workshop)
    workshop.act(number, "service_centre", "archive")
    known = len(workshop.events(number, "owner"))

    skip_to(workshop.world, "2027-12-01T00:00:00+08:00")

    assert len(workshop.events(number, "owner")) == known
