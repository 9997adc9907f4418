"""P6.5 `corporate-standard`: a letter or a call that came before it was registered is resolved in time from then."""

from __future__ import annotations

from tests.clauses.behaviour.filing import hidden_from_the_complainant
from tests.clauses.behaviour.receipts import TEN_DAYS, answers, arrived, late, since
from tests.clauses.organisation import Organisation

FRIDAY = "2026-12-04T09:00:00+08:00"


def test_p6_5_a_letter_that_came_earlier_is_resolved_within_24_hours_of_then(company: Organisation) -> None:
    company.world.move_to(FRIDAY)

    number = arrived(company, "agent", "2026-12-03T15:00:00+08:00", channel="letter")

    assert since(company, number, "resolution") == ("12-03 15:00", "12-04 15:00", "running")
    assert late(company, number) == []
    assert company.told("complainant", number) == [
        f"您的投诉 {number} 已登记，我们承诺在 2026年12月4日（周五）15:00 前处理完毕。"
    ]


def test_p6_5_a_warning_that_is_past_is_given_at_once(company: Organisation) -> None:
    company.world.move_to(FRIDAY)

    number = arrived(company, "agent", "2026-12-03T09:30:00+08:00", channel="phone")

    assert late(company, number) == ["warned resolution 12-04 08:30"]


def test_p6_5_what_is_late_already_is_missed_and_escalated_at_once(company: Organisation) -> None:
    company.world.move_to(FRIDAY)

    number = arrived(company, "agent", "2026-12-01T10:00:00+08:00", channel="letter")

    assert late(company, number) == ["missed resolution 12-02 10:00"]
    assert [one["fields"]["roles"] for one in company.events(number, type_="escalated")] == [["team_lead"]]


def test_p6_5_no_time_is_promised_that_is_over(company: Organisation) -> None:
    company.world.move_to(FRIDAY)

    number = arrived(company, "agent", "2026-12-01T10:00:00+08:00", channel="letter")

    assert company.told("complainant", number) == [f"您的投诉 {number} 已登记。您可以凭编号和回执查询办理情况。"]


def test_p6_4_a_reply_that_a_letter_wanted_before_its_registration_is_late_at_once(company: Organisation) -> None:
    company.world.move_to(FRIDAY)
    wanted = {"reply_wanted_at": "2026-12-03T18:00:00+08:00"}

    number = arrived(company, "agent", "2026-12-03T15:00:00+08:00", channel="letter", facts=wanted)

    assert late(company, number) == ["missed wanted_reply 12-03 18:00"]


def test_p6_4_a_wanted_time_that_is_over_at_the_registration_is_not_promised(company: Organisation) -> None:
    company.world.move_to(FRIDAY)
    wanted = {"reply_wanted_at": "2026-12-03T18:00:00+08:00"}

    number = arrived(company, "agent", "2026-12-03T15:00:00+08:00", channel="letter", facts=wanted)

    assert company.told("complainant", number) == [
        f"您的投诉 {number} 已登记，我们承诺在 2026年12月4日（周五）15:00 前处理完毕。"
    ]


def test_p6_4_no_reply_is_wanted_before_the_letter_came(company: Organisation) -> None:
    company.world.move_to(FRIDAY)
    received = {"at": "2026-12-03T15:00:00+08:00", "fields": {"received_why": "信件在收发室。"}}
    wanted = {"reply_wanted_at": "2026-12-03T14:00:00+08:00"}

    answer = company.try_file(auth=company.auth("agent"), received=received, channel="letter", facts=wanted)

    assert (answer.status, answer.pointer) == (422, "/facts/reply_wanted_at")


def test_p6_5_staff_state_the_reason_and_a_time_at_most_ten_days_ago(company: Organisation) -> None:
    assert answers(company, "agent", channel="letter") == TEN_DAYS


def test_p6_5_why_it_was_registered_later_is_not_for_the_complainant(company: Organisation) -> None:
    number = arrived(company, "agent", "2026-11-27T09:00:00+08:00")

    assert "received_why" in hidden_from_the_complainant(company, number, "agent")
