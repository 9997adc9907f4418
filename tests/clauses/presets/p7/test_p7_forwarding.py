"""P7 `property-management`: promise or escalation, forwarding by working hours, and no refusal of complaints."""

from __future__ import annotations

import pytest

from tests.clauses.offices.estate import decided, estate_in, forwarded, handled, notified, replied
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess

OPEN, CLOSED = "30 minutes", "1 working hour"


def test_p7_1_a_matter_that_takes_time_gets_a_feedback_time(estate: Organisation) -> None:
    number = estate.file()

    estate.act(number, "management_office", "promise", feedback_at="2026-11-27T16:00:00+08:00")

    assert estate.local(estate.deadline(number, "promised")["due"]) == "2026-11-27T16:00:00+08:00"
    assert (
        estate.told("complainant", number)[0]
        == f"关于您的投诉 {number}，我们将于2026-11-27（周五）16:00前（北京时间）向您反馈。"
    )


def test_p7_1_a_promise_that_is_not_kept_is_missed(estate: Organisation) -> None:
    number = handled(estate)
    estate.act(number, "management_office", "promise", feedback_at="2026-11-27T16:00:00+08:00")

    estate.world.move_to("2026-11-27T16:00:00+08:00")

    assert [event["fields"]["clock"] for event in estate.events(number, type_="missed")] == ["promised"]


def test_p7_1_the_reply_keeps_the_promise(estate: Organisation) -> None:
    number = handled(estate)
    estate.act(number, "management_office", "promise", feedback_at="2026-11-27T16:00:00+08:00")

    estate.act(number, "management_office", "reply", text="灯已换好。")

    assert estate.deadline(number, "promised")["state"] == "met"


def test_p7_1_a_second_promise_starts_a_separate_run(estate: Organisation) -> None:
    number = handled(estate)
    for feedback_at in ("2026-11-27T16:00:00+08:00", "2026-11-27T17:00:00+08:00"):
        estate.act(number, "management_office", "promise", feedback_at=feedback_at)

    assert estate.deadline(number, "promised", run=1)["state"] == "cancelled"
    assert estate.deadline(number, "promised", run=2)["state"] == "running"


def test_p7_1_a_promised_time_must_be_in_the_future(estate: Organisation) -> None:
    number = estate.file()

    answer = estate.try_act(number, "management_office", "promise", feedback_at="2026-11-27T08:00:00+08:00")

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/fields/feedback_at")


def test_p7_1_a_matter_can_be_forwarded_to_the_supervisor(estate: Organisation) -> None:
    number = estate.file()

    answer = estate.act(number, "management_office", "forward", **notified(estate))

    assert answer["stage"] == "forwarded"
    assert f"投诉 {number} 已送达，请处理。" in estate.told("service_supervisor", number)


@pytest.mark.parametrize("stage", [Organisation.file, forwarded, handled, replied, decided])
@pytest.mark.parametrize("who", ["service_centre", "office_head", "headquarters"])
def test_p7_4_no_role_can_refuse_a_complaint(estate: Organisation, who: str, stage: object) -> None:
    number = stage(estate)  # type: ignore[operator]

    answer = estate.try_act(number, who, "refuse", ground="late")

    assert (answer.status, answer.problem) == (409, "act-not-open")
    assert "refuse" not in estate.complaint(number, who)["acts"]


@pytest.mark.parametrize("fact", ["complainant.name", "complainant.phone", "content"])
def test_p7_4_a_complaint_is_recorded_accurately(estate: Organisation, fact: str) -> None:
    answer = estate.try_file(facts={fact: None})

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, f"/facts/{fact}")


@pytest.mark.parametrize(("to", "told"), [("service_supervisor", "service_supervisor"), ("office_head", "office_head")])
def test_p7_5_forwarding_notifies_one_of_two_roles(estate: Organisation, to: str, told: str) -> None:
    number = estate.file()

    estate.act(number, "service_centre", "forward", to=to, person="王主任")

    assert estate.told(told, number) == [f"投诉 {number} 已送达，请处理。"]


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"to": "department", "person": "王主任"}, "/fields/to"),
        ({"person": "王主任"}, "/fields/to"),
        ({"to": "office_head"}, "/fields/person"),
        ({"to": "office_head", "person": "  "}, "/fields/person"),
    ],
)
def test_p7_5_forwarding_needs_the_role_and_the_person(
    estate: Organisation, fields: dict[str, str], pointer: str
) -> None:
    number = estate.file()

    answer = estate.try_act(number, "service_centre", "forward", **fields)

    assert (answer.status, [error["pointer"] for error in answer.json["errors"]]) == (422, [pointer])
    assert estate.deadline(number, "forwarding")["state"] == "running"


@pytest.mark.parametrize("channel", ["visit", "phone", "email", "headquarters"])
@pytest.mark.parametrize(
    ("at", "due", "limit"),
    [
        ("2026-11-27T17:45:00+08:00", "2026-11-27T18:15:00+08:00", OPEN),
        ("2026-11-27T12:10:00+08:00", "2026-11-27T12:40:00+08:00", OPEN),
        ("2026-11-27T09:00:00+08:00", "2026-11-27T09:30:00+08:00", OPEN),
        ("2026-11-27T18:30:00+08:00", "2026-11-30T10:00:00+08:00", CLOSED),
        ("2026-11-27T08:59:00+08:00", "2026-11-27T10:00:00+08:00", CLOSED),
        ("2026-11-28T11:00:00+08:00", "2026-11-30T10:00:00+08:00", CLOSED),
        ("2026-10-01T11:00:00+08:00", "2026-10-08T10:00:00+08:00", CLOSED),
        ("2026-10-10T11:00:00+08:00", "2026-10-10T11:30:00+08:00", OPEN),
    ],
    ids=[
        "working time",
        "lunch break",
        "at opening",
        "after work",
        "before work",
        "weekend",
        "holiday",
        "worked Saturday",
    ],
)
def test_p7_6_forwarding_is_due_by_working_hours(at: str, due: str, limit: str, channel: str) -> None:
    estate = estate_in(InProcess(at))

    number = estate.file(channel=channel)

    deadline = estate.deadline(number, "forwarding")
    assert (estate.local(deadline["due"]), deadline["because"]["rule"]["limit"]) == (due, limit)


def test_p7_6_forwarding_stops_the_clock(estate: Organisation) -> None:
    assert estate.deadline(forwarded(estate), "forwarding")["state"] == "met"


def test_p7_6_late_forwarding_is_a_miss(estate: Organisation) -> None:
    number = estate.file()
    estate.world.move_to("2026-11-27T09:30:00+08:00")

    estate.act(number, "service_centre", "forward", **notified(estate))

    assert estate.deadline(number, "forwarding")["state"] == "missed"


def test_p7_9_headquarters_passes_a_complaint_on_to_the_centre(estate: Organisation) -> None:
    number = estate.file(channel="headquarters", auth=estate.auth("headquarters"))

    [event] = estate.events(number, type_="registered")
    assert event["actor"] | {"id": ""} == {
        "kind": "staff",
        "id": "",
        "role": "headquarters",
        "on_behalf_of": "complainant",
    }
    assert estate.told("service_centre", number) == [f"投诉 {number} 已登记。"]


def test_p7_9_headquarters_can_give_the_complainant_the_right_contact(estate: Organisation) -> None:
    number = estate.file(channel="headquarters", auth=estate.auth("headquarters"))

    estate.act(number, "headquarters", "notify", contact="东区管理处王主任")

    text = f"投诉 {number}：总部已提供最合适的投诉接口。"
    assert (estate.told("complainant", number)[0], estate.told("service_centre", number)[0]) == (text, text)


def test_p7_9_the_contact_is_on_record_for_the_complainant(estate: Organisation) -> None:
    number = estate.file()

    answer = estate.act(number, "headquarters", "notify", contact="东区管理处王主任")

    values = estate.get(f"/complaints/{number}/record", "complainant", number)["values"]
    assert values[answer["events"][0]["id"]] == {"contact": "东区管理处王主任"}


def test_p7_6_a_complaint_not_forwarded_in_time_is_escalated(estate: Organisation) -> None:
    number = estate.file()

    estate.world.move_to("2026-11-27T09:30:00+08:00")

    assert [event["fields"]["clock"] for event in estate.events(number, type_="escalated")] == ["forwarding"]


def test_p7_1_a_missed_feedback_time_is_escalated(estate: Organisation) -> None:
    number = estate.file()
    estate.act(number, "management_office", "promise", feedback_at="2026-11-27T16:00:00+08:00")

    estate.world.move_to("2026-11-27T16:00:00+08:00")

    assert "promised" in [event["fields"]["clock"] for event in estate.events(number, type_="escalated")]
