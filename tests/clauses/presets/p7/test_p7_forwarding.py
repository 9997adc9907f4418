"""P7 `property-management`: forwarding to a named person, by working hours."""

from __future__ import annotations

import pytest

from tests.clauses.behaviour.timeline import owed
from tests.clauses.offices.estate import estate_in, forwarded, notified, on_channel
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess
from tests.helpers.nonempty import nonempty

OPEN, CLOSED = "30 minutes", "1 working hour"


@pytest.mark.parametrize("to", ["service_supervisor", "office_head"])
def test_p7_5_forwarding_notifies_the_named_person_in_one_of_two_roles(estate: Organisation, to: str) -> None:
    hire(estate, to, name="colleague")
    number = estate.file()

    estate.act(number, "service_centre", "forward", **notified(estate, to))

    text = f"投诉 {number} 已转达管理处，请当日开始处理，并于 2026年11月28日（周六）09:00 前回复顾客。"
    assert estate.told(to, number) == [text]
    assert estate.world.mail(estate.emails[to]).startswith(text + "\n")
    assert estate.told("colleague", number) == []
    [event] = estate.events(number, type_="forwarded")
    assert (event["fields"]["to"], event["fields"]["person"]) == (to, [estate.subs[to]])


@pytest.mark.parametrize(
    ("to", "person", "pointer"),
    [
        ("department", "service_supervisor", "/fields/to"),
        (None, "service_supervisor", "/fields/to"),
        ("office_head", None, "/fields/person"),
        ("office_head", "  ", "/fields/person"),
        ("office_head", "x", "/fields/person"),
        ("office_head", "王主任", "/fields/person"),
        ("office_head", "service_supervisor", "/fields/person"),
        ("service_supervisor", "management_office", "/fields/person"),
    ],
)
def test_p7_5_forwarding_needs_the_role_and_a_member_who_has_it(
    estate: Organisation, to: str | None, person: str | None, pointer: str
) -> None:
    number = estate.file()
    named = None if person is None else estate.subs.get(person, person)

    answer = estate.try_act(number, "service_centre", "forward", to=to, person=named)

    assert (answer.status, answer.pointer) == (422, pointer)
    assert estate.deadline(number, "forwarding")["state"] == "running"


def test_p7_5_one_person_is_named(estate: Organisation) -> None:
    hire(estate, "office_head", name="colleague")
    both = [estate.subs["office_head"], estate.subs["colleague"]]

    answer = estate.try_act(estate.file(), "service_centre", "forward", to="office_head", person=both)

    assert (answer.status, answer.pointer) == (422, "/fields/person")


def test_p7_5_a_person_who_has_left_is_not_notified(estate: Organisation) -> None:
    gone = f"{estate.path}/people/{estate.subs['office_head']}"
    assert estate.world.call("DELETE", gone, auth=estate.auth("owner")).status == 204

    answer = estate.try_act(estate.file(), "service_centre", "forward", **notified(estate, "office_head"))

    assert (answer.status, answer.pointer) == (422, "/fields/person")


def test_p7_5_the_customer_sees_no_name_of_the_person(estate: Organisation) -> None:
    number = forwarded(estate)

    record = estate.get(f"/complaints/{number}/record", "complainant", number)

    assert estate.emails["service_supervisor"] not in str(record)
    assert all("person" not in values for values in nonempty(record["values"].values()))


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

    number = estate.file(**on_channel(estate, channel))
    if channel == "headquarters":
        estate.act(number, "headquarters", "transfer")

    deadline = estate.deadline(number, "forwarding")
    assert (estate.local(deadline["due"]), deadline["because"]["rule"]["limit"]) == (due, limit)


def test_p7_6_forwarding_stops_the_clock(estate: Organisation) -> None:
    assert estate.deadline(forwarded(estate), "forwarding")["state"] == "met"


def test_p7_6_late_forwarding_is_a_miss(estate: Organisation) -> None:
    number = estate.file()
    estate.world.move_to("2026-11-27T09:30:00+08:00")

    estate.act(number, "service_centre", "forward", **notified(estate))

    assert estate.deadline(number, "forwarding")["state"] == "missed"


def test_p7_6_a_complaint_not_forwarded_in_time_is_escalated(estate: Organisation) -> None:
    number = estate.file()

    estate.world.move_to("2026-11-27T09:30:00+08:00")

    assert [event["fields"]["clock"] for event in estate.events(number, type_="escalated")] == ["forwarding"]


def test_p7_6_before_the_limit_those_of_the_first_tier_are_warned(estate: Organisation) -> None:
    number = estate.file()

    estate.world.move_to("2026-11-27T09:20:00+08:00")

    [event] = estate.events(number, type_="warned")
    assert (event["fields"]["clock"], estate.local(event["at"])) == ("forwarding", "2026-11-27T09:20:00+08:00")
    assert estate.told("management_office", number)[0].startswith(f"投诉 {number} 即将到期")


def test_p7_6_an_escalation_also_reaches_the_centre_which_forwards(estate: Organisation) -> None:
    number = estate.file()

    estate.world.move_to("2026-11-27T09:30:00+08:00")

    assert owed(estate, number, "forwarding", "service_centre") == [1]


def test_p7_7_each_later_escalation_also_reaches_the_office(estate: Organisation) -> None:
    number = forwarded(estate)

    estate.world.move_to("2026-12-02T09:00:00+08:00")

    assert owed(estate, number, "reply", "office_head")[:2] == [2, 3]
