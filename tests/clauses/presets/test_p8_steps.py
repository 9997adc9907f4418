"""P8 `customer-service`: the nine steps from intake to satisfaction."""

from __future__ import annotations

import pytest

from tests.clauses.offices.helpdesk import FOUND, assigned, executed, inspected, offered
from tests.clauses.organisation import Organisation, hire

QUALITY = {"kind": "product_quality"}


@pytest.mark.parametrize("channel", ["phone", "email", "social_media"])
def test_p8_1_three_channels(helpdesk: Organisation, channel: str) -> None:
    assert helpdesk.complaint(helpdesk.file(channel=channel))["channel"] == channel


def test_p8_1_there_is_no_other_channel(helpdesk: Organisation) -> None:
    answer = helpdesk.try_file(channel="letter")

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/channel")


@pytest.mark.parametrize("kind", ["product_quality", "after_sales", "other"])
def test_p8_2_a_complaint_is_classified_by_the_tenants_categories(helpdesk: Organisation, kind: str) -> None:
    assert helpdesk.complaint(helpdesk.file(category={"kind": kind}))["category"] == {"kind": kind}


def test_p8_2_there_is_no_other_category(helpdesk: Organisation) -> None:
    answer = helpdesk.try_file(category={"kind": "weather"})

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/category/kind")


@pytest.mark.parametrize(
    ("filing", "role"),
    [
        ({"category": QUALITY}, "product_team"),
        ({"category": {"kind": "after_sales"}}, "after_sales"),
        ({"category": {"kind": "other"}}, "agent"),
        ({"category": QUALITY, "severity": "major"}, "manager"),
    ],
)
def test_p8_4_nature_and_severity_determine_the_handling_role(
    helpdesk: Organisation, filing: dict[str, object], role: str
) -> None:
    number = helpdesk.file(**filing)

    assert f"投诉 {number} 已登记。" in helpdesk.told(role, number)
    answer = helpdesk.act(number, role, "assign", responsible=[helpdesk.subs[role]])
    assert answer["assigned"] == {"routed": [helpdesk.subs[role]]}


def test_p8_4_a_complaint_reclassified_as_major_goes_to_the_manager(helpdesk: Organisation) -> None:
    number = helpdesk.file()

    helpdesk.act(number, "agent", "classify", severity="major")

    assert helpdesk.told("manager", number) == [f"投诉 {number} 的类别已变更。"]


def test_p8_4_one_person_is_responsible(helpdesk: Organisation) -> None:
    hire(helpdesk, "after_sales", name="second")
    both = [helpdesk.subs["after_sales"], helpdesk.subs["second"]]

    answer = helpdesk.try_act(helpdesk.file(), "agent", "assign", responsible=both)

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/fields/responsible")


def test_p8_4_only_the_responsible_person_is_told_and_handles_it(helpdesk: Organisation) -> None:
    hire(helpdesk, "after_sales", name="second")
    number = assigned(helpdesk)

    assert helpdesk.told("after_sales", number)[0] == f"投诉 {number} 已指派给您。"
    assert helpdesk.try_act(number, "second", "inspect", **FOUND).status == 403


@pytest.mark.parametrize(
    ("severity", "due"),
    [
        ("general", "2026-11-28T17:00:00+08:00"),
        ("important", "2026-11-28T01:00:00+08:00"),
        ("major", "2026-11-27T21:00:00+08:00"),
    ],
)
def test_p8_4_the_first_response_is_due_by_severity(helpdesk: Organisation, severity: str, due: str) -> None:
    helpdesk.world.move_to("2026-11-27T17:00:00+08:00")

    number = helpdesk.file(severity=severity)

    assert helpdesk.local(helpdesk.filed[number].due("first_response")) == due


@pytest.mark.parametrize(
    ("stage", "who"), [(Organisation.file, "agent"), (assigned, "after_sales"), (inspected, "after_sales")]
)
def test_p8_4_the_response_stops_the_clock_and_is_notified(helpdesk: Organisation, stage: object, who: str) -> None:
    number = stage(helpdesk)  # type: ignore[operator]

    helpdesk.act(number, who, "reply", text="已收到，明日上门。")

    assert helpdesk.deadline(number, "first_response")["state"] == "met"
    assert helpdesk.told("complainant", number)[0] == f"您的投诉 {number} 已答复。"


def test_p8_4_a_reclassification_as_major_gives_four_hours_from_the_start(helpdesk: Organisation) -> None:
    number = assigned(helpdesk)

    helpdesk.act(number, "agent", "classify", severity="major")

    assert helpdesk.local(helpdesk.deadline(number, "first_response")["due"]) == "2026-11-27T13:00:00+08:00"


def test_p8_4_a_new_limit_that_is_already_past_is_marked(helpdesk: Organisation) -> None:
    number = helpdesk.file(severity="general")
    helpdesk.world.move_to("2026-11-27T19:00:00+08:00")

    helpdesk.act(number, "manager", "classify", severity="major")

    because = helpdesk.deadline(number, "first_response")["because"]
    assert because["text"]["en"].endswith("so it is due at the change: Fri 2026-11-27 19:00.")


def test_p8_4_a_missing_response_is_warned_about_and_escalated(helpdesk: Organisation) -> None:
    number = helpdesk.file(severity="major")

    helpdesk.world.move_to("2026-11-27T13:00:00+08:00")

    assert [helpdesk.local(event["at"]) for event in helpdesk.events(number, type_="warned")] == [
        "2026-11-27T12:00:00+08:00"
    ]
    assert f"投诉 {number} 已超过期限，上升至您处理。" in helpdesk.told("manager", number)


def test_p8_5_requested_evidence_is_recorded_on_receipt(helpdesk: Organisation) -> None:
    number = assigned(helpdesk)

    helpdesk.act(number, "after_sales", "demand_evidence", of="complainant")
    helpdesk.act(number, "after_sales", "receive_evidence")

    [demanded] = helpdesk.events(number, type_="evidence_demanded")
    [received] = helpdesk.events(number, type_="evidence_received")
    assert received["fields"]["demand"] == demanded["id"]
    assert f"您的投诉 {number} 需要您提供证据。" in helpdesk.told("complainant", number)


@pytest.mark.parametrize("field", ["findings", "root_cause"])
def test_p8_5_the_root_cause_is_recorded(helpdesk: Organisation, field: str) -> None:
    answer = helpdesk.try_act(assigned(helpdesk), "after_sales", "inspect", **{**FOUND, field: None})

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, f"/fields/{field}")


def test_p8_5_no_solution_comes_before_the_root_cause(helpdesk: Organisation) -> None:
    answer = helpdesk.try_act(assigned(helpdesk), "after_sales", "offer", remedies=["refund"], offer="退款。")

    assert (answer.status, answer.problem) == (409, "act-not-open")


@pytest.mark.parametrize("remedy", ["refund", "replacement", "redo", "compensation"])
def test_p8_6_four_remedies(helpdesk: Organisation, remedy: str) -> None:
    number = offered(helpdesk, (remedy,))

    [event] = helpdesk.events(number, type_="offered")
    assert event["fields"]["remedies"] == [remedy]
    assert helpdesk.told("complainant", number)[0] == f"您的投诉 {number} 有新的处理方案，请您答复。"


def test_p8_6_there_is_no_other_remedy(helpdesk: Organisation) -> None:
    answer = helpdesk.try_act(inspected(helpdesk), "after_sales", "offer", remedies=["apology"], offer="致歉。")

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/fields/remedies/0")


def test_p8_6_a_remedy_has_an_amount(helpdesk: Organisation) -> None:
    [event] = helpdesk.events(offered(helpdesk, ("refund", "compensation"), amount=128.5), type_="offered")

    assert event["fields"]["amount"] == 128.5


def test_p8_6_the_agreed_remedy_is_carried_out_and_notified(helpdesk: Organisation) -> None:
    number = executed(helpdesk)

    assert helpdesk.complaint(number)["stage"] == "executed"
    assert helpdesk.told("complainant", number)[0] == f"您的投诉 {number} 的处理意见已执行。"


def test_p8_7_the_proposed_remedy_can_be_negotiated(helpdesk: Organisation) -> None:
    number = offered(helpdesk)

    answer = helpdesk.act(number, "complainant", "dispute", counter="希望换新。")

    assert (answer["stage"], helpdesk.told("after_sales", number)[0]) == (
        "investigated",
        f"投诉 {number}：投诉人不接受处理意见。",
    )
    helpdesk.act(number, "after_sales", "offer", remedies=["replacement"], offer="换新。")
    assert helpdesk.act(number, "complainant", "agree")["stage"] == "agreed"


@pytest.mark.parametrize("rating", ["satisfied", "fair", "dissatisfied"])
def test_p8_7_satisfaction_is_recorded(helpdesk: Organisation, rating: str) -> None:
    number = executed(helpdesk)

    helpdesk.act(number, "complainant", "rate", rating=rating, comment="速度快。")

    [event] = helpdesk.events(number, type_="rated")
    assert (event["fields"]["rating"], event["fields"]["given"]) == (rating, ["comment"])


def test_p8_7_satisfaction_can_be_recorded_after_the_closing(helpdesk: Organisation) -> None:
    number = executed(helpdesk)
    helpdesk.act(number, "agent", "close", summary="退款。")

    helpdesk.act(number, "complainant", "rate", rating="satisfied")

    assert len(helpdesk.events(number, type_="rated")) == 1


def test_p8_8_the_whole_process_is_on_record(helpdesk: Organisation) -> None:
    number = executed(helpdesk)
    helpdesk.act(number, "complainant", "rate", rating="satisfied")
    helpdesk.act(number, "agent", "close", summary="退款。")
    helpdesk.act(number, "agent", "archive")

    steps = [event["type"] for event in helpdesk.events(number, "agent") if event["type"] != "notified"]
    assert steps == [
        "registered",
        "assigned",
        "inspected",
        "offered",
        "agreed",
        "executed",
        "rated",
        "closed",
        "archived",
    ]
    events = helpdesk.events(number, "agent")
    assert [event["prev"] for event in events[1:]] == [event["hash"] for event in events[:-1]]


def test_p8_8_closing_needs_a_summary(helpdesk: Organisation) -> None:
    answer = helpdesk.try_act(executed(helpdesk), "agent", "close")

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/fields/summary")
