"""P7 `property-management`: a silent customer is reminded, the case closed; a late answer reopens it."""

from __future__ import annotations

import pytest

from chalicelib.kit.instants import to_text
from tests.clauses.offices.estate import NO_OFFICE, decided, replied
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p7.words import ANSWERED, CLOSED_UNANSWERED, CLOSED_WITH_THANKS, RECEIVED, REMINDER
from tests.clauses.silent_parties import reminders

REMINDED, CLOSED = "2026-12-05T00:00:00+08:00", "2026-12-12T00:00:00+08:00"
BEFORE_THE_END = "2026-12-11T23:59:00+08:00"
CENTRE = "service_centre"


def on_the_spot(estate: Organisation) -> str:
    number = estate.file()
    fields = {"text": "灯已换好。", "opinion": "当场更换。", **NO_OFFICE}
    estate.act(number, CENTRE, "decide", **fields)
    return number


@pytest.mark.parametrize("stage", [replied, decided, on_the_spot])
def test_p7_1_a_silent_customer_is_reminded(estate: Organisation, stage: object) -> None:
    number = stage(estate)  # type: ignore[operator]

    estate.world.move_to(REMINDED)

    [event] = reminders(estate, number)
    assert (event["actor"]["kind"], estate.local(event["at"])) == ("system", REMINDED)
    assert estate.told("complainant", number)[:1] == [REMINDER.format(number)]


@pytest.mark.parametrize("stage", [decided, on_the_spot])
def test_p7_1_silence_closes_a_judged_case_with_its_reason(estate: Organisation, stage: object) -> None:
    number = stage(estate)  # type: ignore[operator]

    estate.world.move_to(CLOSED)

    [event] = estate.events(number, type_="closed")
    assert (event["actor"]["kind"], estate.local(event["at"])) == ("system", CLOSED)
    assert estate.told(CENTRE, number)[0] == f"投诉 {number} 已结案，请归档。"
    values = estate.get(f"/complaints/{number}/record", CENTRE)["values"][event["id"]]
    assert "顾客在期限内未对回复提出意见" in values["summary"]
    assert estate.told("complainant", number)[:1] == [CLOSED_UNANSWERED.format(number)]


def test_p7_1_the_centre_is_asked_once_to_judge_an_answer(estate: Organisation) -> None:
    number = replied(estate)
    to_the_customer = [ANSWERED.format(number), RECEIVED.format(number)]

    estate.world.move_to(CLOSED)

    asked = f"投诉 {number} 已回复顾客，尚未评定，请评定。"
    assert estate.told(CENTRE, number)[0] == asked
    assert estate.local(reminders(estate, number)[-1]["at"]) == CLOSED
    assert estate.told("complainant", number) == [REMINDER.format(number), *to_the_customer]
    estate.world.move_to("2027-02-28T00:00:00+08:00")
    assert estate.told(CENTRE, number).count(asked) == 1
    assert estate.complaint(number)["stage"] == "replied"


def test_p7_1_silence_closes_a_case_that_is_judged_late(estate: Organisation) -> None:
    number = replied(estate)
    estate.world.move_to("2026-12-13T00:00:00+08:00")

    judged(estate, number)

    assert estate.local(estate.deadline(number, "silence")["due"]) == "2026-12-28T00:00:00+08:00"
    estate.world.move_to("2026-12-28T00:00:00+08:00")
    assert estate.complaint(number)["stage"] == "closed"
    assert estate.told("complainant", number)[0] == CLOSED_UNANSWERED.format(number)


def test_p7_1_a_customer_who_has_agreed_is_not_taken_for_silent(estate: Organisation) -> None:
    number = replied(estate)
    estate.act(number, "complainant", "agree")

    judged(estate, number)

    assert "silence" not in {one["clock"] for one in running(estate, number)}


@pytest.mark.parametrize("stage", [replied, decided])
@pytest.mark.parametrize("answer", ["agree", "dispute"])
def test_p7_1_an_answer_stops_reminder_and_silence(estate: Organisation, stage: object, answer: str) -> None:
    number = stage(estate)  # type: ignore[operator]

    estate.act(number, "complainant", answer)
    estate.world.move_to(CLOSED)

    waiting = {"reminder", "silence" if stage is decided else "judgement"}
    assert {estate.deadline(number, clock)["state"] for clock in waiting} == {"met"}
    assert not waiting & {one["clock"] for one in running(estate, number)}
    assert reminders(estate, number) == estate.events(number, type_="closed") == []


@pytest.mark.parametrize("archived", [True, False])
def test_p7_1_a_late_answer_reopens_the_case(estate: Organisation, archived: bool) -> None:
    number = decided(estate)
    estate.world.move_to(CLOSED)
    if archived:
        estate.act(number, CENTRE, "archive")

    answer = estate.act(number, "complainant", "reopen", reason="灯又坏了。")

    assert answer["stage"] == "handling"
    assert estate.told(CENTRE, number)[0].startswith(f"投诉 {number} 现重新处理")
    assert estate.local(estate.deadline(number, "reply", run=2)["due"]) == "2026-12-13T00:00:00+08:00"


def test_p7_1_a_late_answer_is_not_taken_for_silence(estate: Organisation) -> None:
    number = decided(estate)
    estate.world.move_to(CLOSED)
    asked = len(reminders(estate, number))
    estate.act(number, "complainant", "reopen", reason="灯又坏了。")

    estate.world.move_to("2027-01-31T00:00:00+08:00")

    assert estate.complaint(number)["stage"] == "handling"
    assert len(reminders(estate, number)) == asked
    assert {one["clock"] for one in running(estate, number)} == {"reply"}


def test_p7_7_a_late_answer_is_answered_and_the_customer_asked_again(estate: Organisation) -> None:
    number = decided(estate)
    estate.world.move_to(CLOSED)
    estate.act(number, "complainant", "reopen", reason="灯又坏了。")

    estate.act(number, "management_office", "reply", text="已再次修理。")
    judged(estate, number)

    assert estate.deadline(number, "reply", run=2)["state"] == "met"
    assert estate.local(estate.deadline(number, "silence", run=2)["due"]) == "2026-12-27T00:00:00+08:00"


def test_p7_6_a_late_answer_to_an_answer_on_the_spot_is_forwarded_in_time(estate: Organisation) -> None:
    number = on_the_spot(estate)
    estate.world.move_to(CLOSED)

    assert estate.act(number, "complainant", "reopen")["stage"] == "registered"

    assert estate.local(estate.deadline(number, "forwarding", run=2)["due"]) == "2026-12-14T10:00:00+08:00"
    assert [one["clock"] for one in running(estate, number)] == ["forwarding"]


def running(estate: Organisation, number: str) -> list[dict[str, str]]:
    deadlines = estate.get(f"/complaints/{number}/deadlines", "complainant", number)["deadlines"]
    return [one for one in deadlines if one["state"] not in ("met", "cancelled")]


def judged(estate: Organisation, number: str) -> None:
    estate.act(number, CENTRE, "decide", opinion="已修复。", outcome="invalid")


@pytest.mark.parametrize("before_the_judgement", [True, False])
def test_p7_1_a_customer_who_has_agreed_can_have_the_case_reopened(
    estate: Organisation, before_the_judgement: bool
) -> None:
    number = replied(estate) if before_the_judgement else decided(estate)
    estate.act(number, "complainant", "agree")
    if before_the_judgement:
        judged(estate, number)
    estate.act(number, CENTRE, "close", summary="已修复。")

    assert estate.told("complainant", number)[:1] == [CLOSED_WITH_THANKS.format(number)]
    assert estate.act(number, "complainant", "reopen")["stage"] == "handling"


@pytest.mark.parametrize("judged_at_once", [True, False])
def test_p7_1_a_case_that_is_closed_without_an_answer_can_be_reopened_too(
    estate: Organisation, judged_at_once: bool
) -> None:
    number = on_the_spot(estate) if judged_at_once else estate.file()
    if not judged_at_once:
        estate.act(number, "management_office", "reply", text="灯已换好。")
        judged(estate, number)
    estate.world.move_to(CLOSED)

    assert estate.told("complainant", number)[:1] == [CLOSED_UNANSWERED.format(number)]
    assert estate.try_act(number, CENTRE, "reopen").status == 403
    assert estate.act(number, "complainant", "reopen")["stage"] == "registered"


def test_p7_1_an_answer_on_the_spot_can_be_disputed(estate: Organisation) -> None:
    assert estate.act(on_the_spot(estate), "complainant", "dispute")["stage"] == "registered"


def test_p7_1_after_a_new_answer_the_customer_is_asked_again(estate: Organisation) -> None:
    number = decided(estate)
    estate.act(number, "complainant", "agree")
    estate.act(number, "complainant", "dispute", reason="灯又坏了。")
    estate.act(number, "management_office", "reply", text="已再次修理。")
    judged(estate, number)
    estate.world.move_to(CLOSED)

    assert estate.complaint(number)["stage"] == "closed"
    assert estate.act(number, "complainant", "reopen")["stage"] == "handling"


@pytest.mark.parametrize("stage", [decided, on_the_spot])
@pytest.mark.parametrize("who", [CENTRE, "service_supervisor"])
def test_p7_1_no_person_closes_a_case_before_the_time_that_the_customer_was_told(
    estate: Organisation, stage: object, who: str
) -> None:
    number = stage(estate)  # type: ignore[operator]

    for when in (to_text(estate.world.now()), REMINDED, BEFORE_THE_END):
        estate.world.move_to(when)
        answer = estate.try_act(number, who, "close", summary="已修复。")
        assert (answer.status, answer.problem) == (409, "act-not-open")


@pytest.mark.parametrize("stage", [decided, on_the_spot])
def test_p7_1_asking_the_customer_by_hand_closes_no_case_early(estate: Organisation, stage: object) -> None:
    number = stage(estate)  # type: ignore[operator]
    estate.act(number, CENTRE, "notify")

    assert estate.try_act(number, CENTRE, "close", summary="已修复。").status == 409


def test_p7_1_asking_the_customer_by_hand_before_the_judgement_closes_no_case_early(estate: Organisation) -> None:
    number = replied(estate)
    estate.act(number, CENTRE, "notify")
    judged(estate, number)

    assert estate.try_act(number, CENTRE, "close", summary="已修复。").status == 409


@pytest.mark.parametrize("stage", [replied, decided])
@pytest.mark.parametrize("value", [True, False])
def test_p7_1_only_time_says_that_the_time_to_answer_is_over(estate: Organisation, stage: object, value: bool) -> None:
    answer = estate.try_act(stage(estate), CENTRE, "notify", waited=value)  # type: ignore[operator]

    assert (answer.status, answer.pointer) == (422, "/fields/waited")


def test_p7_1_a_customer_who_was_asked_before_the_judgement_is_not_asked_again(estate: Organisation) -> None:
    number = replied(estate)
    estate.world.move_to(REMINDED)

    judged(estate, number)

    estate.world.move_to(CLOSED)
    assert len(reminders(estate, number)) == 1


@pytest.mark.parametrize("answered_by", ["reply", "decide"])
def test_p7_1_after_a_new_answer_the_case_is_not_closed_at_once(estate: Organisation, answered_by: str) -> None:
    number = on_the_spot(estate)
    estate.world.move_to(REMINDED)
    estate.act(number, "complainant", "dispute", reason="灯又坏了。")
    if answered_by == "decide":
        fields = {"text": "已再次修理。", "opinion": "再次更换。", **NO_OFFICE}
        estate.act(number, CENTRE, "decide", **fields)
    else:
        estate.act(number, "management_office", "reply", text="已再次修理。")
        judged(estate, number)

    answer = estate.try_act(number, CENTRE, "close", summary="已修复。")

    assert (answer.status, answer.problem) == (409, "act-not-open")


def test_p7_1_a_second_answer_of_the_office_is_not_closed_at_once(estate: Organisation) -> None:
    number = decided(estate)
    estate.act(number, "complainant", "agree")
    estate.act(number, "complainant", "dispute", reason="灯又坏了。")
    estate.act(number, "management_office", "reply", text="已再次修理。")
    judged(estate, number)

    assert estate.try_act(number, CENTRE, "close", summary="已修复。").status == 409


@pytest.mark.parametrize("stage", [replied, decided])
def test_p7_1_a_customer_agrees_once(estate: Organisation, stage: object) -> None:
    number = stage(estate)  # type: ignore[operator]
    estate.act(number, "complainant", "agree")

    again = estate.try_act(number, "complainant", "agree")

    assert (again.status, again.problem) == (409, "act-not-open")


@pytest.mark.parametrize("who", ["management_office", "leader"])
def test_p7_1_only_the_centre_reminds(estate: Organisation, who: str) -> None:
    assert estate.try_act(replied(estate), who, "notify").status == 403
