"""P2 `auto-repair`: five channels, three tiers, and customer service as the neutral party."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.garage import CARRIED_OUT, OURS, found, offered, received
from tests.clauses.organisation import Organisation

OVERDUE = "投诉 {} 已逾期，现升级至本层级，请处理。"
OVER = "投诉 {} 已逾期，请尽快处理。"
UNHANDLED = "投诉 {} 已逾期，逐级升级后仍未完成，请尽快处理。"
ON_SITE = "现场投诉 {}：请客服立即到场处理，服务顾问陪同。"


@pytest.mark.parametrize("channel", ["on_site", "call_back", "phone", "letter", "authority"])
def test_p2_1_five_channels(garage: Organisation, channel: str) -> None:
    assert garage.complaint(garage.file(channel=channel))["channel"] == channel


def test_p2_1_there_is_no_other_channel(garage: Organisation) -> None:
    answer = garage.try_file(channel="fax")

    assert (answer.status, answer.pointer) == (422, "/channel")


def test_p2_2_escalation_goes_up_one_tier_at_a_time(garage: Organisation) -> None:
    number = garage.file()

    garage.world.move_to("2026-12-10T09:00:00+08:00")

    escalated = garage.events(number, type_="escalated")
    assert [(garage.local(event["at"]), event["fields"]["tier"], event["fields"]["roles"]) for event in escalated] == [
        ("2026-12-01T18:00:00+08:00", 2, ["customer_service", "service_manager", "technical_manager"]),
        ("2026-12-03T18:00:00+08:00", 3, ["customer_service", "general_manager"]),
    ]


def test_p2_2_the_first_tier_is_warned(garage: Organisation) -> None:
    number = garage.file()

    garage.world.move_to("2026-12-01T14:00:00+08:00")

    warned = f"投诉 {number} 即将到期，请于2026年12月1日（周二）18:00前（北京时间）完成。"
    for who in ("customer_service", "service_manager", "call_back_agent"):
        assert warned in garage.told(who, number)
    assert warned not in garage.told("technical_manager", number)


def test_p2_2_a_miss_on_the_top_tier_is_recorded_too(garage: Organisation) -> None:
    """The top tier did nothing either."""
    number = garage.file()

    garage.world.move_to("2026-12-10T09:00:00+08:00")

    assert [event["fields"]["rung"] for event in garage.events(number, type_="missed")][:3] == [1, 2, 3]
    assert OVERDUE.format(number) in garage.told("general_manager", number)


def test_p2_2_inspection_lists_complaints_missed_by_the_top_tier(garage: Organisation) -> None:
    late = garage.file()
    garage.world.move_to("2026-12-04T09:00:00+08:00")
    garage.file()

    at_the_top = garage.get("/complaints?missed=true&tier=3", "general_manager")["complaints"]

    assert [(row["number"], row["next"]["state"]) for row in at_the_top] == [(late, "missed")]


def test_p2_2_inspection_does_not_list_complaints_in_time(garage: Organisation) -> None:
    garage.file()

    assert garage.get("/complaints?missed=true", "general_manager")["complaints"] == []


def test_p2_2_the_top_tiers_alarm_repeats_every_five_working_days_until_an_act(garage: Organisation) -> None:
    number = garage.file()

    garage.world.move_to("2026-12-22T09:00:00+08:00")

    repeated = [event for event in garage.events(number, type_="missed") if event["fields"]["rung"] > 3]
    assert [garage.local(event["at"]) for event in repeated] == [
        "2026-12-14T18:00:00+08:00",
        "2026-12-21T18:00:00+08:00",
    ]
    assert garage.told("general_manager", number).count(UNHANDLED.format(number)) == 3


def test_p2_2_the_alarm_stops_after_a_late_decision(garage: Organisation) -> None:
    number = found(garage, "ours")
    garage.world.move_to("2026-12-15T09:00:00+08:00")
    before = len(garage.events(number, type_="missed"))

    garage.act(number, "customer_service", "offer", **OURS, offer="周六上午返修。")
    garage.world.move_to("2027-01-10T09:00:00+08:00")

    missed = [event["fields"]["clock"] for event in garage.events(number, type_="missed")]
    assert missed[:before] == ["handling"] * before
    assert "handling" not in missed[before:]


def test_p2_2_an_offer_in_time_ends_the_clock(garage: Organisation) -> None:
    assert garage.deadline(offered(garage), "handling")["state"] == "met"


@pytest.mark.parametrize(
    ("at", "who"),
    [
        ("2026-12-01T18:00:00+08:00", "general_manager"),
        ("2026-12-03T18:00:00+08:00", "service_manager"),
        ("2026-12-07T18:00:00+08:00", "service_manager"),
    ],
)
def test_p2_2_an_alarm_also_reaches_those_who_can_act(garage: Organisation, at: str, who: str) -> None:
    """They are on another tier, and can make an offer."""
    number = found(garage)
    garage.world.move_to(at.replace("18:00:00", "17:59:00"))
    before = garage.told(who, number).count(OVER.format(number))

    garage.world.move_to(at)

    assert garage.told(who, number).count(OVER.format(number)) == before + 1


def test_p2_2_the_top_tier_takes_a_complaint_to_its_end_alone(garage: Organisation) -> None:
    """If everyone else is absent, the general manager does each step that the office owes."""
    number = garage.file()
    garage.world.move_to("2026-12-10T09:00:00+08:00")

    steps: list[tuple[str, str, dict[str, Any]]] = [
        ("general_manager", "assign", {"responsible": garage.subs["service_adviser"]}),
        ("general_manager", "inspect", {"findings": "空调滤芯未更换。"}),
        ("general_manager", "find_liability", {"finding": "ours"}),
        ("general_manager", "offer", {**OURS, "offer": "周六上午返修。"}),
        ("complainant", "agree", {"rework_at": "2026-12-12T10:00:00+08:00"}),
        ("general_manager", "execute", CARRIED_OUT["ours"]),
        ("general_manager", "decide", {"outcome": "settled"}),
        ("general_manager", "close", {"summary": "客户谅解。"}),
        ("general_manager", "archive", {}),
    ]
    done = {act: garage.try_act(number, who, act, **fields).status for who, act, fields in steps}

    assert done == {act: 200 for _, act, _ in steps}


def test_p2_3_an_on_site_complaint_notifies_customer_service_and_the_adviser_at_once(garage: Organisation) -> None:
    number = garage.file(channel="on_site")

    assert [garage.told(who, number) for who in ("customer_service", "service_adviser")] == [
        [ON_SITE.format(number)],
        [ON_SITE.format(number)],
    ]


@pytest.mark.parametrize("channel", ["call_back", "phone", "letter", "authority"])
def test_p2_3_any_other_channel_notifies_customer_service(garage: Organisation, channel: str) -> None:
    number = garage.file(channel=channel)

    assert garage.told("customer_service", number) == [f"投诉 {number} 已报备，请接待客户并指派责任人。"]
    assert garage.told("service_adviser", number) == []


def test_p2_3_customer_service_names_the_person_who_handles_it_on_site(garage: Organisation) -> None:
    number = received(garage)

    state = garage.complaint(number, "customer_service")
    assert (state["stage"], state["assigned"]) == ("handling", {"responsible": [garage.subs["service_adviser"]]})


def test_p2_3_customer_service_is_on_every_tier(garage: Organisation) -> None:
    number = garage.file()

    garage.world.move_to("2026-12-10T09:00:00+08:00")

    assert garage.told("customer_service", number).count(OVERDUE.format(number)) == 2


@pytest.mark.parametrize("finding", ["ours", "not_ours"])
def test_p2_3_customer_service_is_neutral_and_never_finds_liability(garage: Organisation, finding: str) -> None:
    number = received(garage)
    garage.act(number, "customer_service", "inspect", findings="空调滤芯未更换。")

    answer = garage.try_act(number, "customer_service", "find_liability", finding=finding, fee_dispute=False)

    assert (answer.status, answer.problem) == (403, "forbidden")


@pytest.mark.parametrize("who", ["service_manager", "technical_manager", "general_manager"])
def test_p2_3_customer_service_is_told_of_the_finding_of_others(garage: Organisation, who: str) -> None:
    number = received(garage)
    garage.act(number, "service_manager", "inspect", findings="空调滤芯未更换。")

    assert garage.try_act(number, who, "find_liability", finding="ours").status == 200

    assert garage.told("customer_service", number)[:1] == [f"投诉 {number} 已认定责任，请向客户提出处理意见。"]


def test_p2_3_the_named_person_is_told(garage: Organisation) -> None:
    assert f"投诉 {(number := received(garage))} 已指派，请承办。" in garage.told("service_adviser", number)


def test_p2_3_only_a_person_in_charge_is_named_by_the_office(garage: Organisation) -> None:
    number = garage.file()

    assert garage.try_act(number, "service_adviser", "assign", responsible=garage.subs["service_adviser"]).status == 403
    answer = garage.try_act(number, "customer_service", "assign")
    assert (answer.status, answer.pointer) == (422, "/fields/responsible")


@pytest.mark.parametrize("who", ["customer_service", "service_manager"])
def test_p2_3_customer_service_or_the_manager_names_the_person(garage: Organisation, who: str) -> None:
    number = garage.file()

    answer = garage.act(number, who, "assign", responsible=garage.subs["service_adviser"])

    assert answer["assigned"] == {"responsible": [garage.subs["service_adviser"]]}


def test_p2_3_the_customer_is_told_of_the_registration(garage: Organisation) -> None:
    number = garage.file()

    assert garage.told("complainant", number)[0].startswith(f"您的投诉 {number} 已登记")


def test_p2_2_the_limit_counts_working_days(garage: Organisation) -> None:
    """The first of January is a holiday."""
    garage.world.move_to("2026-12-31T10:00:00+08:00")

    assert garage.local(garage.filed[garage.file()].due("handling")) == "2027-01-05T18:00:00+08:00"
