"""P7.1, P7.6 `property-management`: what stops the alarms that ask to forward a complaint."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.timeline import timeline
from tests.clauses.offices.estate import notified
from tests.clauses.organisation import Organisation

OFFICE = ["management_office", "service_supervisor", "office_head"]
TOMORROW = "2026-11-28T08:00:00+08:00"


@pytest.mark.parametrize("who", ["service_centre", "management_office"])
def test_p7_1_stating_the_feedback_time_ends_forwarding(estate: Organisation, who: str) -> None:
    number = estate.file()

    estate.act(number, who, "promise", feedback_at="2026-11-27T15:00:00+08:00")

    assert estate.deadline(number, "forwarding")["state"] == "met"


def test_p7_1_after_a_stated_feedback_time_no_alarm_asks_to_forward(estate: Organisation) -> None:
    number = estate.file()
    estate.act(number, "service_centre", "promise", feedback_at="2026-11-27T15:00:00+08:00")

    found = timeline(estate, number, "2026-11-27T15:00:00+08:00")

    assert {one.split(" ", 2)[2] for one in found} == {
        "warned promised",
        "missed promised",
        "escalated service_supervisor, office_head",
    }


def test_p7_1_a_feedback_time_in_place_of_moving_up_lies_within_a_day(estate: Organisation) -> None:
    number = estate.file()

    answer = estate.try_act(number, "service_centre", "promise", feedback_at="2026-11-28T09:00:01+08:00")

    assert (answer.status, answer.pointer) == (422, "/fields/feedback_at")
    estate.act(number, "service_centre", "promise", feedback_at="2026-11-28T09:00:00+08:00")


def test_p7_1_a_second_feedback_time_does_not_exceed_the_day(estate: Organisation) -> None:
    number = estate.file()
    estate.act(number, "service_centre", "promise", feedback_at="2026-11-27T15:00:00+08:00")
    estate.world.move_to("2026-11-27T14:00:00+08:00")

    answer = estate.try_act(number, "service_centre", "promise", feedback_at="2026-11-28T10:00:00+08:00")

    assert (answer.status, answer.pointer) == (422, "/fields/feedback_at")


@pytest.mark.parametrize("who", OFFICE)
def test_p7_6_what_an_office_took_itself_is_not_to_be_forwarded(estate: Organisation, who: str) -> None:
    number = estate.file(auth=estate.auth(who))

    assert {"forwarding"} & {one["clock"] for one in estate.filed[number].answer["deadlines"]} == set()
    assert not [one for one in timeline(estate, number, TOMORROW) if "forwarding" in one]


@pytest.mark.parametrize("who", ["service_centre", "department", "leader"])
def test_p7_6_what_others_took_is_to_be_forwarded(estate: Organisation, who: str) -> None:
    number = estate.file(auth=estate.auth(who))

    assert estate.deadline(number, "forwarding")["state"] == "running"


@pytest.mark.parametrize("who", OFFICE)
def test_p7_7_the_times_of_what_an_office_took_count_from_when_it_was_taken(estate: Organisation, who: str) -> None:
    number = estate.file(auth=estate.auth(who))

    due = {one: estate.local(estate.deadline(number, one)["due"]) for one in ("office_handling", "office_reply")}
    assert due == {"office_handling": "2026-11-27T18:00:00+08:00", "office_reply": "2026-11-28T09:00:00+08:00"}


def test_p7_7_moving_it_up_within_the_office_gives_no_new_time(estate: Organisation) -> None:
    number = estate.file(auth=estate.auth("management_office"))
    estate.world.move_to("2026-11-27T15:00:00+08:00")

    estate.act(number, "management_office", "forward", **notified(estate))

    found = estate.get(f"/complaints/{number}/deadlines", "service_centre")["deadlines"]
    assert {one["clock"] for one in found} & {"handling", "reply"} == set()
    assert estate.local(estate.deadline(number, "office_reply")["due"]) == "2026-11-28T09:00:00+08:00"


def test_p7_7_the_answer_of_the_office_ends_both_times(estate: Organisation) -> None:
    number = estate.file(auth=estate.auth("management_office"))

    estate.act(number, "management_office", "reply", text="灯已换好。")

    assert [estate.deadline(number, one)["state"] for one in ("office_handling", "office_reply")] == ["met", "met"]


def test_p7_7_naming_the_person_begins_the_handling(estate: Organisation) -> None:
    number = estate.file(auth=estate.auth("management_office"))
    estate.act(number, "management_office", "forward", **notified(estate))

    estate.act(number, "service_supervisor", "assign", responsible=estate.subs["management_office"])

    assert [estate.deadline(number, one)["state"] for one in ("office_handling", "office_reply")] == ["met", "running"]


def test_p7_7_a_late_answer_of_the_office_is_alarmed(estate: Organisation) -> None:
    number = estate.file(auth=estate.auth("management_office"))

    found = timeline(estate, number, "2026-11-28T10:00:00+08:00")

    assert [one for one in found if "office_reply" in one] == [
        "11-28 07:00 warned office_reply",
        "11-28 09:00 missed office_reply",
    ]


@pytest.mark.parametrize("again", ["dispute", "reopen"])
def test_p7_7_each_further_answer_has_its_time(estate: Organisation, again: str) -> None:
    number = estate.file(auth=estate.auth("management_office"))
    estate.act(number, "management_office", "reply", text="灯已换好。")
    if again == "reopen":
        estate.act(number, "service_centre", "decide", opinion="已核实。", outcome="invalid")
        estate.act(number, "complainant", "agree")
        estate.act(number, "service_centre", "close", summary="办结。")

    estate.act(number, "complainant", again)

    assert estate.deadline(number, "office_reply")["run"] == 2
