"""P7.9 `property-management`: headquarters pass complaints on to the centre, or give the right contact, in time."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.policy import presets
from tests.clauses.offices.estate import at_headquarters, estate_in, notified, on_channel
from tests.clauses.organisation import Organisation, hire, sign_up_with
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer

HEADQUARTERS, CENTRE = "headquarters", "service_centre"
CONTACT = "关于您的投诉 {}，最合适的投诉接口附后。客服中心同时会处理您的投诉。"
PASSED_ON = "总部接到投诉 {}，现予转达，请处理。"


def try_taken(estate: Organisation, at: str, **filing: Any) -> Answer:
    """Headquarters record a complaint that they took at this time."""
    return estate.try_file(
        auth=estate.auth(HEADQUARTERS), **{"channel": HEADQUARTERS, "received": {"at": at}, **filing}
    )


def estate_at(now: str) -> Organisation:
    """Founded before work on Friday; then time moves on."""
    estate = estate_in(InProcess("2026-11-27T08:00:00+08:00"))
    estate.world.move_to(now)
    return estate


def taken(estate: Organisation, at: str) -> str:
    return estate.file(channel=HEADQUARTERS, auth=estate.auth(HEADQUARTERS), received={"at": at})


def test_p7_9_headquarters_passes_a_complaint_on_to_the_centre(estate: Organisation) -> None:
    number = at_headquarters(estate)

    [event] = estate.events(number, type_="registered")
    assert event["actor"] | {"id": ""} == {
        "kind": "staff",
        "id": "",
        "role": "headquarters",
        "on_behalf_of": "complainant",
    }
    assert estate.told("service_centre", number) == [f"总部接到投诉 {number}，已登记，待总部转达。"]


def test_p7_9_headquarters_can_give_the_complainant_the_right_contact(estate: Organisation) -> None:
    number = at_headquarters(estate)

    estate.act(number, "headquarters", "notify", contact="东区管理处王主任")

    assert estate.told("complainant", number)[:1] == [CONTACT.format(number)]
    assert estate.told("service_centre", number)[:1] == [f"投诉 {number}：总部已向顾客提供最合适的投诉接口。"]


def test_p7_9_the_mail_to_the_customer_holds_the_contact(estate: Organisation) -> None:
    number = estate.file(**on_channel(estate, HEADQUARTERS), facts={"complainant.email": "customer@example.org"})

    estate.act(number, "headquarters", "notify", contact="东区管理处王主任")

    mail = estate.world.mail("customer@example.org")
    assert CONTACT.format(number) in mail
    assert "东区管理处王主任" in mail


def test_p7_9_the_contact_is_on_record_for_the_complainant(estate: Organisation) -> None:
    number = at_headquarters(estate)

    answer = estate.act(number, "headquarters", "notify", contact="东区管理处王主任")

    values = estate.get(f"/complaints/{number}/record", "complainant", number)["values"]
    assert values[answer["events"][0]["id"]] == {"contact": "东区管理处王主任"}


@pytest.mark.parametrize("who", [None, CENTRE, "management_office", "leader"])
def test_p7_9_only_headquarters_put_a_complaint_on_their_record(estate: Organisation, who: str | None) -> None:
    answer = estate.try_file(channel=HEADQUARTERS, auth=who and estate.auth(who))

    assert (answer.status, answer.pointer) == (422, "/channel")
    assert answer.json["errors"][0]["detail"] == "must be one of: Visit, Phone, E-mail"


def test_p7_9_a_customer_cannot_make_headquarters_late(estate: Organisation) -> None:
    number = estate.file(channel="email")

    estate.world.move_to("2026-11-27T12:00:00+08:00")

    assert estate.told(HEADQUARTERS, number) == []
    assert {event["fields"]["clock"] for event in estate.events(number, type_="missed")} == {"forwarding"}


def test_p7_9_headquarters_file_on_the_other_channels_too(estate: Organisation) -> None:
    number = estate.file(channel="phone", auth=estate.auth(HEADQUARTERS))

    assert estate.local(estate.deadline(number, "forwarding")["due"]) == "2026-11-27T09:30:00+08:00"


def test_p7_9_who_has_several_roles_files_as_headquarters(estate: Organisation) -> None:
    hire(estate, CENTRE, name="both", also=[HEADQUARTERS])

    number = estate.file(channel=HEADQUARTERS, auth=estate.auth("both"))

    [event] = estate.events(number, type_="registered")
    assert event["actor"]["role"] == HEADQUARTERS


@pytest.mark.parametrize(
    ("at", "now", "due"),
    [
        ("2026-11-27T09:00:00+08:00", "2026-11-27T09:20:00+08:00", "2026-11-27T09:30:00+08:00"),
        ("2026-11-27T12:10:00+08:00", "2026-11-27T12:20:00+08:00", "2026-11-27T12:40:00+08:00"),
        ("2026-11-27T18:30:00+08:00", "2026-11-27T20:00:00+08:00", "2026-11-30T10:00:00+08:00"),
        ("2026-11-28T11:00:00+08:00", "2026-11-30T09:10:00+08:00", "2026-11-30T10:00:00+08:00"),
    ],
    ids=["working time", "lunch break", "after work", "weekend"],
)
def test_p7_9_their_duty_is_due_like_forwarding_from_when_they_took_it(at: str, now: str, due: str) -> None:
    estate = estate_at(now)

    number = taken(estate, at)

    deadline = estate.deadline(number, "passing_on")
    assert (estate.local(deadline["due"]), deadline["state"]) == (due, "running")
    assert deadline["because"]["rule"]["clause"] == "P7.9"


def test_p7_9_passing_on_meets_their_duty_and_starts_that_of_the_centre() -> None:
    estate = estate_at("2026-11-27T09:20:00+08:00")
    number = taken(estate, "2026-11-27T09:00:00+08:00")
    assert [one["clock"] for one in estate.filed[number].answer["deadlines"] if one["clock"] == "forwarding"] == []
    estate.world.move_to("2026-11-27T09:25:00+08:00")

    assert estate.try_act(number, HEADQUARTERS, "transfer", remarks="业主来电总机。").status == 200

    assert estate.deadline(number, "passing_on")["state"] == "met"
    assert estate.local(estate.deadline(number, "forwarding")["due"]) == "2026-11-27T09:55:00+08:00"
    assert estate.told(CENTRE, number)[:1] == [PASSED_ON.format(number)]
    assert estate.told(HEADQUARTERS, number) == [f"投诉 {number} 的转达已送达客服中心。"]


@pytest.mark.parametrize(("act", "fields"), [("transfer", {}), ("notify", {"contact": "东区管理处王主任"})])
@pytest.mark.parametrize(("again", "more"), [("transfer", {}), ("notify", {"contact": "西区管理处"})])
def test_p7_9_headquarters_start_the_time_of_the_centre_once(
    act: str, fields: dict[str, str], again: str, more: dict[str, str]
) -> None:
    estate = estate_at("2026-11-27T09:20:00+08:00")
    number = taken(estate, "2026-11-27T09:00:00+08:00")
    estate.act(number, HEADQUARTERS, act, **fields)
    estate.world.move_to("2026-11-27T09:45:00+08:00")

    assert estate.try_act(number, HEADQUARTERS, again, **more).status == 409

    assert estate.local(estate.deadline(number, "forwarding")["due"]) == "2026-11-27T09:50:00+08:00"


def test_p7_9_the_right_contact_meets_their_duty_too() -> None:
    estate = estate_at("2026-11-27T09:20:00+08:00")
    number = taken(estate, "2026-11-27T09:00:00+08:00")

    estate.act(number, HEADQUARTERS, "notify", contact="东区管理处王主任")

    assert estate.deadline(number, "passing_on")["state"] == "met"
    assert estate.local(estate.deadline(number, "forwarding")["due"]) == "2026-11-27T09:50:00+08:00"


def test_p7_9_a_late_passing_on_is_recorded_against_headquarters_and_not_against_the_centre() -> None:
    estate = estate_at("2026-11-27T11:00:00+08:00")

    number = taken(estate, "2026-11-27T09:00:00+08:00")

    [missed] = estate.events(number, type_="missed")
    assert (missed["fields"]["clock"], estate.local(missed["due_at"])) == ("passing_on", "2026-11-27T09:30:00+08:00")
    assert estate.events(number, type_="escalated") == []
    forwarding = estate.deadline(number, "forwarding")
    assert (forwarding["state"], estate.local(forwarding["due"])) == ("running", "2026-11-27T11:30:00+08:00")
    assert estate.told(HEADQUARTERS, number) == [f"投诉 {number} 未在时限内转达，已由系统转达客服中心。"]
    assert PASSED_ON.format(number) in estate.told(CENTRE, number)


def test_p7_9_what_headquarters_keep_is_passed_on_at_the_limit() -> None:
    estate = estate_at("2026-11-27T09:10:00+08:00")
    number = taken(estate, "2026-11-27T09:00:00+08:00")

    estate.world.move_to("2026-11-27T09:30:00+08:00")

    assert estate.deadline(number, "passing_on")["state"] == "missed"
    [event] = estate.events(number, type_="transferred")
    assert event["actor"]["kind"] == "system"
    assert estate.local(estate.deadline(number, "forwarding")["due"]) == "2026-11-27T10:00:00+08:00"


def test_p7_9_without_a_time_of_receipt_one_delay_is_charged_once(estate: Organisation) -> None:
    number = at_headquarters(estate)

    estate.world.move_to("2026-11-27T09:30:00+08:00")

    assert [event["fields"]["clock"] for event in estate.events(number, type_="missed")] == ["passing_on"]
    assert estate.events(number, type_="escalated") == []
    assert estate.local(estate.deadline(number, "forwarding")["due"]) == "2026-11-27T10:00:00+08:00"


@pytest.mark.parametrize(("act", "fields"), [("transfer", {}), ("notify", {"contact": "东区管理处王主任"})])
def test_p7_9_nothing_is_passed_on_after_the_centre_has_answered(
    estate: Organisation, act: str, fields: dict[str, str]
) -> None:
    number = at_headquarters(estate)
    estate.act(number, CENTRE, "reply", text="灯已换好。")
    estate.act(number, "complainant", "dispute")
    assert estate.complaint(number)["stage"] == "registered"

    assert estate.try_act(number, HEADQUARTERS, act, **fields).problem == "act-not-open"


@pytest.mark.parametrize(("act", "fields"), [("transfer", {}), ("notify", {"contact": "东区管理处王主任"})])
def test_p7_9_what_time_has_passed_on_is_not_passed_on_again(
    estate: Organisation, act: str, fields: dict[str, str]
) -> None:
    number = at_headquarters(estate)
    estate.world.move_to("2026-11-27T09:30:00+08:00")

    assert estate.try_act(number, HEADQUARTERS, act, **fields).problem == "act-not-open"


@pytest.mark.parametrize("channel", ["visit", "phone", "email"])
def test_p7_9_what_the_centre_took_earlier_counts_from_then(channel: str) -> None:
    estate = estate_at("2026-11-27T09:20:00+08:00")
    received = {"at": "2026-11-27T09:00:00+08:00"}

    number = estate.file(channel=channel, auth=estate.auth(CENTRE), received=received)

    assert estate.local(estate.deadline(number, "forwarding")["due"]) == "2026-11-27T09:30:00+08:00"


def test_p7_9_other_channels_put_no_duty_on_headquarters(estate: Organisation) -> None:
    number = estate.file()

    estate.world.move_to("2026-11-27T09:30:00+08:00")

    assert [event["fields"]["clock"] for event in estate.events(number, type_="missed")] == ["forwarding"]
    assert estate.try_act(number, HEADQUARTERS, "transfer").status == 409
    assert estate.try_act(number, HEADQUARTERS, "notify", contact="东区管理处").status == 409


@pytest.mark.parametrize(
    ("at", "pointer"),
    [
        ("2026-11-27T09:01:00+08:00", "/received/at"),
        ("2026-11-01T09:00:00+08:00", "/received/at"),
        ("this morning", "/received/at"),
    ],
)
def test_p7_9_a_wrong_time_of_receipt_is_refused(estate: Organisation, at: str, pointer: str) -> None:
    answer = try_taken(estate, at)

    assert (answer.status, answer.pointer) == (422, pointer)


def test_p7_9_what_was_taken_more_than_ten_days_ago_is_not_filed_as_received_then() -> None:
    estate = estate_at("2026-12-10T09:00:00+08:00")

    answer = try_taken(estate, "2026-11-27T09:00:00+08:00")

    assert (answer.status, answer.pointer) == (422, "/received/at")
    assert try_taken(estate, "2026-12-01T09:00:00+08:00").status == 201


@pytest.mark.parametrize("act", ["transfer", "notify"])
@pytest.mark.parametrize("who", [CENTRE, "management_office", "complainant"])
def test_p7_9_only_headquarters_pass_on(estate: Organisation, who: str, act: str) -> None:
    number = taken(estate, "2026-11-27T09:00:00+08:00")

    assert estate.try_act(number, who, act, contact="东区管理处").status == 403


def test_p7_9_the_contact_is_named(estate: Organisation) -> None:
    answer = estate.try_act(taken(estate, "2026-11-27T09:00:00+08:00"), HEADQUARTERS, "notify")

    assert (answer.status, answer.pointer) == (422, "/fields/contact")


def test_a_policy_can_name_other_posts() -> None:
    """P7.9 或指定岗位. Not among the tests of the clause, because it publishes a policy of its own."""
    document = presets.document("property-management")
    document["people"]["duty_manager"] = {"zh": "值班经理", "en": "Duty manager"}
    document["fields"]["to"]["choices"]["duty_manager"] = {"zh": "值班经理", "en": "Duty manager"}
    document["stages"]["forwarded"]["assign"]["by"].append("duty_manager")
    estate = sign_up_with(InProcess("2026-11-27T09:00:00+08:00"), json.dumps(document, ensure_ascii=False))
    number = estate.file()

    estate.act(number, CENTRE, "forward", **notified(estate, "duty_manager"))

    assert f"Complaint {number} is passed on to the management office." in estate.told("duty_manager", number, "en")[0]
    answer = estate.act(number, "duty_manager", "assign", responsible=estate.subs["management_office"])
    assert answer["stage"] == "handling"
