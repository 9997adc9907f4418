"""P7 `property-management`: who records what the customer says, and who is told of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.offices.estate import decided, replied
from tests.clauses.organisation import Organisation, hire

CENTRE, OFFICE = "service_centre", "management_office"
Stage = Callable[[Organisation], str]


def said(estate: Organisation, number: str, who: str, act: str) -> int:
    """The status of an act that a member records on the customer's behalf."""
    path, body = f"{estate.path}/complaints/{number}/acts/{act}", {"fields": {}, "on_behalf_of": "complainant"}
    return estate.world.call("POST", path, body, auth=estate.auth(who)).status


@pytest.mark.parametrize("act", ["agree", "dispute"])
@pytest.mark.parametrize(("stage", "who"), [(replied, OFFICE), (decided, OFFICE), (decided, CENTRE)])
def test_p7_1_none_who_answered_or_judged_records_what_the_customer_says(
    estate: Organisation, stage: Stage, who: str, act: str
) -> None:
    number = stage(estate)

    assert said(estate, number, who, act) == 403
    assert said(estate, number, "office_head", act) == 200


@pytest.mark.parametrize("who", [OFFICE, CENTRE])
@pytest.mark.parametrize("archived", [True, False])
def test_p7_1_none_who_answered_or_judged_records_a_late_answer(estate: Organisation, who: str, archived: bool) -> None:
    hire(estate, CENTRE, name="archivist")
    number = decided(estate)
    estate.world.move_to("2026-12-12T00:00:00+08:00")
    if archived:
        estate.act(number, "archivist", "archive")

    assert said(estate, number, who, "reopen") == 403
    assert said(estate, number, "office_head", "reopen") == 200


def judge(estate: Organisation, number: str, who: str) -> int:
    return estate.try_act(number, who, "decide", opinion="已修复。", outcome="invalid").status


def test_p7_1_who_recorded_the_agreement_does_not_judge_the_answer(estate: Organisation) -> None:
    hire(estate, CENTRE, name="colleague")
    number = replied(estate)
    assert said(estate, number, CENTRE, "agree") == 200

    assert [judge(estate, number, who) for who in (CENTRE, "colleague")] == [403, 200]


def test_p7_1_the_owner_is_told_if_none_is_left_who_judges(estate: Organisation) -> None:
    number = replied(estate)
    assert estate.told("owner", number) == []

    assert said(estate, number, CENTRE, "agree") == 200

    assert any(number in text for text in estate.told("owner", number))


@pytest.mark.parametrize("archived", [True, False])
def test_p7_1_an_agreement_that_a_member_recorded_can_be_taken_back(estate: Organisation, archived: bool) -> None:
    number = decided(estate)
    assert said(estate, number, "office_head", "agree") == 200
    estate.act(number, CENTRE, "close", summary="已修复。")
    if archived:
        estate.act(number, CENTRE, "archive")

    view = estate.act(number, "complainant", "reopen", reason="我没有同意。")

    assert view["stage"] == "handling"
    assert estate.told(OFFICE, number)[0].startswith(f"投诉 {number} 现重新处理")


@pytest.mark.parametrize("archived", [True, False])
def test_p7_1_who_answered_on_the_spot_is_told_of_a_late_answer(estate: Organisation, archived: bool) -> None:
    number = estate.file()
    estate.act(number, OFFICE, "reply", text="灯已换好。")
    estate.act(number, CENTRE, "decide", opinion="已修复。", outcome="invalid")
    estate.world.move_to("2026-12-12T00:00:00+08:00")
    if archived:
        estate.act(number, CENTRE, "archive")

    estate.act(number, "complainant", "reopen")

    assert estate.told(OFFICE, number)[0].startswith(f"投诉 {number} 现重新处理")


@pytest.mark.parametrize("judged", [True, False])
def test_p7_1_who_answered_on_the_spot_is_told_of_a_dispute(estate: Organisation, judged: bool) -> None:
    hire(estate, OFFICE, name="colleague")
    number = estate.file()
    estate.act(number, OFFICE, "reply", text="灯已换好。")
    if judged:
        estate.act(number, CENTRE, "decide", opinion="已修复。", outcome="invalid")

    estate.act(number, "complainant", "dispute")

    assert estate.told(OFFICE, number)[0] == f"投诉 {number}：投诉人不接受答复。"
    assert estate.told("colleague", number) == []


def test_p7_1_a_person_who_was_named_after_the_answer_is_told_of_a_dispute(estate: Organisation) -> None:
    hire(estate, OFFICE, name="second")
    number = replied(estate)
    estate.act(number, "service_supervisor", "assign", responsible=[estate.subs["second"]])

    estate.act(number, "complainant", "dispute")

    assert estate.told("second", number)[0] == f"投诉 {number}：投诉人不接受答复。"
