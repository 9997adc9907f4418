"""P1 `platform`: evidence of the respondent before a decision, sanctions, closing, archive and re-examination."""

from __future__ import annotations

import pytest

from tests.clauses.giving import given
from tests.clauses.offices.marketplace import DECISION, answered, archived, assigned, decided, demanded
from tests.clauses.organisation import Organisation


def test_p1_4_the_respondents_evidence_is_demanded_and_told(marketplace: Organisation) -> None:
    number = demanded(marketplace)

    event = marketplace.events(number, type_="evidence_demanded")[-1]
    assert (event["fields"]["of"], event["fields"]["until"]) == ("respondent", "2026-12-03T01:00:00.000Z")
    told = marketplace.events(number, type_="notified")[-1]["fields"]
    assert (told["to"], told["about"]) == (["respondent"], event["id"])


def test_p1_4_nothing_is_decided_before_the_evidence_is_demanded(marketplace: Organisation) -> None:
    """Missing evidence of the complainant does not count as an answer of the respondent."""
    number = assigned(marketplace)
    marketplace.world.move_to("2026-11-29T09:00:00+08:00")
    assert marketplace.events(number, type_="demand_lapsed")

    answer = marketplace.try_act(number, "handler", "decide", **DECISION)

    assert (answer.status, answer.problem) == (409, "act-not-open")


def test_p1_4_nothing_is_decided_while_the_respondent_may_still_answer(marketplace: Organisation) -> None:
    assert marketplace.try_act(demanded(marketplace), "handler", "decide", **DECISION).status == 409


def test_p1_4_after_the_recorded_answer_the_case_can_be_decided(marketplace: Organisation) -> None:
    number = answered(marketplace)

    demand = marketplace.events(number, type_="evidence_demanded")[-1]["id"]
    [event] = marketplace.events(number, type_="evidence_received")
    assert event["fields"]["demand"] == demand
    assert "decide" in marketplace.complaint(number, "handler")["acts"]


def test_p1_4_the_respondent_answers_with_a_file_and_without_an_account(marketplace: Organisation) -> None:
    number = demanded(marketplace)
    demand = marketplace.events(number, type_="evidence_demanded")[-1]["id"]
    link = marketplace.get(f"/complaints/{demand.replace('/', '/demands/')}/link", "handler")

    evidence = given(marketplace, number, "transaction", auth=f"Receipt {link['receipt']}")

    [event] = marketplace.events(number, type_="evidence_received")
    assert (evidence["state"], evidence["declared_by"]) == ("sealed", "respondent")
    assert (event["fields"]["demand"], event["actor"]["kind"]) == (demand, "respondent")
    assert "decide" in marketplace.complaint(number, "handler")["acts"]


def test_p1_4_after_the_recorded_silence_the_case_can_be_decided(marketplace: Organisation) -> None:
    number = demanded(marketplace)

    marketplace.world.move_to("2026-12-03T09:00:00+08:00")

    assert [event["fields"]["of"] for event in marketplace.events(number, type_="demand_lapsed")][-1] == "respondent"
    assert "decide" in marketplace.complaint(number, "handler")["acts"]


def test_p1_4_the_findings_are_on_record(marketplace: Organisation) -> None:
    number = assigned(marketplace)

    marketplace.act(number, "handler", "inspect", findings="聊天记录属实。")

    [event] = marketplace.events(number, type_="inspected")
    values = marketplace.get(f"/complaints/{number}/record", "handler")["values"]
    assert values[event["id"]] == {"findings": "聊天记录属实。"}


@pytest.mark.parametrize("field", ["opinion", "outcome"])
def test_p1_5_a_decision_carries_its_outcome(marketplace: Organisation, field: str) -> None:
    answer = marketplace.try_act(answered(marketplace), "handler", "decide", **{**DECISION, field: None})

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, f"/fields/{field}")


@pytest.mark.parametrize("sanctions", [["warning"], ["penalty"], ["penalty", "warning"]])
def test_p1_5_a_decision_can_carry_sanctions(marketplace: Organisation, sanctions: list[str]) -> None:
    number = decided(marketplace, sanctions=sanctions)

    [event] = marketplace.events(number, type_="decided")
    assert event["fields"]["sanctions"] == sanctions


def test_p1_5_the_result_is_told_to_the_complainant(marketplace: Organisation) -> None:
    number = decided(marketplace)

    assert marketplace.told("complainant", number)[0] == f"您的投诉 {number} 已作出处理决定：投诉成立。"


def test_p1_6_closing_needs_a_summary(marketplace: Organisation) -> None:
    answer = marketplace.try_act(decided(marketplace), "handler", "close")

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/fields/summary")


def test_p1_6_the_case_goes_to_the_archive(marketplace: Organisation) -> None:
    number = archived(marketplace)

    shelf = marketplace.get("/complaints?shelf=archived", "archivist")["complaints"]
    assert [row["number"] for row in shelf] == [number]
    assert marketplace.get("/complaints", "archivist")["complaints"] == []


def test_p1_6_an_archived_case_can_be_examined_again(marketplace: Organisation) -> None:
    number = archived(marketplace)
    assert marketplace.try_act(number, "archivist", "reopen", reason="新证据").status == 403

    answer = marketplace.act(number, "director", "reopen", reason="新证据")

    assert answer["stage"] == "investigating"
    assert marketplace.told("complainant", number)[0] == f"您的投诉 {number} 重新处理。"
    assert f"投诉 {number} 重新处理。" in marketplace.told("handler", number)
