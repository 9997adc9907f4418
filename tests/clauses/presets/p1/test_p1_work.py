"""P1 `platform`: decision, sanctions, closing, archive and re-examination."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chalicelib.kit.instants import MINUTE, to_text
from tests.clauses.offices.marketplace import (
    ASKED,
    DECISION,
    FOUND,
    answered,
    answers_by_link,
    archived,
    asked_otherwise,
    closed,
    decided,
)
from tests.clauses.organisation import Organisation, hire

SANCTIONS = {
    "warning": "现对您给予警告。",
    "penalty": "现对您给予处罚。",
    "warning_and_penalty": "现对您给予警告并处罚。",
    "no_measure": "对您不另行处理。",
}
"""What the respondent is told, by the sanction."""


@pytest.mark.parametrize("field", ["opinion", "outcome"])
def test_p1_5_a_decision_carries_its_outcome(marketplace: Organisation, field: str) -> None:
    answer = marketplace.try_act(answered(marketplace), "handler", "decide", **{**DECISION, field: None})

    assert (answer.status, answer.pointer) == (422, f"/fields/{field}")


@pytest.mark.parametrize("sanctions", ["warning", "penalty", "warning_and_penalty", "no_measure"])
def test_p1_5_a_decision_carries_its_sanctions(marketplace: Organisation, sanctions: str) -> None:
    number = decided(marketplace, sanctions=sanctions)

    [event] = marketplace.events(number, type_="decided")
    assert event["fields"]["sanctions"] == sanctions


def test_p1_5_a_decision_that_upholds_says_what_follows(marketplace: Organisation) -> None:
    answer = marketplace.try_act(answered(marketplace), "handler", "decide", **{**DECISION, "sanctions": None})

    assert (answer.status, answer.pointer) == (422, "/fields/sanctions")


@pytest.mark.parametrize("sanction", ["warning", "penalty", "warning_and_penalty", "no_measure"])
@pytest.mark.parametrize("investigated", [answered, asked_otherwise])
def test_p1_5_there_is_no_sanction_unless_the_complaint_is_upheld(
    marketplace: Organisation, investigated: Callable[[Organisation], str], sanction: str
) -> None:
    number = investigated(marketplace)
    decision = {"opinion": "证据不足。", "outcome": "not_upheld"}

    answer = marketplace.try_act(number, "handler", "decide", **decision, sanctions=sanction)

    assert (answer.status, answer.pointer) == (422, "/fields/sanctions")
    assert marketplace.act(number, "handler", "decide", **decision)["stage"] == "decided"


def test_p1_5_another_sanction_is_refused(marketplace: Organisation) -> None:
    answer = marketplace.try_act(answered(marketplace), "handler", "decide", **{**DECISION, "sanctions": "fine"})

    assert (answer.status, answer.pointer) == (422, "/fields/sanctions")


def test_p1_5_the_result_is_told_to_the_complainant(marketplace: Organisation) -> None:
    number = decided(marketplace)

    assert marketplace.told("complainant", number)[:1] == [f"您的投诉 {number} 已作出处理决定：投诉成立。"]


@pytest.mark.parametrize(("sanctions", "told"), SANCTIONS.items())
def test_p1_5_the_respondent_is_told_of_its_sanction_by_name_and_without_the_complainant(
    marketplace: Organisation, sanctions: str, told: str
) -> None:
    number = decided(marketplace, sanctions=sanctions)

    assert marketplace.told("seller", number)[0] == f"针对您的投诉 {number} 经核实成立，{told}"
    [event] = marketplace.events(number, "seller", "decided")
    assert event["fields"]["sanctions"] == sanctions
    facts = marketplace.example()["facts"]
    shown = marketplace.world.call(
        "GET", f"{marketplace.path}/complaints/{number}/record", auth=marketplace.auth("seller")
    )
    assert facts["complainant.name"] not in shown.text


def test_p1_5_the_respondent_is_told_that_a_complaint_is_not_upheld(marketplace: Organisation) -> None:
    number = decided(marketplace, outcome="not_upheld")

    assert marketplace.told("seller", number)[:1] == [f"针对您的投诉 {number} 已作出处理决定：投诉不成立。"]


def test_p1_5_how_a_respondent_outside_the_system_was_told_is_on_record(marketplace: Organisation) -> None:
    number = asked_otherwise(marketplace)
    marketplace.act(number, "handler", "decide", **DECISION)
    assert marketplace.try_act(number, "handler", "notify").pointer == "/fields/told_how"

    marketplace.act(number, "handler", "notify", told_how="挂号信寄出警告。")

    event = [event for event in marketplace.events(number, type_="notified") if event.get("act") == "notify"][-1]
    values = marketplace.get(f"/complaints/{number}/record", "handler")["values"]
    assert values[event["id"]] == {"told_how": "挂号信寄出警告。"}


def test_p1_5_nothing_is_closed_before_a_respondent_outside_the_system_was_told(marketplace: Organisation) -> None:
    number = asked_otherwise(marketplace)
    marketplace.act(number, "handler", "decide", **DECISION)

    answer = marketplace.try_act(number, "handler", "close", summary="已警告。")

    assert (answer.status, answer.pointer) == (422, "/fields/told_how")
    assert marketplace.act(number, "handler", "close", summary="已警告。", told_how="挂号信。")["stage"] == "closed"


def test_p1_5_a_respondent_outside_the_system_is_told_once(marketplace: Organisation) -> None:
    number = asked_otherwise(marketplace)
    marketplace.act(number, "handler", "decide", **DECISION)

    marketplace.act(number, "handler", "notify", told_how="挂号信寄出警告。")

    assert marketplace.try_act(number, "handler", "close", summary="已警告。").status == 200


def test_p1_5_another_decision_is_told_again(marketplace: Organisation) -> None:
    number = asked_otherwise(marketplace)
    marketplace.act(number, "handler", "decide", **DECISION)
    marketplace.act(number, "handler", "close", summary="已警告。", told_how="挂号信。")
    marketplace.act(number, "archivist", "archive")
    hire(marketplace, "handler", name="second")
    marketplace.act(number, "director", "reopen", reason="新证据", responsible=marketplace.subs["second"])
    marketplace.act(number, "second", "demand_evidence", **ASKED)
    marketplace.act(number, "second", "inspect", **FOUND)
    answers_by_link(marketplace, number, "second")
    marketplace.act(number, "second", "decide", opinion="证据不足。", outcome="not_upheld")
    marketplace.world.move_to(to_text(marketplace.world.now() + MINUTE))

    answer = marketplace.try_act(number, "second", "close", summary="复核后改判。")

    assert (answer.status, answer.pointer) == (422, "/fields/told_how")


def test_p1_6_the_archivist_is_told_of_the_closing(marketplace: Organisation) -> None:
    number = closed(marketplace)

    assert marketplace.told("archivist", number) == [f"投诉 {number} 已结案，请归档。"]


def test_p1_6_closing_needs_a_summary(marketplace: Organisation) -> None:
    answer = marketplace.try_act(decided(marketplace), "handler", "close")

    assert (answer.status, answer.pointer) == (422, "/fields/summary")


@pytest.mark.parametrize("who", ["second", "screener", "archivist", "director", "complainant", "seller"])
def test_p1_6_only_the_assigned_handler_closes(marketplace: Organisation, who: str) -> None:
    hire(marketplace, "handler", name="second")

    assert marketplace.try_act(decided(marketplace), who, "close", summary="已退款。").status == 403


def test_p1_6_the_complainant_is_told_of_the_closing(marketplace: Organisation) -> None:
    number = closed(marketplace)

    assert marketplace.told("complainant", number)[:1] == [f"您的投诉 {number} 已结案。"]


@pytest.mark.parametrize("who", ["handler", "screener", "director", "complainant", "seller"])
def test_p1_6_only_the_archivist_archives(marketplace: Organisation, who: str) -> None:
    assert marketplace.try_act(closed(marketplace), who, "archive").status == 403


def test_p1_6_nothing_is_archived_before_it_is_closed(marketplace: Organisation) -> None:
    answer = marketplace.try_act(decided(marketplace), "archivist", "archive")

    assert (answer.status, answer.problem) == (409, "act-not-open")


def test_p1_6_the_case_goes_to_the_archive(marketplace: Organisation) -> None:
    number = archived(marketplace)

    shelf = marketplace.get("/complaints?shelf=archived", "archivist")["complaints"]
    assert [row["number"] for row in shelf] == [number]
    assert marketplace.get("/complaints", "archivist")["complaints"] == []
