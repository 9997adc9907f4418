"""P1.4 `platform`: the respondent's evidence is demanded before a decision; the answer or the silence is on record."""

from __future__ import annotations

from tests.clauses.giving import given
from tests.clauses.offices.marketplace import ASKED_FOR, DECISION, FOUND, RECEIVED, answered, assigned, demanded
from tests.clauses.organisation import Organisation


def test_p1_4_the_respondents_evidence_is_demanded_and_told(marketplace: Organisation) -> None:
    number = demanded(marketplace)

    event = marketplace.events(number, type_="evidence_demanded")[-1]
    assert (event["fields"]["of"], event["fields"]["until"]) == ("respondent", "2026-12-01T10:00:00.000Z")
    told = marketplace.events(number, type_="notified")[-1]["fields"]
    assert (told["to"], told["about"]) == (["respondent"], event["id"])


def test_p1_4_nothing_is_decided_before_the_evidence_is_demanded(marketplace: Organisation) -> None:
    """Missing evidence of the complainant does not count as an answer of the respondent."""
    number = assigned(marketplace)
    marketplace.act(number, "handler", "inspect", **FOUND)
    marketplace.world.move_to("2026-11-29T09:00:00+08:00")
    assert marketplace.events(number, type_="demand_lapsed")

    answer = marketplace.try_act(number, "handler", "decide", **DECISION)

    assert (answer.status, answer.problem) == (409, "act-not-open")


def test_p1_5_nothing_is_decided_before_the_verification(marketplace: Organisation) -> None:
    number = assigned(marketplace)
    marketplace.world.move_to("2026-11-28T09:00:00+08:00")
    marketplace.act(number, "handler", "demand_evidence", **ASKED_FOR)
    marketplace.act(number, "handler", "receive_evidence", **RECEIVED)

    answer = marketplace.try_act(number, "handler", "decide", **DECISION)

    assert (answer.status, answer.problem) == (409, "act-not-open")


def test_p1_4_the_respondent_has_two_working_days_in_each_case(marketplace: Organisation) -> None:
    answer = marketplace.try_act(
        assigned(marketplace), "handler", "demand_evidence", until="2030-01-01T00:00:00Z", **ASKED_FOR
    )

    assert (answer.status, answer.pointer) == (422, "/fields/until")


def test_p1_4_nothing_is_decided_while_the_respondent_may_still_answer(marketplace: Organisation) -> None:
    assert marketplace.try_act(demanded(marketplace), "handler", "decide", **DECISION).status == 409


def test_p1_4_after_the_recorded_answer_the_case_can_be_decided(marketplace: Organisation) -> None:
    number = answered(marketplace)

    demand = marketplace.events(number, type_="evidence_demanded")[-1]["id"]
    [event] = marketplace.events(number, type_="evidence_received")
    assert event["fields"]["demand"] == demand
    assert "decide" in marketplace.complaint(number, "handler")["acts"]


def test_p1_4_an_answer_that_staff_record_says_what_came_in(marketplace: Organisation) -> None:
    number = demanded(marketplace)
    empty = marketplace.try_act(number, "handler", "receive_evidence")
    assert (empty.status, empty.pointer) == (422, "/fields/received")

    marketplace.act(number, "handler", "receive_evidence", **RECEIVED)

    [event] = marketplace.events(number, type_="evidence_received")
    assert marketplace.get(f"/complaints/{number}/record", "handler")["values"][event["id"]] == RECEIVED


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

    marketplace.world.move_to("2026-12-01T18:00:00+08:00")

    assert [event["fields"]["of"] for event in marketplace.events(number, type_="demand_lapsed")][-1] == "respondent"
    assert "decide" in marketplace.complaint(number, "handler")["acts"]
    assert marketplace.told("handler", number)[0] == f"投诉 {number} 的举证期限已过，未收到被投诉方提交的证据。"


def test_p1_4_the_findings_are_on_record(marketplace: Organisation) -> None:
    number = assigned(marketplace)

    marketplace.act(number, "handler", "inspect", findings="聊天记录属实。")

    [event] = marketplace.events(number, type_="inspected")
    values = marketplace.get(f"/complaints/{number}/record", "handler")["values"]
    assert values[event["id"]] == {"findings": "聊天记录属实。"}


def test_p1_4_nothing_was_found_in_the_future(marketplace: Organisation) -> None:
    later = {"findings": "属实。", "done_at": "2026-11-27T10:00:00+08:00"}

    answer = marketplace.try_act(assigned(marketplace), "handler", "inspect", **later)

    assert (answer.status, answer.pointer) == (422, "/fields/done_at")


def test_p1_4_findings_are_required(marketplace: Organisation) -> None:
    answer = marketplace.try_act(assigned(marketplace), "handler", "inspect")

    assert (answer.status, answer.pointer) == (422, "/fields/findings")
