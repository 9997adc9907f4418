"""P7.9 `property-management`: what ends the duty of headquarters, and how far back a receipt may lie."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.estate import NO_OFFICE, at_headquarters, estate_in, notified
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess

CENTRE = "service_centre"
ON_THE_SPOT = {"text": "灯已换好。", "opinion": "当场更换。", **NO_OFFICE}


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("reply", {"text": "灯已换好。"}),
        ("decide", ON_THE_SPOT),
        ("forward", {}),
    ],
)
def test_p7_9_what_the_centre_takes_up_itself_need_not_be_passed_on(
    estate: Organisation, act: str, fields: dict[str, Any]
) -> None:
    number = at_headquarters(estate)

    done = estate.try_act(number, CENTRE, act, **(fields or notified(estate)))

    assert done.status == 200
    assert estate.deadline(number, "passing_on")["state"] == "met"
    assert estate.deadline(number, "passed_on_late")["state"] == "met"
    estate.world.move_to("2026-11-27T12:00:00+08:00")
    assert estate.events(number, type_="transferred") == []


@pytest.mark.parametrize("who", [CENTRE, "management_office"])
def test_p7_9_a_promise_does_not_pass_a_complaint_on(estate: Organisation, who: str) -> None:
    number = at_headquarters(estate)
    estate.act(number, who, "promise", feedback_at="2026-11-27T15:00:00+08:00")
    assert estate.deadline(number, "passing_on")["state"] == "running"

    estate.world.move_to("2026-11-27T09:31:00+08:00")

    assert estate.deadline(number, "passing_on")["state"] == "missed"
    assert [event["actor"]["kind"] for event in estate.events(number, type_="transferred")] == ["system"]
    assert estate.local(estate.deadline(number, "forwarding")["due"]) == "2026-11-27T10:00:00+08:00"


@pytest.mark.parametrize(("now", "status"), [("2026-12-08T00:00:00+08:00", 201), ("2026-12-08T00:01:00+08:00", 422)])
def test_p7_9_a_receipt_lies_at_most_ten_days_back(now: str, status: int) -> None:
    estate = estate_in(InProcess("2026-11-27T08:00:00+08:00"))
    estate.world.move_to(now)
    received = {"at": "2026-11-27T09:00:00+08:00"}

    answer = estate.try_file(channel="headquarters", auth=estate.auth("headquarters"), received=received)

    assert answer.status == status


def test_p7_1_the_centre_answers_on_the_spot_what_headquarters_took(estate: Organisation) -> None:
    assert estate.try_act(at_headquarters(estate), CENTRE, "decide", **ON_THE_SPOT).status == 200


def test_p7_9_headquarters_who_pass_on_in_time_are_told_that_it_arrived(estate: Organisation) -> None:
    number = at_headquarters(estate)

    estate.act(number, "headquarters", "transfer")

    assert estate.told("headquarters", number) == [f"投诉 {number} 的转达已送达客服中心。"]


def test_p7_9_only_what_headquarters_took_is_passed_on(estate: Organisation) -> None:
    duties = {"passing_on", "passed_on_late"}

    started = [clocks(estate, number) & duties for number in (at_headquarters(estate), estate.file())]

    assert started == [duties, set()]


def test_p7_6_the_contact_starts_the_time_of_the_centre(estate: Organisation) -> None:
    number = at_headquarters(estate)
    before = clocks(estate, number)

    estate.act(number, "headquarters", "notify", contact="东区管理处")

    assert clocks(estate, number) - before == {"forwarding"}


def clocks(estate: Organisation, number: str) -> set[str]:
    deadlines = estate.get(f"/complaints/{number}/deadlines", "complainant", number)["deadlines"]
    return {one["clock"] for one in deadlines}
