"""P1.4 `platform`: no decision that upholds before the respondent has answered, or the time given to it has ended."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.marketplace import (
    DECISION,
    FOUND,
    RECEIVED,
    accepted,
    answers,
    demanded,
    recorded,
)
from tests.clauses.organisation import Organisation

OBJECT_BY = "2026-12-01T18:00:00+08:00"
"""Two working days after the record of Saturday 28 November."""
BEFORE = "2026-12-01T17:59:00+08:00"
RECORDED_FOR_YOU = "针对您的投诉 {}，承办人员已代为记录您的答复和证据材料，您无需另行提交。如有异议，请您于{due}"


def deadline(marketplace: Organisation, number: str, clock: str) -> dict[str, Any]:
    found = marketplace.get(f"/complaints/{number}/deadlines", "handler")["deadlines"]
    return [one for one in found if one["clock"] == clock][-1]


def test_p1_4_what_staff_record_in_its_place_is_told_to_the_respondent_in_one_message(
    marketplace: Organisation,
) -> None:
    number = recorded(marketplace)

    told = marketplace.told("seller", number)

    assert told == [
        RECORDED_FOR_YOU.format(number, due=" 2026年12月1日（周二）18:00 前提出。"),
        f"为核实针对您的投诉 {number}，需要您提供证据，请您于2026年12月1日（周二）18:00前（北京时间）提交。",
    ]


def test_p1_4_no_decision_is_made_while_the_respondent_may_object(marketplace: Organisation) -> None:
    number = recorded(marketplace)

    marketplace.world.move_to(BEFORE)

    assert marketplace.complaint(number, "handler")["stage"] == "hearing"
    assert marketplace.try_act(number, "handler", "decide", **DECISION).status == 409


def test_p1_4_after_two_working_days_without_an_objection_the_case_goes_on(marketplace: Organisation) -> None:
    number = recorded(marketplace)

    marketplace.world.move_to(OBJECT_BY)

    assert marketplace.complaint(number)["stage"] == "investigating"
    assert marketplace.told("handler", number)[0] == f"投诉 {number} 给予被投诉方提出异议的时间已过，请继续办理。"
    assert marketplace.act(number, "handler", "decide", **DECISION)["stage"] == "decided"


def test_p1_4_an_objection_is_on_record_and_told_to_the_handler(marketplace: Organisation) -> None:
    number = recorded(marketplace)

    marketplace.act(number, "seller", "object", objection="发货单不是本店的。")

    [event] = marketplace.events(number, type_="objected")
    values = marketplace.get(f"/complaints/{number}/record", "handler")["values"][event["id"]]
    assert values == {"objection": "发货单不是本店的。"}
    assert marketplace.told("handler", number)[0] == f"投诉 {number} 的被投诉方对所作记录提出异议，请予核实。"
    assert "decide" in marketplace.complaint(number, "handler")["acts"]


def test_p1_4_an_objection_says_what_it_objects_to(marketplace: Organisation) -> None:
    answer = marketplace.try_act(recorded(marketplace), "seller", "object")

    assert (answer.status, answer.pointer) == (422, "/fields/objection")


@pytest.mark.parametrize("who", ["handler", "screener", "director"])
def test_p1_4_only_the_respondent_objects(marketplace: Organisation, who: str) -> None:
    assert marketplace.try_act(recorded(marketplace), who, "object", objection="无。").status == 403


def test_p1_4_an_objection_in_the_minute_before_the_end_is_in_time(marketplace: Organisation) -> None:
    number = recorded(marketplace)
    marketplace.world.move_to(BEFORE)

    assert marketplace.act(number, "seller", "object", objection="不属实。")["stage"] == "investigating"


def test_p1_4_at_the_end_of_the_time_it_is_over(marketplace: Organisation) -> None:
    number = recorded(marketplace)
    marketplace.world.move_to(OBJECT_BY)

    assert marketplace.try_act(number, "seller", "object", objection="不属实。").status == 409


def test_p1_4_the_time_to_object_does_not_count_in_handling(marketplace: Organisation) -> None:
    number = demanded(marketplace)
    before = deadline(marketplace, number, "handling")["due"]
    marketplace.act(number, "handler", "receive_evidence", **RECEIVED)
    assert deadline(marketplace, number, "handling")["state"] == "paused"

    marketplace.world.move_to(OBJECT_BY)

    assert (before, deadline(marketplace, number, "handling")["due"]) == (
        "2026-12-02T10:00:00.000Z",
        "2026-12-04T10:00:00.000Z",
    )


def test_p1_4_the_respondent_can_still_answer_by_itself_what_staff_recorded(marketplace: Organisation) -> None:
    number = recorded(marketplace)

    answers(marketplace, number)

    own = marketplace.events(number, type_="evidence_received")[-1]
    assert (own["actor"]["kind"], own["fields"]["by"]) == ("respondent", "respondent")
    assert marketplace.told("handler", number)[0] == f"投诉 {number} 已收到被投诉方提交的证据材料。"


def test_p1_4_staff_record_only_an_answer_of_the_respondent(marketplace: Organisation) -> None:
    """The complainant's demand of the filing is open, and no other."""
    number = accepted(marketplace)

    answer = marketplace.try_act(number, "handler", "receive_evidence", **RECEIVED)

    assert (answer.status, answer.pointer) == (422, "/fields/demand")
    [demand] = marketplace.complaint(number, "handler")["demands"]
    named = marketplace.try_act(number, "handler", "receive_evidence", **RECEIVED, demand=demand["demand"])
    assert (named.status, named.pointer) == (422, "/fields/demand")


def test_p1_4_a_silent_respondent_has_its_whole_time(marketplace: Organisation) -> None:
    number = demanded(marketplace)
    marketplace.world.move_to(BEFORE)
    assert marketplace.try_act(number, "handler", "decide", **DECISION).status == 409

    marketplace.world.move_to(OBJECT_BY)

    assert marketplace.act(number, "handler", "decide", **DECISION)["stage"] == "decided"


def test_p1_4_a_late_answer_is_told_to_the_handler_and_closes_nothing_again(marketplace: Organisation) -> None:
    number = demanded(marketplace)
    marketplace.world.move_to(OBJECT_BY)

    answers(marketplace, number)

    assert marketplace.told("handler", number)[0] == f"投诉 {number} 已收到被投诉方提交的证据材料。"
    assert "decide" in marketplace.complaint(number, "handler")["acts"]


def test_p1_4_a_missing_hearing_is_escalated_if_masks_keep_it_from_beginning(marketplace: Organisation) -> None:
    number = demanded(marketplace)
    marketplace.act(number, "handler", "receive_evidence", received="买家张伟，电话13800138000，寄来发货单。")
    assert deadline(marketplace, number, "objection")["state"] == "paused"

    marketplace.world.move_to("2026-12-04T18:00:00+08:00")

    assert deadline(marketplace, number, "hearing")["state"] == "missed"


@pytest.mark.parametrize("who", ["screener", "director"])
def test_p1_4_another_person_can_be_named_while_the_respondent_may_object(marketplace: Organisation, who: str) -> None:
    from tests.clauses.organisation import hire

    number = recorded(marketplace)
    hire(marketplace, "handler", name="second")

    marketplace.act(number, who, "assign", responsible=marketplace.subs["second"])

    assert marketplace.complaint(number, "second")["stage"] == "hearing"


def test_p1_4_findings_do_not_replace_the_hearing(marketplace: Organisation) -> None:
    number = recorded(marketplace)

    assert marketplace.try_act(number, "handler", "inspect", **FOUND).status == 409
