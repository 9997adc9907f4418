"""P9 `food-drug-administration`: a silent complainant is reminded, the case closed; a late answer reopens it."""

from __future__ import annotations

import pytest

from tests.clauses.offices.bureau import decided
from tests.clauses.organisation import Organisation
from tests.clauses.silent_parties import reminders

REMINDED, CLOSED = "2026-10-01T00:00:00+08:00", "2026-10-09T00:00:00+08:00"
REMINDER = "您的投诉 {} 已有处理意见，请您答复是否接受。如一直未收到您的答复，本局将按期结案。"
CLOSING = "您的投诉 {} 因一直未收到您的答复，已结案。您仍可答复，届时将重新处理。"
REASON = "投诉人在期限内未对处理意见作出答复"


def silent(bureau: Organisation) -> str:
    """A complaint that was closed because the complainant did not answer."""
    number = decided(bureau)
    bureau.world.move_to(CLOSED)
    return number


def test_p9_9_a_silent_complainant_is_reminded(bureau: Organisation) -> None:
    number = decided(bureau)

    bureau.world.move_to(REMINDED)

    [event] = reminders(bureau, number)
    assert (event["actor"]["kind"], bureau.local(event["at"])) == ("system", REMINDED)
    assert bureau.told("complainant", number)[:1] == [REMINDER.format(number)]


def test_p9_9_no_person_closes_the_case_before_the_reminder(bureau: Organisation) -> None:
    number = decided(bureau)

    answer = bureau.try_act(number, "leader", "close", handling_record="未答复。")

    assert (answer.status, answer.problem) == (409, "act-not-open")


def test_p9_9_after_the_reminder_the_superior_may_close_the_case_with_a_summary(bureau: Organisation) -> None:
    number = decided(bureau)
    bureau.world.move_to(REMINDED)

    assert bureau.try_act(number, "officer", "close", handling_record="未答复。").status == 403
    assert bureau.try_act(number, "leader", "close").pointer == "/fields/handling_record"
    assert bureau.act(number, "leader", "close", handling_record="未答复。")["stage"] == "closed"


def test_p9_9_silence_closes_the_case_with_its_reason(bureau: Organisation) -> None:
    number = silent(bureau)

    [event] = bureau.events(number, type_="closed")
    assert (event["actor"]["kind"], bureau.local(event["at"])) == ("system", CLOSED)
    values = bureau.get(f"/complaints/{number}/record", "leader")["values"][event["id"]]
    assert REASON in values["handling_record"]
    assert bureau.told("complainant", number)[:1] == [CLOSING.format(number)]
    assert bureau.told("officer", number)[:1] == [f"投诉 {number} 已结案。"]


@pytest.mark.parametrize("answer", ["agree", "dispute"])
def test_p9_9_an_answer_stops_reminder_and_silence(bureau: Organisation, answer: str) -> None:
    number = decided(bureau)

    bureau.act(number, "complainant", answer)
    bureau.world.move_to(CLOSED)

    assert {bureau.deadline(number, clock)["state"] for clock in ("reminder", "silence")} == {"met"}
    assert reminders(bureau, number) == bureau.events(number, type_="closed") == []


def test_p9_9_a_late_answer_reopens_the_case(bureau: Organisation) -> None:
    number = silent(bureau)

    assert bureau.act(number, "complainant", "reopen")["stage"] == "decided"
    assert bureau.told("officer", number)[0].startswith(f"投诉 {number} 现重新处理")
    assert bureau.act(number, "complainant", "agree")["stage"] == "settled"


def test_p9_9_a_late_answer_reopens_an_archived_case(bureau: Organisation) -> None:
    number = silent(bureau)
    bureau.act(number, "archivist", "archive")

    assert bureau.act(number, "complainant", "reopen")["stage"] == "decided"


def test_p9_9_after_a_reopening_the_complainant_is_reminded_again_and_silence_closes_again(
    bureau: Organisation,
) -> None:
    number = silent(bureau)
    bureau.act(number, "complainant", "reopen")

    bureau.world.move_to(bureau.deadline(number, "silence")["due"])

    assert [len(reminders(bureau, number)), len(bureau.events(number, type_="closed"))] == [2, 2]


def test_p9_9_an_answered_case_is_not_reopened_by_the_complainant(bureau: Organisation) -> None:
    number = decided(bureau)
    bureau.act(number, "complainant", "agree")
    bureau.act(number, "officer", "execute")
    bureau.act(number, "officer", "close", handling_record="已退款。")

    assert bureau.try_act(number, "complainant", "reopen").status == 409


@pytest.mark.parametrize("answer", ["agree", "dispute"])
def test_p9_9_a_case_that_was_answered_late_is_not_reopened_again(bureau: Organisation, answer: str) -> None:
    number = silent(bureau)
    bureau.act(number, "complainant", "reopen")
    bureau.act(number, "complainant", answer)
    if answer == "agree":
        bureau.act(number, "officer", "execute")
    bureau.act(number, "officer", "close", handling_record="已登记。")

    assert bureau.try_act(number, "complainant", "reopen").status == 409
