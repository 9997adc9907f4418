"""P7 `property-management`: the values that acts take, refuse and keep from the customer."""

from __future__ import annotations

import pytest

from tests.clauses.offices.estate import NO_OFFICE, at_headquarters, forwarded, handled, replied
from tests.clauses.organisation import Organisation

PAST = "2026-11-27T08:59:00+08:00"
CENTRE, OFFICE = "service_centre", "management_office"


@pytest.mark.parametrize(("stage", "who"), [(Organisation.file, CENTRE), (forwarded, OFFICE), (handled, OFFICE)])
def test_p7_1_a_promise_lies_in_the_future(estate: Organisation, stage: object, who: str) -> None:
    number = stage(estate)  # type: ignore[operator]

    answer = estate.try_act(number, who, "promise", feedback_at=PAST)

    assert (answer.status, answer.pointer) == (422, "/fields/feedback_at")


@pytest.mark.parametrize("stage", [forwarded, handled])
def test_p7_7_special_circumstances_last_until_a_time_in_the_future(estate: Organisation, stage: object) -> None:
    number = stage(estate)  # type: ignore[operator]

    answer = estate.try_act(number, OFFICE, "notify", reason="配件缺货。", until=PAST)

    assert (answer.status, answer.pointer) == (422, "/fields/until")
    [until] = [field for field in estate.complaint(number, OFFICE)["forms"]["notify"] if field["name"] == "until"]
    assert until.get("label", {}).get("zh") == "预计完成时间"


@pytest.mark.parametrize("who", ["service_supervisor", "office_head", OFFICE])
def test_p7_7_each_role_of_the_office_may_be_named(estate: Organisation, who: str) -> None:
    answer = estate.try_act(forwarded(estate), "office_head", "assign", responsible=estate.subs[who])

    assert answer.status == 200


def test_p7_9_what_headquarters_remark_is_not_for_the_customer(estate: Organisation) -> None:
    number = at_headquarters(estate)
    [event, *_] = estate.act(number, "headquarters", "transfer", remarks="业主来电总机。")["events"]

    shown = {who: estate.get(f"/complaints/{number}/record", who, number)["values"] for who in (CENTRE, "complainant")}

    assert shown[CENTRE][event["id"]] == {"remarks": "业主来电总机。"}
    assert not shown["complainant"].get(event["id"])


@pytest.mark.parametrize("value", [True, False])
def test_p7_9_only_time_says_that_it_passed_something_on(estate: Organisation, value: bool) -> None:
    answer = estate.try_act(at_headquarters(estate), "headquarters", "transfer", by_time=value)

    assert (answer.status, answer.pointer) == (422, "/fields/by_time")


@pytest.mark.parametrize("value", [True, False])
def test_p7_1_only_time_asks_the_centre_to_judge(estate: Organisation, value: bool) -> None:
    answer = estate.try_act(replied(estate), CENTRE, "notify", unjudged=value)

    assert (answer.status, answer.pointer) == (422, "/fields/unjudged")


def test_p7_1_a_member_who_hears_the_customers_answer_records_it_under_their_own_name(estate: Organisation) -> None:
    number = replied(estate)
    path = f"{estate.path}/complaints/{number}/acts/agree"

    answer = estate.world.call(
        "POST", path, {"fields": {}, "on_behalf_of": "complainant"}, auth=estate.auth("department")
    )

    assert answer.status == 200
    [event] = estate.events(number, type_="agreed")
    assert (event["actor"]["role"], event["actor"]["on_behalf_of"]) == ("department", "complainant")
    assert event["actor"]["id"] == estate.subs["department"]


@pytest.mark.parametrize(("act", "more"), [("reply", {}), ("decide", {"opinion": "当场更换。", **NO_OFFICE})])
def test_p7_1_the_mail_to_the_customer_holds_the_answer(estate: Organisation, act: str, more: dict[str, str]) -> None:
    number = estate.file(facts={"complainant.email": "customer@example.org"})

    assert estate.try_act(number, CENTRE, act, text="灯已换好。", **more).status == 200

    assert "灯已换好。" in estate.world.mail("customer@example.org")


@pytest.mark.parametrize("again", [False, True])
def test_p7_7_the_mail_to_the_customer_holds_the_reply(estate: Organisation, again: bool) -> None:
    number = handled(estate, facts={"complainant.email": "customer@example.org"})
    if again:
        estate.act(number, OFFICE, "reply", text="灯未坏。")
        estate.act(number, "complainant", "dispute", reason="灯坏了。")

    assert estate.try_act(number, OFFICE, "reply", text="灯已换好。").status == 200

    assert "灯已换好。" in estate.world.mail("customer@example.org")
