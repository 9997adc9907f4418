"""P4 `government-service-centre`: a silent complainant is reminded, the case closed; a late answer reopens it."""

from __future__ import annotations

import pytest

from tests.clauses.offices.hall import DECISION, decided
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p4.steps import CLOSED_UNRATED, PLEASE_RATE
from tests.clauses.silent_parties import reminders
from tests.clauses.world import skip_to

REMINDED, CLOSED = "2027-01-27T00:00:00+08:00", "2027-02-26T00:00:00+08:00"
REMINDER = PLEASE_RATE
CLOSING = CLOSED_UNRATED
REASON = "投诉人在期限内未作评价"


def silent(hall: Organisation) -> str:
    """A complaint that was closed because the complainant did not answer."""
    number = decided(hall)
    skip_to(hall.world, CLOSED)
    return number


def test_p4_7_a_silent_complainant_is_reminded(hall: Organisation) -> None:
    number = decided(hall)

    hall.world.move_to(REMINDED)

    [event] = reminders(hall, number)
    assert (event["actor"]["kind"], hall.local(event["at"])) == ("system", REMINDED)
    assert hall.told("complainant", number)[:1] == [REMINDER.format(number)]


@pytest.mark.parametrize("who", ["reception", "director"])
@pytest.mark.parametrize("reminded", [False, True])
def test_p4_7_no_person_closes_the_case_before_the_time_that_the_complainant_was_told(
    hall: Organisation, reminded: bool, who: str
) -> None:
    number = decided(hall)
    if reminded:
        hall.world.move_to(REMINDED)

    assert hall.try_act(number, who, "close", summary="未答复。").status in (403, 409)


def test_p4_7_silence_closes_the_case_with_its_reason(hall: Organisation) -> None:
    number = silent(hall)

    [event] = hall.events(number, type_="closed")
    assert (event["actor"]["kind"], hall.local(event["at"])) == ("system", CLOSED)
    values = hall.get(f"/complaints/{number}/record", "director")["values"][event["id"]]
    assert REASON in values["summary"]
    assert hall.told("complainant", number)[:1] == [CLOSING.format(number)]
    assert hall.told("reception", number)[:1] == [f"投诉 {number} 已结案。"]


def test_p4_7_an_answer_stops_reminder_and_silence(hall: Organisation) -> None:
    number = decided(hall)

    hall.act(number, "complainant", "rate", rating="fair")
    skip_to(hall.world, CLOSED)

    assert {hall.deadline(number, clock)["state"] for clock in ("reminder", "silence")} == {"met"}
    assert reminders(hall, number) == hall.events(number, type_="closed") == []


def test_p4_7_a_late_answer_reopens_the_case(hall: Organisation) -> None:
    number = silent(hall)

    assert hall.act(number, "complainant", "reopen", comment="仍需排队。")["stage"] == "investigating"
    assert hall.told("reception", number)[0].startswith(f"投诉 {number} 现重新处理")
    hall.act(number, "investigator", "inspect", findings="窗口仍少开一个。")
    assert hall.act(number, "investigator", "decide", **DECISION)["stage"] == "decided"
    assert hall.act(number, "complainant", "rate", rating="fair")["stage"] == "rated"


def test_p4_7_after_a_late_answer_silence_closes_nothing_and_a_missing_decision_escalates(hall: Organisation) -> None:
    number = silent(hall)
    hall.act(number, "complainant", "reopen")
    assert hall.local(hall.deadline(number, "decision")["due"]) == "2027-03-03T18:00:00+08:00"

    skip_to(hall.world, "2027-09-01T00:00:00+08:00")

    assert hall.complaint(number)["stage"] == "investigating"
    later = [event for event in hall.events(number, type_="escalated") if hall.local(event["at"]) >= "2027-03-03T18"]
    assert later[0]["fields"]["clock"] == "decision"


def test_p4_7_a_late_answer_reopens_an_archived_case(hall: Organisation) -> None:
    number = silent(hall)
    hall.act(number, "reception", "archive")

    assert hall.act(number, "complainant", "reopen")["stage"] == "investigating"


def test_p4_7_after_the_next_decision_the_complainant_is_reminded_again_and_silence_closes_again(
    hall: Organisation,
) -> None:
    number = decided_again(hall)

    skip_to(hall.world, hall.deadline(number, "silence")["due"])

    assert [len(reminders(hall, number)), len(hall.events(number, type_="closed"))] == [2, 2]


def test_p4_7_an_answered_case_is_not_reopened_by_the_complainant(hall: Organisation) -> None:
    number = decided(hall)
    hall.act(number, "complainant", "rate", rating="fair")
    hall.act(number, "reception", "close", summary="已评价。")

    assert hall.try_act(number, "complainant", "reopen").status == 409


def decided_again(hall: Organisation) -> str:
    number = silent(hall)
    hall.act(number, "complainant", "reopen", comment="仍需排队。")
    hall.act(number, "investigator", "inspect", findings="窗口仍少开一个。")
    hall.act(number, "investigator", "decide", **DECISION)
    return number


@pytest.mark.parametrize("archived", [False, True])
def test_p4_7_the_office_is_told_of_the_late_answer(hall: Organisation, archived: bool) -> None:
    number = silent(hall)
    if archived:
        hall.act(number, "reception", "archive")

    hall.act(number, "complainant", "reopen")

    for who in ("investigator", "reception"):
        assert hall.told(who, number)[0].startswith(f"投诉 {number} 现重新处理")


@pytest.mark.parametrize("archived", [False, True])
def test_p4_7_a_case_that_was_reopened_and_answered_stays_closed(hall: Organisation, archived: bool) -> None:
    number = silent(hall)
    if archived:
        hall.act(number, "reception", "archive")
    hall.act(number, "complainant", "reopen")
    hall.act(number, "investigator", "inspect", findings="窗口仍少开一个。")
    hall.act(number, "investigator", "decide", **DECISION)

    hall.act(number, "complainant", "rate", rating="fair")
    hall.act(number, "reception", "close", summary="已评价。")

    assert hall.try_act(number, "complainant", "reopen").status == 409
    hall.act(number, "reception", "archive")
    assert hall.try_act(number, "complainant", "reopen").status == 409
    shelf = hall.get("/complaints?shelf=archived", "reception")["complaints"]
    assert [row["number"] for row in shelf] == [number]


@pytest.mark.parametrize("archived", [False, True])
def test_p4_4_after_a_late_answer_the_matter_is_investigated_again_before_the_decision(
    hall: Organisation, archived: bool
) -> None:
    number = silent(hall)
    if archived:
        hall.act(number, "reception", "archive")
    hall.act(number, "complainant", "reopen", comment="仍需排队。")

    answer = hall.try_act(number, "investigator", "decide", **DECISION)

    assert (answer.status, answer.problem) == (409, "act-not-open")
    hall.act(number, "investigator", "inspect", findings="窗口仍少开一个。")
    assert hall.act(number, "investigator", "decide", **DECISION)["stage"] == "decided"


def test_p4_7_silence_closes_only_after_two_requests_at_least_30_days_apart(hall: Organisation) -> None:
    """The first stands in the decision; the second comes after 60 days, and the case is closed 30 days later."""
    number = decided(hall)
    [asked] = [text for text in hall.told("complainant", number) if "评价" in text]
    assert "请您对处理结果作出评价" in asked

    skip_to(hall.world, CLOSED)

    texts = [text for text in reversed(hall.told("complainant", number)) if "请您" in text and "评价" in text]
    assert texts == [asked, REMINDER.format(number)]
    [decision, request] = [*hall.events(number, type_="decided"), *reminders(hall, number)]
    apart = [hall.local(one["at"])[:10] for one in (decision, request, *hall.events(number, type_="closed"))]
    assert apart == ["2026-11-27", "2027-01-27", "2027-02-26"]
