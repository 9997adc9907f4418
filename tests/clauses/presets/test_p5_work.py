"""P5 `telecom-regulator`: channels, required evidence, investigation, sanctions and rectification."""

from __future__ import annotations

from functools import partial

import pytest

from chalicelib.complaints.demands import MAX_OPEN
from tests.clauses.giving import given
from tests.clauses.offices.regulator import DECISION, KINDS, ORDER, assigned, evidenced, found, ordered, send
from tests.clauses.organisation import Organisation, hire
from tests.fakes.files import PDF

DEMANDED = "您的投诉 {} 需要您提供证据，请于2026-12-04（周五）18:00前（北京时间）提交。"


@pytest.mark.parametrize("channel", ["hotline", "online", "window"])
def test_p5_1_hotline_online_form_and_window(regulator: Organisation, channel: str) -> None:
    assert regulator.complaint(regulator.file(channel=channel))["channel"] == channel


def test_p5_1_there_is_no_other_channel(regulator: Organisation) -> None:
    answer = regulator.try_file(channel="email")

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/channel")


def test_p5_2_the_named_kinds_are_demanded_at_filing(regulator: Organisation) -> None:
    number = regulator.file()

    [event] = regulator.events(number, type_="evidence_demanded")
    assert (sorted(event["fields"]["kinds"]), event["fields"]["every"]) == (sorted(KINDS), True)
    assert regulator.local(event["fields"]["until"]) == "2026-12-04T18:00:00+08:00"
    assert DEMANDED.format(number) in regulator.told("complainant", number)


@pytest.mark.parametrize("missing", KINDS)
def test_p5_2_without_any_of_the_required_kinds_it_is_not_accepted(regulator: Organisation, missing: str) -> None:
    number = regulator.file()
    for kind in KINDS:
        if kind != missing:
            send(regulator, number, kind)

    assert regulator.try_act(number, "complaint_centre", "accept").status == 409


def test_p5_2_with_all_required_evidence_it_is_accepted(regulator: Organisation) -> None:
    number = evidenced(regulator)

    assert regulator.act(number, "complaint_centre", "accept")["stage"] == "accepted"
    assert regulator.told("complainant", number)[0] == f"您的投诉 {number} 已受理。"


@pytest.mark.parametrize(("kind", "status"), [("other", 201), ("poem", 422)])
def test_p5_2_other_kinds_of_evidence_can_be_added(regulator: Organisation, kind: str, status: int) -> None:
    assert send(regulator, evidenced(regulator), kind) == status


def test_p5_2_a_complaint_without_evidence_is_refused_and_the_complainant_told(regulator: Organisation) -> None:
    number = regulator.file()
    assert regulator.try_act(number, "complaint_centre", "refuse", ground="no_evidence").status == 422

    regulator.world.move_to("2026-12-04T18:00:00+08:00")

    assert regulator.act(number, "complaint_centre", "refuse", ground="no_evidence")["stage"] == "refused"
    assert regulator.told("complainant", number)[0] == f"您的投诉 {number} 不予受理，理由：未提供证据材料。"


@pytest.mark.parametrize(("of", "told"), [("respondent", False), ("complainant", True)])
def test_p5_3_provider_and_consumer_are_asked_for_evidence(regulator: Organisation, of: str, told: bool) -> None:
    number = assigned(regulator)

    regulator.act(number, "inspector", "demand_evidence", of=of, kinds=["bill"])

    event = regulator.events(number, type_="evidence_demanded")[-1]
    assert (event["fields"]["of"], event["fields"]["kinds"]) == (of, ["bill"])
    assert regulator.local(event["fields"]["until"]) == "2026-12-04T18:00:00+08:00"
    assert regulator.events(number, type_="notified")[-1]["fields"]["to"] == [of]
    assert (regulator.told("complainant", number)[0] == DEMANDED.format(number)) is told


def test_p5_3_the_answer_is_on_record(regulator: Organisation) -> None:
    number = assigned(regulator)
    regulator.act(number, "inspector", "demand_evidence", of="respondent")

    regulator.act(number, "inspector", "receive_evidence")

    demanded = regulator.events(number, type_="evidence_demanded")[-1]
    assert regulator.events(number, type_="evidence_received")[-1]["fields"]["demand"] == demanded["id"]


def test_p5_3_open_demands_are_limited_to_what_one_file_can_answer(regulator: Organisation) -> None:
    number = assigned(regulator)
    demand = partial(regulator.try_act, number, "inspector", "demand_evidence", of="complainant", kinds=["bill"])
    answers = [demand().status for _ in range(MAX_OPEN + 1)]
    before = len(regulator.events(number, type_="evidence_received"))

    given(regulator, number, "bill", PDF + b"all of them")

    assert answers == [200] * MAX_OPEN + [409]
    assert len(regulator.events(number, type_="evidence_received")) - before == MAX_OPEN


def test_p5_3_the_provider_answers_by_the_demands_own_link(regulator: Organisation) -> None:
    number = assigned(regulator)
    regulator.act(number, "inspector", "demand_evidence", of="respondent")
    demand = regulator.events(number, type_="evidence_demanded")[-1]["id"]
    link = regulator.get(f"/complaints/{demand.replace('/', '/demands/')}/link", "inspector")

    given(regulator, number, "bill", auth=f"Receipt {link['receipt']}")

    event = regulator.events(number, type_="evidence_received")[-1]
    assert (event["fields"]["demand"], event["actor"]["kind"]) == (demand, "respondent")


def test_p5_3_the_silence_is_on_record(regulator: Organisation) -> None:
    number = assigned(regulator)
    regulator.act(number, "inspector", "demand_evidence", of="respondent")

    regulator.world.move_to("2026-12-04T18:00:00+08:00")

    assert [event["fields"]["of"] for event in regulator.events(number, type_="demand_lapsed")] == ["respondent"]


def test_p5_3_the_consumer_can_supplement(regulator: Organisation) -> None:
    number = assigned(regulator)

    regulator.act(number, "complainant", "supplement", statement="另有一笔扣费。")

    assert regulator.told("inspector", number)[0] == f"投诉 {number} 已补充材料。"


def test_p5_3_only_those_assigned_inspect_and_they_write_findings(regulator: Organisation) -> None:
    hire(regulator, "inspector", name="second")
    number = assigned(regulator)

    assert regulator.try_act(number, "second", "inspect", findings="无").status == 403
    answer = regulator.try_act(number, "inspector", "inspect")
    assert answer.json["errors"][0]["pointer"] == "/fields/findings"


def test_p5_3_there_is_no_finding_before_the_inspection(regulator: Organisation) -> None:
    answer = regulator.try_act(assigned(regulator), "inspector", "find_liability", finding="violation")

    assert answer.status == 409


@pytest.mark.parametrize("sanction", ["warning", "fine", "order"])
def test_p5_4_without_a_violation_there_is_no_sanction(regulator: Organisation, sanction: str) -> None:
    number = found(regulator, "no_violation")

    answer = regulator.try_act(number, "inspector", "decide", **DECISION, **{**ORDER, "sanctions": [sanction]})

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/fields/sanctions")


@pytest.mark.parametrize("sanction", ["warning", "fine"])
def test_p5_4_a_violation_is_sanctioned(regulator: Organisation, sanction: str) -> None:
    number = found(regulator)

    regulator.act(number, "inspector", "decide", **DECISION, sanctions=[sanction], amount=10000)

    [event] = regulator.events(number, type_="decided")
    assert (event["fields"]["sanctions"], event["fields"]["amount"]) == ([sanction], 10000)


@pytest.mark.parametrize("field", ["legal_basis", "outcome", "opinion"])
def test_p5_4_a_decision_needs_legal_basis_outcome_and_opinion(regulator: Organisation, field: str) -> None:
    answer = regulator.try_act(found(regulator), "inspector", "decide", **{**DECISION, field: None})

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, f"/fields/{field}")


def test_p5_4_an_order_is_tracked_to_its_date(regulator: Organisation) -> None:
    number = ordered(regulator)

    assert regulator.local(regulator.deadline(number, "rectification")["due"]) == ORDER["rectify_by"]
    assert f"投诉 {number} 有待办事项：整改核验，请于2026-12-25（周五）18:00前（北京时间）完成。" in regulator.told(
        "inspector", number
    )


def test_p5_4_an_order_is_tracked_until_its_rectification_is_verified(regulator: Organisation) -> None:
    number = ordered(regulator)
    answer = regulator.try_act(number, "inspector", "do_task", task="rectification")
    assert answer.json["errors"][0]["pointer"] == "/fields/verified"

    regulator.act(number, "inspector", "do_task", task="rectification", verified="已整改。")

    assert regulator.deadline(number, "rectification")["state"] == "met"


def test_p5_4_a_rectification_that_is_not_verified_is_missed(regulator: Organisation) -> None:
    number = ordered(regulator)

    regulator.world.move_to("2026-12-25T18:00:00+08:00")

    assert regulator.deadline(number, "rectification")["state"] == "missed"


def test_p5_4_an_order_is_tracked_after_the_closing_too(regulator: Organisation) -> None:
    number = ordered(regulator)

    regulator.act(number, "complaint_centre", "close", summary="已下整改通知。")

    assert regulator.deadline(number, "rectification")["state"] == "running"


def test_p5_4_without_an_order_there_is_nothing_to_rectify(regulator: Organisation) -> None:
    number = found(regulator)

    regulator.act(number, "inspector", "decide", **DECISION, sanctions=["warning"])

    assert regulator.complaint(number, "inspector")["tasks"] == []


def test_p5_4_the_consumer_is_told(regulator: Organisation) -> None:
    number = ordered(regulator)

    assert regulator.told("complainant", number)[0] == f"您的投诉 {number} 已作出处理决定：投诉属实。"


def test_p5_4_an_order_without_a_date_is_refused(regulator: Organisation) -> None:
    answer = regulator.try_act(found(regulator), "inspector", "decide", **DECISION, sanctions=["order"])

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/fields/rectify_by")
