"""P1.4 `platform`: a respondent whom the system cannot reach is asked in another way, which is on record."""

from __future__ import annotations

import pytest

from tests.clauses.offices.marketplace import (
    ASKED,
    ASKED_FOR,
    DECISION,
    RECORDED,
    UNREACHABLE,
    accepted,
    answers_by_link,
    asked_otherwise,
    asked_outside,
    demanded,
    unit,
)
from tests.clauses.organisation import Organisation

FOUND = {"findings": "属实。"}
NOT_REACHED = {**ASKED_FOR, "asked_how": "电话无人接听。", "contact": "not_reached"}
NOT_REACHED_AGAIN = {**ASKED_FOR, "asked_how": "挂号信被退回。", "contact": "not_reached_again"}
BEFORE, OVER = "2026-12-01T17:59:00+08:00", "2026-12-01T18:00:00+08:00"
"""Two working days after Saturday 28 November."""
LATER = "2026-12-20T09:00:00+08:00"
NEXT = {
    "reached": "投诉 {} 的被投诉方不在系统内，请将举证链接转交被投诉方，并告知其应在记录后两个工作日内答复。",
    "not_reached": "投诉 {} 未能联系上被投诉方，请换一种方式再次联系，并登记联系结果。",
    "not_reached_again": "投诉 {} 以两种方式均未能联系上被投诉方，已记录在案。"
    "被投诉方在记录后两个工作日内仍未答复的，可以作出处理决定。",
}
"""What the handler is told, by whether the respondent was reached."""
MOVED_OUTSIDE = {
    "handler": "投诉 {} 的被投诉方无法通过系统联系，请以其他方式要求其举证，并登记联系结果。",
    "owner": "投诉 {} 的被投诉方无法通过系统联系，已改由责任方以其他方式联系。",
}


def outside(marketplace: Organisation) -> str:
    return accepted(marketplace, unit=None)


def without_account(marketplace: Organisation) -> str:
    return accepted(marketplace, unit=unit(marketplace, "shop"))


def moved_outside(marketplace: Organisation) -> str:
    """The director confirmed that no person of the unit has an account."""
    number = without_account(marketplace)
    marketplace.act(number, "handler", "notify", **UNREACHABLE)
    [proposal] = marketplace.complaint(number, "director")["proposals"]
    marketplace.act(number, "director", "approve", proposal=proposal["proposal"])
    return number


def test_p1_4_how_the_respondent_was_asked_is_on_record(marketplace: Organisation) -> None:
    number = asked_outside(marketplace)

    event = marketplace.events(number, type_="evidence_demanded")[-1]
    values = marketplace.get(f"/complaints/{number}/record", "handler")["values"]
    assert values[event["id"]] == {**ASKED_FOR, "asked_how": ASKED["asked_how"]}
    assert event["fields"]["contact"] == "reached"


@pytest.mark.parametrize("field", list(ASKED))
def test_p1_4_the_record_says_how_the_respondent_was_asked_and_whether_it_was_reached(
    marketplace: Organisation, field: str
) -> None:
    answer = marketplace.try_act(outside(marketplace), "handler", "demand_evidence", **{**ASKED, field: None})

    assert (answer.status, answer.pointer) == (422, f"/fields/{field}")


@pytest.mark.parametrize("contacts", [["reached"], ["not_reached"], ["not_reached", "not_reached_again"]])
def test_p1_4_the_handler_is_told_what_follows_from_each_contact(
    marketplace: Organisation, contacts: list[str]
) -> None:
    number = asked_outside(marketplace, contact=contacts[0])
    for contact in contacts[1:]:
        marketplace.act(number, "handler", "demand_evidence", **{**ASKED, "contact": contact})

    assert marketplace.told("handler", number)[0] == NEXT[contacts[-1]].format(number)


def test_p1_4_a_respondent_who_was_asked_has_two_working_days(marketplace: Organisation) -> None:
    number = asked_outside(marketplace)
    marketplace.world.move_to(BEFORE)
    assert marketplace.try_act(number, "handler", "decide", **DECISION).status == 409

    marketplace.world.move_to(OVER)

    lapsed = marketplace.events(number, type_="demand_lapsed")[-1]["fields"]
    assert (lapsed["of"], lapsed["reached"]) == ("respondent", False)
    assert marketplace.act(number, "handler", "decide", **DECISION)["stage"] == "decided"


def test_p1_4_a_respondent_whom_one_way_did_not_reach_is_not_silent(marketplace: Organisation) -> None:
    number = asked_outside(marketplace, **NOT_REACHED)

    marketplace.world.move_to(LATER)

    assert marketplace.try_act(number, "handler", "decide", **DECISION).status == 409


def test_p1_4_after_a_second_way_the_respondent_has_two_working_days(marketplace: Organisation) -> None:
    number = asked_outside(marketplace, **NOT_REACHED)
    marketplace.act(number, "handler", "demand_evidence", **NOT_REACHED_AGAIN)
    marketplace.world.move_to(BEFORE)
    assert marketplace.try_act(number, "handler", "decide", **DECISION).status == 409

    marketplace.world.move_to(OVER)

    assert marketplace.act(number, "handler", "decide", **DECISION)["stage"] == "decided"


def test_p1_4_there_is_no_second_way_before_a_first_one(marketplace: Organisation) -> None:
    answer = marketplace.try_act(outside(marketplace), "handler", "demand_evidence", **NOT_REACHED_AGAIN)

    assert (answer.status, answer.pointer) == (422, "/fields/contact")


def test_p1_4_a_respondent_outside_answers_on_the_link_and_then_it_can_be_decided(marketplace: Organisation) -> None:
    number = asked_otherwise(marketplace)

    [own] = marketplace.events(number, type_="evidence_received")
    assert own["actor"]["kind"] == "respondent"
    assert marketplace.act(number, "handler", "decide", **DECISION)["stage"] == "decided"


def test_p1_4_an_answer_of_a_respondent_who_was_not_reached_before_is_put_on_record(marketplace: Organisation) -> None:
    number = asked_outside(marketplace, **NOT_REACHED)
    assert marketplace.try_act(number, "handler", "notify", asked_how="门店留言。").status == 409
    answers_by_link(marketplace, number)
    assert marketplace.try_act(number, "handler", "decide", **DECISION).status == 409
    assert marketplace.try_act(number, "handler", "notify").pointer == "/fields/asked_how"

    marketplace.act(number, "handler", "notify", asked_how="门店留言后自行答复。")

    assert marketplace.act(number, "handler", "decide", **DECISION)["stage"] == "decided"


def test_p1_4_a_late_answer_of_a_respondent_outside_is_told_to_the_handler(marketplace: Organisation) -> None:
    number = asked_outside(marketplace)
    marketplace.world.move_to(LATER)

    answers_by_link(marketplace, number)

    assert marketplace.told("handler", number)[0] == f"投诉 {number} 已收到被投诉方提交的证据材料。"
    assert "decide" in marketplace.complaint(number, "handler")["acts"]


def test_p1_4_what_staff_record_for_a_respondent_outside_opens_two_working_days_to_object(
    marketplace: Organisation,
) -> None:
    number = asked_outside(marketplace)
    marketplace.act(number, "handler", "receive_evidence", **RECORDED)
    assert marketplace.complaint(number)["stage"] == "hearing_outside"
    marketplace.world.move_to(BEFORE)
    assert marketplace.try_act(number, "handler", "decide", **DECISION).status == 409

    marketplace.world.move_to(OVER)

    assert marketplace.complaint(number)["stage"] == "inquiring"
    assert marketplace.act(number, "handler", "decide", **DECISION)["stage"] == "decided"


def test_p1_4_the_time_of_a_respondent_outside_to_object_does_not_count_in_handling(marketplace: Organisation) -> None:
    number = asked_outside(marketplace)
    marketplace.act(number, "handler", "receive_evidence", **RECORDED)

    marketplace.world.move_to(OVER)

    deadlines = marketplace.get(f"/complaints/{number}/deadlines", "handler")["deadlines"]
    [handling] = [one for one in deadlines if one["clock"] == "handling"]
    assert handling["due"] == "2026-12-04T10:00:00.000Z"


def test_p1_4_it_is_told_what_was_recorded_in_the_way_in_which_it_was_asked(marketplace: Organisation) -> None:
    number = asked_outside(marketplace)
    missing = marketplace.try_act(number, "handler", "receive_evidence", received="店铺承认发错货。")
    assert (missing.status, missing.pointer) == (422, "/fields/told_back")

    marketplace.act(number, "handler", "receive_evidence", **RECORDED)

    [event] = marketplace.events(number, type_="evidence_received")
    assert marketplace.get(f"/complaints/{number}/record", "handler")["values"][event["id"]] == RECORDED


def test_p1_4_an_answer_by_telephone_shows_that_it_was_reached(marketplace: Organisation) -> None:
    number = asked_outside(marketplace, **NOT_REACHED)
    marketplace.act(number, "handler", "receive_evidence", **RECORDED)

    marketplace.world.move_to(OVER)

    assert "decide" in marketplace.complaint(number, "handler")["acts"]


def test_p1_4_handler_and_owner_hear_that_a_unit_is_not_reached_through_the_system(marketplace: Organisation) -> None:
    number = moved_outside(marketplace)

    assert {who: text.format(number) in marketplace.told(who, number) for who, text in MOVED_OUTSIDE.items()} == {
        "handler": True,
        "owner": True,
    }


def test_p1_4_nothing_is_decided_before_a_respondent_outside_the_system_was_asked(marketplace: Organisation) -> None:
    number = outside(marketplace)
    marketplace.act(number, "handler", "inspect", **FOUND)
    marketplace.world.move_to(LATER)

    answer = marketplace.try_act(number, "handler", "decide", **DECISION)

    assert (answer.status, answer.problem) == (409, "act-not-open")


def test_p1_5_nothing_is_decided_about_a_respondent_outside_before_the_verification(
    marketplace: Organisation,
) -> None:
    number = outside(marketplace)
    marketplace.act(number, "handler", "demand_evidence", **ASKED)
    marketplace.world.move_to(LATER)

    assert marketplace.try_act(number, "handler", "decide", **DECISION).status == 409


def test_p1_4_the_unit_without_an_account_is_no_recipient_of_a_demand(marketplace: Organisation) -> None:
    answer = marketplace.try_act(without_account(marketplace), "handler", "demand_evidence", **ASKED_FOR)

    assert (answer.status, answer.pointer) == (422, "/fields/of")


def test_p1_4_a_unit_without_an_account_is_asked_by_staff_after_the_director_has_confirmed_it(
    marketplace: Organisation,
) -> None:
    number = moved_outside(marketplace)
    assert marketplace.complaint(number)["stage"] == "inquiring"
    marketplace.act(number, "handler", "inspect", **FOUND)
    marketplace.world.move_to("2026-11-28T09:00:00+08:00")
    marketplace.act(number, "handler", "demand_evidence", **ASKED)

    marketplace.world.move_to(OVER)

    assert marketplace.events(number, type_="demand_lapsed")[-1]["fields"]["reached"] is False
    assert marketplace.act(number, "handler", "decide", **DECISION)["stage"] == "decided"


def test_p1_4_a_demand_to_a_unit_is_not_skipped_without_the_director(marketplace: Organisation) -> None:
    number = demanded(marketplace)

    marketplace.act(number, "handler", "notify", **UNREACHABLE)

    assert marketplace.complaint(number)["stage"] == "investigating"
    assert marketplace.try_act(number, "handler", "decide", **DECISION).status == 409


def test_p1_4_the_director_reads_how_the_unit_could_not_be_reached(marketplace: Organisation) -> None:
    answer = marketplace.try_act(without_account(marketplace), "handler", "notify")

    assert (answer.status, answer.pointer) == (422, "/fields/asked_how")


@pytest.mark.parametrize("who", ["screener", "director", "archivist", "complainant"])
@pytest.mark.parametrize(
    ("act", "fields"),
    [("demand_evidence", ASKED), ("receive_evidence", RECORDED), ("decide", DECISION), ("inspect", FOUND)],
)
def test_p1_4_only_the_assigned_handler_investigates(
    marketplace: Organisation, act: str, fields: dict[str, str], who: str
) -> None:
    assert marketplace.try_act(asked_otherwise(marketplace), who, act, **fields).status == 403


def test_p1_4_there_is_no_demand_from_anybody_else(marketplace: Organisation) -> None:
    answer = marketplace.try_act(outside(marketplace), "handler", "demand_evidence", **ASKED, of="witness")

    assert (answer.status, answer.pointer) == (422, "/fields/of")
