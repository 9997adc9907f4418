"""P2 `auto-repair`: a silent complainant is reminded, the case closed; a late answer reopens it."""

from __future__ import annotations

import pytest

from tests.clauses.offices.garage import ACCEPTED, CARRIED_OUT, executed, offered
from tests.clauses.organisation import Organisation
from tests.clauses.silent_parties import reminders

REMINDED, CLOSED = "2026-12-05T00:00:00+08:00", "2026-12-12T00:00:00+08:00"
REMINDER = "我们已就您的投诉 {} 提出处理意见，请您答复是否接受。如一直未收到您的答复，我们将按期结案。"
CLOSING = "您的投诉 {} 因一直未收到您的答复，已结案。您仍可答复，届时将重新处理。"
LATE_ANSWER = "投诉 {} 现重新处理：客户在结案后答复，尚待客户接受或不接受处理意见。"
REASON = "客户在期限内未答复处理意见"


def silent(garage: Organisation) -> str:
    """A complaint that was closed because the complainant did not answer."""
    number = offered(garage)
    garage.world.move_to(CLOSED)
    return number


def test_p2_5_a_silent_complainant_is_reminded(garage: Organisation) -> None:
    number = offered(garage)

    garage.world.move_to(REMINDED)

    [event] = reminders(garage, number)
    assert (event["actor"]["kind"], garage.local(event["at"])) == ("system", REMINDED)
    assert garage.told("complainant", number)[:1] == [REMINDER.format(number)]


def test_p2_5_no_person_closes_the_case_before_the_reminder(garage: Organisation) -> None:
    number = offered(garage)

    answer = garage.try_act(number, "general_manager", "close", summary="未答复。")

    assert (answer.status, answer.problem) == (409, "act-not-open")


def test_p2_5_after_the_reminder_the_superior_may_close_the_case_with_a_summary(garage: Organisation) -> None:
    number = offered(garage)
    garage.world.move_to(REMINDED)

    assert garage.try_act(number, "customer_service", "close", summary="未答复。").status == 403
    assert garage.try_act(number, "general_manager", "close").pointer == "/fields/summary"
    assert garage.act(number, "general_manager", "close", summary="未答复。")["stage"] == "closed"


def test_p2_5_silence_closes_the_case_with_its_reason(garage: Organisation) -> None:
    number = silent(garage)

    [event] = garage.events(number, type_="closed")
    assert (event["actor"]["kind"], garage.local(event["at"])) == ("system", CLOSED)
    values = garage.get(f"/complaints/{number}/record", "general_manager")["values"][event["id"]]
    assert REASON in values["summary"]
    assert garage.told("complainant", number)[:1] == [CLOSING.format(number)]
    assert garage.told("customer_service", number)[:1] == [f"投诉 {number} 已结案。"]


def test_p2_5_an_answer_stops_reminder_and_silence(garage: Organisation) -> None:
    number = offered(garage, "not_ours")

    garage.act(number, "complainant", "agree", **ACCEPTED["not_ours"])
    garage.world.move_to(CLOSED)

    assert {garage.deadline(number, clock)["state"] for clock in ("reminder", "silence")} == {"met"}
    assert reminders(garage, number) == garage.events(number, type_="closed") == []


def test_p2_5_a_late_answer_reopens_the_case(garage: Organisation) -> None:
    number = silent(garage)

    assert garage.act(number, "complainant", "reopen")["stage"] == "offered"
    assert garage.told("customer_service", number)[0] == LATE_ANSWER.format(number)
    later = {"rework_at": "2026-12-20T10:00:00+08:00"}
    assert garage.act(number, "complainant", "agree", **later)["stage"] == "agreed"


def test_p2_5_a_late_answer_reopens_an_archived_case(garage: Organisation) -> None:
    number = silent(garage)
    garage.act(number, "customer_service", "archive")

    assert garage.act(number, "complainant", "reopen")["stage"] == "offered"


def test_p2_5_after_a_reopening_the_complainant_is_reminded_again_and_silence_closes_again(
    garage: Organisation,
) -> None:
    number = silent(garage)
    garage.act(number, "complainant", "reopen")

    garage.world.move_to(garage.deadline(number, "silence")["due"])

    assert [len(reminders(garage, number)), len(garage.events(number, type_="closed"))] == [2, 2]


def test_p2_5_an_answered_case_is_not_reopened_by_the_complainant(garage: Organisation) -> None:
    number = executed(garage)
    garage.act(number, "customer_service", "decide", outcome="settled")
    garage.act(number, "customer_service", "close", summary="已返修。")

    assert garage.try_act(number, "complainant", "reopen").status == 409


@pytest.mark.parametrize("archived", [False, True])
def test_p2_5_the_office_is_told_of_the_late_answer(garage: Organisation, archived: bool) -> None:
    number = silent(garage)
    if archived:
        garage.act(number, "customer_service", "archive")

    garage.act(number, "complainant", "reopen")

    for who in ("customer_service", "service_adviser"):
        assert garage.told(who, number)[0] == LATE_ANSWER.format(number)


@pytest.mark.parametrize("archived", [False, True])
def test_p2_5_a_case_that_was_reopened_and_answered_stays_closed(garage: Organisation, archived: bool) -> None:
    number = silent(garage)
    if archived:
        garage.act(number, "customer_service", "archive")
    garage.act(number, "complainant", "reopen")

    garage.act(number, "complainant", "agree", rework_at="2026-12-20T10:00:00+08:00")
    garage.act(number, "service_manager", "execute", **CARRIED_OUT["ours"])
    garage.act(number, "customer_service", "decide", outcome="settled")
    garage.act(number, "customer_service", "close", summary="已返修。")

    assert garage.try_act(number, "complainant", "reopen").status == 409
    garage.act(number, "customer_service", "archive")
    assert garage.try_act(number, "complainant", "reopen").status == 409
    shelf = garage.get("/complaints?shelf=archived", "customer_service")["complaints"]
    assert [row["number"] for row in shelf] == [number]


def test_p2_5_a_disputed_offer_stops_reminder_and_silence(garage: Organisation) -> None:
    number = offered(garage)

    garage.act(number, "complainant", "dispute")

    assert {garage.deadline(number, clock)["state"] for clock in ("reminder", "silence")} == {"met"}
