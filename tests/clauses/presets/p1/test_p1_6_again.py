"""P1.6 (+) `platform`: an archived complaint is examined again by a person who did not decide before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chalicelib.kit.instants import MINUTE, to_text
from tests.clauses.offices.marketplace import (
    ASKED,
    ASKED_FOR,
    DECISION,
    FOUND,
    REVERSED,
    answered,
    answers,
    archived,
    asked_elsewhere_again,
    deputised,
    examined_again,
    reopened,
    reopened_elsewhere,
)
from tests.clauses.organisation import Organisation, hire

AGAIN = {"reason": "新证据"}


def test_p1_6_an_archived_case_can_be_examined_again(marketplace: Organisation) -> None:
    number = archived(marketplace)
    hire(marketplace, "handler", name="second")
    second = marketplace.subs["second"]
    assert marketplace.try_act(number, "archivist", "reopen", **AGAIN, responsible=second).status == 403

    answer = marketplace.act(number, "director", "reopen", **AGAIN, responsible=second)

    assert (answer["stage"], answer["assigned"]) == ("re_examining", {"handler": [second]})
    told = f"投诉 {number} 现予复核，由未参与原处理决定的人员办理"
    until = "2026年12月2日（周三）18:00"
    assert marketplace.told("complainant", number)[:1] == [f"您的{told}，我们将于 {until} 前将复核结果告知您。"]
    assert marketplace.told("seller", number)[:1] == [f"针对您的{told}。"]
    assert marketplace.told("second", number)[:1] == [f"投诉 {number} 需要复核，现已指派，请作为责任方迅速处理。"]


@pytest.mark.parametrize("field", ["reason", "responsible"])
def test_p1_6_a_re_examination_has_its_reason_and_its_handler(marketplace: Organisation, field: str) -> None:
    number = archived(marketplace)
    hire(marketplace, "handler", name="second")
    fields = {**AGAIN, "responsible": marketplace.subs["second"], field: None}

    answer = marketplace.try_act(number, "director", "reopen", **fields)

    assert (answer.status, answer.pointer) == (422, f"/fields/{field}")


def test_p1_6_the_person_who_decided_does_not_get_the_re_examination(marketplace: Organisation) -> None:
    number = archived(marketplace)

    answer = marketplace.try_act(number, "director", "reopen", **AGAIN, responsible=marketplace.subs["handler"])

    assert (answer.status, answer.pointer) == (422, "/fields/responsible")


def test_p1_6_the_re_examination_is_not_given_back_to_the_person_who_decided(marketplace: Organisation) -> None:
    number = reopened(marketplace)

    answer = marketplace.try_act(number, "screener", "assign", responsible=marketplace.subs["handler"])

    assert (answer.status, answer.pointer) == (422, "/fields/responsible")


def test_p1_6_who_asked_for_evidence_and_did_not_decide_may_examine_again(marketplace: Organisation) -> None:
    number = answered(marketplace)
    for name in ("second", "third"):
        hire(marketplace, "handler", name=name)
    first, second, third = (marketplace.subs[name] for name in ("handler", "second", "third"))
    marketplace.act(number, "screener", "assign", responsible=second)
    marketplace.act(number, "second", "decide", **DECISION)
    marketplace.act(number, "second", "close", summary="退款后归档。")
    marketplace.act(number, "archivist", "archive")

    assert marketplace.try_act(number, "director", "reopen", **AGAIN, responsible=first).status == 200
    marketplace.act(number, "screener", "assign", responsible=third)
    assert marketplace.try_act(number, "screener", "assign", responsible=first).status == 200


@pytest.mark.parametrize("left_out", [[], ["inspect"], ["answer"], ["demand_evidence", "answer"]])
def test_p1_6_a_re_examination_verifies_and_asks_again(marketplace: Organisation, left_out: list[str]) -> None:
    number = reopened(marketplace)
    for act, fields in {"inspect": FOUND, "demand_evidence": ASKED_FOR}.items():
        if act not in left_out:
            marketplace.act(number, "second", act, **fields)
    if "answer" not in left_out:
        answers(marketplace, number)

    answer = marketplace.try_act(number, "second", "decide", **DECISION)

    assert answer.status == (409 if left_out else 200)


@pytest.mark.parametrize(("act", "fields"), [("decide", DECISION), ("inspect", FOUND), ("demand_evidence", ASKED)])
def test_p1_6_the_person_who_decided_does_not_examine_again(
    marketplace: Organisation, act: str, fields: dict[str, str]
) -> None:
    assert marketplace.try_act(examined_again(marketplace), "handler", act, **fields).status == 403


@pytest.mark.parametrize("scene", [examined_again, asked_elsewhere_again])
@pytest.mark.parametrize(("act", "fields"), [("decide", DECISION), ("inspect", FOUND), ("demand_evidence", ASKED)])
def test_p1_6_the_person_who_decided_does_not_examine_again_as_a_deputy(
    marketplace: Organisation, act: str, fields: dict[str, str], scene: Callable[[Organisation], str]
) -> None:
    number = scene(marketplace)
    deputised(marketplace, "second", "handler")

    assert marketplace.try_act(number, "handler", act, **fields).status == 403


@pytest.mark.parametrize("who", ["director", "screener", "supervisor", "third"])
def test_p1_6_only_the_person_to_whom_it_is_given_decides_again(marketplace: Organisation, who: str) -> None:
    hire(marketplace, "handler", name="third")

    assert marketplace.try_act(examined_again(marketplace), who, "decide", **DECISION).status == 403


def test_p1_6_the_respondent_is_asked_again(marketplace: Organisation) -> None:
    number = reopened(marketplace)

    marketplace.act(number, "second", "demand_evidence", **ASKED_FOR)

    asked = f"为核实针对您的投诉 {number}，需要您提供证据，请您于2026年12月1日（周二）18:00前（北京时间）提交。"
    assert marketplace.told("seller", number)[0] == asked


def test_p1_6_a_respondent_that_stays_silent_again_holds_up_no_re_examination(marketplace: Organisation) -> None:
    number = reopened(marketplace)
    marketplace.act(number, "second", "inspect", **FOUND)
    marketplace.act(number, "second", "demand_evidence", **ASKED_FOR)

    marketplace.world.move_to("2026-12-01T18:00:00+08:00")

    assert marketplace.try_act(number, "second", "decide", **REVERSED).status == 200


def test_p1_6_another_person_decides_again(marketplace: Organisation) -> None:
    number = examined_again(marketplace)

    marketplace.act(number, "second", "decide", **REVERSED)

    outcomes = [event["fields"]["outcome"] for event in marketplace.events(number, type_="decided")]
    assert outcomes == ["upheld", "not_upheld"]
    marketplace.world.move_to(to_text(marketplace.world.now() + MINUTE))
    assert marketplace.act(number, "second", "close", summary="复核后改判。")["stage"] == "closed"


@pytest.mark.parametrize("left_out", [None, "inspect", "demand_evidence"])
def test_p1_6_a_re_examination_without_a_unit_verifies_and_asks_in_another_way_again(
    marketplace: Organisation, left_out: str | None
) -> None:
    number = reopened_elsewhere(marketplace)
    assert marketplace.complaint(number)["stage"] == "re_inquiring"
    for act, fields in {"inspect": FOUND, "demand_evidence": ASKED}.items():
        if act != left_out:
            marketplace.act(number, "second", act, **fields)
    marketplace.world.move_to("2026-12-20T09:00:00+08:00")

    answer = marketplace.try_act(number, "second", "decide", **DECISION)

    assert answer.status == (409 if left_out else 200)


@pytest.mark.parametrize("decision", [DECISION, REVERSED])
def test_p1_6_a_respondent_outside_the_system_is_told_of_the_result(
    marketplace: Organisation, decision: dict[str, str]
) -> None:
    number = asked_elsewhere_again(marketplace)
    marketplace.act(number, "second", "decide", **decision)
    marketplace.world.move_to(to_text(marketplace.world.now() + MINUTE))

    answer = marketplace.try_act(number, "second", "close", summary="复核完毕。")

    assert (answer.status, answer.pointer) == (422, "/fields/told_how")
    assert marketplace.act(number, "second", "close", summary="复核完毕。", told_how="挂号信。")["stage"] == "closed"


def test_p1_6_a_re_examination_has_a_time_of_its_own(marketplace: Organisation) -> None:
    number = reopened(marketplace)

    running = marketplace.deadline(number, "re_examination")
    assert (running["run"], running["state"], marketplace.local(running["due"])) == (
        1,
        "running",
        "2026-12-02T18:00:00+08:00",
    )
    assert running["because"]["text"]["zh"]
    assert (marketplace.deadline(number, "handling")["run"], marketplace.deadline(number, "handling")["state"]) == (
        1,
        "met",
    )
