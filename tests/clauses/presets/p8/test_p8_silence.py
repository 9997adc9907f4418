"""P8 `customer-service`: a silent complainant is reminded, the case closed; a late answer reopens it."""

from __future__ import annotations

import pytest

from tests.clauses.offices.helpdesk import offered
from tests.clauses.organisation import Organisation
from tests.clauses.silent_parties import reminders

REMINDED, CLOSED = "2026-12-05T00:00:00+08:00", "2026-12-12T00:00:00+08:00"
REMINDER = "我们已就您的投诉 {} 提出解决方案，请您答复是否接受。如一直未收到您的答复，我们将按期结案。"
CLOSING = "您的投诉 {} 因一直未收到您的答复，已结案。您仍可答复，届时将重新处理。"
REASON = "客户在期限内未答复解决方案"


def silent(helpdesk: Organisation) -> str:
    """A complaint that was closed because the complainant did not answer."""
    number = offered(helpdesk)
    helpdesk.world.move_to(CLOSED)
    return number


def test_p8_7_a_silent_complainant_is_reminded(helpdesk: Organisation) -> None:
    number = offered(helpdesk)

    helpdesk.world.move_to(REMINDED)

    [event] = reminders(helpdesk, number)
    assert (event["actor"]["kind"], helpdesk.local(event["at"])) == ("system", REMINDED)
    assert helpdesk.told("complainant", number)[:1] == [REMINDER.format(number)]


def test_p8_7_no_person_closes_the_case_before_the_reminder(helpdesk: Organisation) -> None:
    number = offered(helpdesk)

    answer = helpdesk.try_act(number, "manager", "close", summary="未答复。")

    assert (answer.status, answer.problem) == (409, "act-not-open")


def test_p8_7_after_the_reminder_the_superior_may_close_the_case_with_a_summary(helpdesk: Organisation) -> None:
    number = offered(helpdesk)
    helpdesk.world.move_to(REMINDED)

    assert helpdesk.try_act(number, "agent", "close", summary="未答复。").status == 403
    assert helpdesk.try_act(number, "manager", "close").pointer == "/fields/summary"
    assert helpdesk.act(number, "manager", "close", summary="未答复。")["stage"] == "closed"


def test_p8_7_silence_closes_the_case_with_its_reason(helpdesk: Organisation) -> None:
    number = silent(helpdesk)

    [event] = helpdesk.events(number, type_="closed")
    assert (event["actor"]["kind"], helpdesk.local(event["at"])) == ("system", CLOSED)
    values = helpdesk.get(f"/complaints/{number}/record", "manager")["values"][event["id"]]
    assert REASON in values["summary"]
    assert helpdesk.told("complainant", number)[:1] == [CLOSING.format(number)]
    for who in ("after_sales", "agent"):
        assert helpdesk.told(who, number)[:1] == [f"投诉 {number} 已结案。"]


def test_p8_7_an_answer_stops_reminder_and_silence(helpdesk: Organisation) -> None:
    number = offered(helpdesk)

    helpdesk.act(number, "complainant", "agree")
    helpdesk.world.move_to(CLOSED)

    assert {helpdesk.deadline(number, clock)["state"] for clock in ("reminder", "silence")} == {"met"}
    assert reminders(helpdesk, number) == helpdesk.events(number, type_="closed") == []


def test_p8_7_a_late_answer_reopens_the_case(helpdesk: Organisation) -> None:
    number = silent(helpdesk)

    assert helpdesk.act(number, "complainant", "reopen")["stage"] == "offered"
    assert helpdesk.told("after_sales", number)[0].startswith(f"投诉 {number} 现重新处理")
    assert helpdesk.act(number, "complainant", "agree")["stage"] == "agreed"


def test_p8_7_a_late_answer_reopens_an_archived_case(helpdesk: Organisation) -> None:
    number = silent(helpdesk)
    helpdesk.act(number, "agent", "archive")

    assert helpdesk.act(number, "complainant", "reopen")["stage"] == "offered"


def test_p8_7_after_a_reopening_the_complainant_is_reminded_again_and_silence_closes_again(
    helpdesk: Organisation,
) -> None:
    number = silent(helpdesk)
    helpdesk.act(number, "complainant", "reopen")

    helpdesk.world.move_to(helpdesk.deadline(number, "silence")["due"])

    assert [len(reminders(helpdesk, number)), len(helpdesk.events(number, type_="closed"))] == [2, 2]


def test_p8_7_an_answered_case_is_not_reopened_by_the_complainant(helpdesk: Organisation) -> None:
    number = offered(helpdesk)
    helpdesk.act(number, "complainant", "agree")
    helpdesk.act(number, "after_sales", "execute")
    helpdesk.act(number, "agent", "close", summary="已退款。")

    assert helpdesk.try_act(number, "complainant", "reopen").status == 409


@pytest.mark.parametrize("archived", [False, True])
def test_p8_7_the_office_is_told_of_the_late_answer(helpdesk: Organisation, archived: bool) -> None:
    number = silent(helpdesk)
    if archived:
        helpdesk.act(number, "agent", "archive")

    helpdesk.act(number, "complainant", "reopen")

    for who in ("after_sales", "agent"):
        assert helpdesk.told(who, number)[:1] == [f"投诉 {number} 现重新处理，客户将答复是否接受解决方案。"]


@pytest.mark.parametrize("archived", [False, True])
def test_p8_7_a_case_that_was_reopened_and_answered_stays_closed(helpdesk: Organisation, archived: bool) -> None:
    number = silent(helpdesk)
    if archived:
        helpdesk.act(number, "agent", "archive")
    helpdesk.act(number, "complainant", "reopen")

    helpdesk.act(number, "complainant", "agree")
    helpdesk.act(number, "after_sales", "execute")
    helpdesk.act(number, "agent", "close", summary="已退款。")

    assert helpdesk.try_act(number, "complainant", "reopen").status == 409
    helpdesk.act(number, "agent", "archive")
    shelf = helpdesk.get("/complaints?shelf=archived", "agent")["complaints"]
    assert [row["number"] for row in shelf] == [number]


def test_p8_7_a_disputed_offer_stops_reminder_and_silence(helpdesk: Organisation) -> None:
    number = offered(helpdesk)

    helpdesk.act(number, "complainant", "dispute")

    assert {helpdesk.deadline(number, clock)["state"] for clock in ("reminder", "silence")} == {"met"}
