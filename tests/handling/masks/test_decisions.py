"""P1.4: members release or confirm what is masked for the respondent, whose time to answer begins then."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.marketplace import ASKED, ASKED_FOR, accepted, marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess

NAME, PHONE = "欧阳小明", "13900000000"
REASON = f"我是{NAME}，电话{PHONE}，货与描述不符。"
MASK = "▇▇▇"
DEMANDED = "2026-11-30T09:00:00+08:00"
"""A Monday."""
DECIDED = "2026-12-01T10:00:00+08:00"


@pytest.fixture
def at() -> Organisation:
    return marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))


@pytest.fixture
def number(at: Organisation) -> str:
    return filed(at)


def filed(at: Organisation, reason: str = REASON) -> str:
    number = accepted(at, facts={"complainant.name": NAME, "complainant.contact": PHONE, "reason": reason})
    at.world.move_to(DEMANDED)
    return number


def masks(at: Organisation, number: str, who: str = "handler") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = at.get(f"/complaints/{number}/record", who)["masks"]
    return found


def states(at: Organisation, number: str) -> list[str]:
    return [one["state"] for one in masks(at, number)]


def read(at: Organisation, number: str) -> str:
    """The reason as the respondent reads it."""
    reason: str = at.complaint(number, "seller")["facts"]["reason"]
    return reason


def demand(at: Organisation, number: str) -> dict[str, Any]:
    [found] = [one for one in at.complaint(number, "handler")["demands"] if one["of"] == "respondent"]
    return dict(found)


def test_members_see_what_is_masked_and_where(at: Organisation, number: str) -> None:
    name, phone = masks(at, number)

    assert name == {
        "mask": f"{number}/1/reason/1",
        "pointer": f"/values/{number}~11/reason",
        "at": 2,
        "length": 4,
        "state": "pending",
    }
    assert REASON[phone["at"] : phone["at"] + phone["length"]] == PHONE


def test_a_released_particular_is_shown_and_the_others_stay_masked(at: Organisation, number: str) -> None:
    at.act(number, "handler", "unmask", masks=[f"{number}/1/reason/1"])

    assert read(at, number) == f"我是{NAME}，电话{MASK}，货与描述不符。"
    assert at.complaint(number, "seller")["masked"] == [{"pointer": "/facts/reason", "at": 9}]
    assert states(at, number) == ["released", "pending"]


def test_a_confirmed_mask_stays(at: Organisation, number: str) -> None:
    at.act(number, "handler", "confirm_mask", masks=[f"{number}/1/reason/{n}" for n in (1, 2)])

    assert read(at, number) == f"我是{MASK}，电话{MASK}，货与描述不符。"
    assert states(at, number) == ["confirmed", "confirmed"]


def test_a_wrong_release_can_be_taken_back(at: Organisation, number: str) -> None:
    at.act(number, "handler", "unmask", masks=[f"{number}/1/reason/1"])
    at.act(number, "handler", "confirm_mask", masks=[f"{number}/1/reason/1"])

    assert NAME not in read(at, number)


def test_the_event_has_the_mask_and_a_digest_and_no_particular(at: Organisation, number: str) -> None:
    at.act(number, "handler", "unmask", masks=[f"{number}/1/reason/1"])

    [event] = at.events(number, type_="unmasked")
    assert event["fields"] == {"masks": [f"{number}/1/reason/1"], "given": ["particulars"]}
    assert (event["act"], event["actor"]["role"], len(event["private"])) == ("unmask", "handler", 1)
    assert NAME not in str(event)


@pytest.mark.parametrize("who", ["seller", "complainant", "archivist", "supervisor"])
def test_only_members_who_act_in_the_complaint_decide(at: Organisation, number: str, who: str) -> None:
    answer = at.try_act(number, who, "unmask", masks=[f"{number}/1/reason/1"])

    assert (answer.status, answer.problem) == (403, "forbidden")
    assert NAME not in read(at, number)


def test_the_acts_are_offered_to_those_who_may_do_them(at: Organisation, number: str) -> None:
    offered = {who: at.complaint(number, who)["office_acts"] for who in ("handler", "director", "archivist")}

    assert {who: {"unmask", "confirm_mask"} <= set(acts) for who, acts in offered.items()} == {
        "handler": True,
        "director": True,
        "archivist": False,
    }


def test_a_complaint_without_a_unit_has_no_masks(at: Organisation) -> None:
    number = accepted(at, facts={"complainant.name": NAME, "reason": REASON}, unit=None)

    assert "masks" not in at.get(f"/complaints/{number}/record", "handler")
    assert "unmask" not in at.complaint(number, "handler")["office_acts"]


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"masks": ["202611-000001/1/reason/9"]}, "/fields/masks/0"),
        ({"masks": ["202611-000001/1/reason/1", "nothing"]}, "/fields/masks/1"),
        ({"masks": []}, "/fields/masks"),
        ({"masks": "202611-000001/1/reason/1"}, "/fields/masks"),
        ({}, "/fields/masks"),
        ({"mask": "x"}, "/fields/mask"),
    ],
)
def test_a_wrong_mask_is_refused_with_its_place(
    at: Organisation, number: str, given: dict[str, Any], pointer: str
) -> None:
    answer = at.try_act(number, "handler", "unmask", **given)

    assert (answer.status, answer.problem) == (422, "invalid")
    assert pointer in [one["pointer"] for one in answer.json["errors"]]


def test_the_same_decision_is_not_made_twice(at: Organisation, number: str) -> None:
    at.act(number, "handler", "unmask", masks=[f"{number}/1/reason/1"])

    answer = at.try_act(number, "handler", "unmask", masks=[f"{number}/1/reason/1"])

    assert (answer.status, answer.pointer) == (422, "/fields/masks/0")


def test_without_masks_there_is_nothing_to_decide(at: Organisation) -> None:
    number = filed(at, "货与描述不符。")

    answer = at.try_act(number, "handler", "unmask", masks=[f"{number}/1/reason/1"])

    assert (answer.status, answer.problem) == (409, "act-not-open")


# ---- the respondent's time -------------------------------------------------------------------------------------------


def test_without_masks_the_respondents_time_runs_at_once(at: Organisation) -> None:
    number = filed(at, "货与描述不符。")
    at.act(number, "handler", "demand_evidence", **ASKED_FOR)

    assert at.local(demand(at, number)["until"]) == "2026-12-02T18:00:00+08:00"


def test_the_respondents_time_begins_with_the_last_decision(at: Organisation, number: str) -> None:
    at.act(number, "handler", "demand_evidence", **ASKED_FOR)
    assert (demand(at, number)["until"], at.local(demand(at, number)["decide_by"])) == (
        None,
        "2026-12-02T18:00:00+08:00",
    )

    at.world.move_to(DECIDED)
    at.act(number, "handler", "unmask", masks=[f"{number}/1/reason/1"])
    assert demand(at, number)["until"] is None
    at.act(number, "handler", "confirm_mask", masks=[f"{number}/1/reason/2"])

    assert at.local(demand(at, number)["until"]) == "2026-12-03T18:00:00+08:00"
    assert "decide_by" not in demand(at, number)


def test_decisions_before_the_demand_let_it_run_at_once(at: Organisation, number: str) -> None:
    at.act(number, "handler", "confirm_mask", masks=[f"{number}/1/reason/{n}" for n in (1, 2)])
    at.act(number, "handler", "demand_evidence", **ASKED_FOR)

    assert at.local(demand(at, number)["until"]) == "2026-12-02T18:00:00+08:00"


def test_a_demand_that_waits_lapses_only_after_its_own_time(at: Organisation, number: str) -> None:
    at.act(number, "handler", "demand_evidence", **ASKED_FOR)
    at.world.move_to("2026-12-03T10:00:00+08:00")
    assert [one for one in at.events(number, type_="demand_lapsed") if one["fields"]["of"] == "respondent"] == []
    at.act(number, "handler", "confirm_mask", masks=[f"{number}/1/reason/{n}" for n in (1, 2)])
    at.world.move_to("2026-12-08T10:00:00+08:00")

    [lapsed] = [one for one in at.events(number, type_="demand_lapsed") if one["fields"]["of"] == "respondent"]
    assert at.local(lapsed["at"]) == "2026-12-07T18:00:00+08:00"


def test_a_demand_without_a_unit_does_not_wait(at: Organisation) -> None:
    """The holder of its link reads no text of the case."""
    number = accepted(at, facts={"complainant.name": NAME, "reason": REASON}, unit=None)
    at.act(number, "handler", "demand_evidence", **ASKED)

    assert "decide_by" not in demand(at, number)


def test_the_respondent_is_told_when_the_time_begins(at: Organisation, number: str) -> None:
    at.act(number, "handler", "demand_evidence", **ASKED_FOR)
    assert at.told("seller", number)[0] == f"为核实针对您的投诉 {number}，需要您提供证据。"

    at.act(number, "handler", "confirm_mask", masks=[f"{number}/1/reason/{n}" for n in (1, 2)])

    assert at.told("seller", number)[0] == (
        f"针对您的投诉 {number} 的举证时间自现在起计算，请您于2026年12月2日（周三）18:00前（北京时间）提交。"
    )


def test_staff_are_told_at_once_and_reminded_until_they_decide(at: Organisation, number: str) -> None:
    at.act(number, "handler", "demand_evidence", **ASKED_FOR)
    waiting = f"投诉 {number} 向被投诉方显示的文字中有遮盖内容待核实"
    assert [one.startswith(waiting) for one in at.told("handler", number)].count(True) == 1

    at.world.move_to("2026-12-20T10:00:00+08:00")

    times = [at.local(one["at"]) for one in at.events(number, type_="mask_reminded")]
    assert times == ["2026-12-02T18:00:00+08:00", "2026-12-09T18:00:00+08:00", "2026-12-16T18:00:00+08:00"]
    assert [one.startswith(waiting) for one in at.told("handler", number)].count(True) == 4


def test_an_answer_of_the_respondent_ends_the_waiting(at: Organisation, number: str) -> None:
    at.act(number, "handler", "demand_evidence", **ASKED_FOR)
    at.act(number, "handler", "receive_evidence", received="发货单。")
    at.world.move_to("2026-12-20T10:00:00+08:00")

    assert at.events(number, type_="mask_reminded") == []


def test_a_demand_does_not_wait_where_no_respondent_reads_the_texts(at: Organisation) -> None:
    document = at.get("/policy", "owner")["policy"]
    document["confidentiality"]["content"] = document["confidentiality"]["complainant"]
    sent = at.world.call("POST", f"{at.path}/policy/publish", {"policy": document}, auth=at.auth("owner"))
    assert sent.status == 201, sent.text
    number = filed(at)

    at.act(number, "handler", "demand_evidence", **ASKED_FOR)

    assert demand(at, number)["until"] is not None
