"""P5 `telecom-regulator`: with a violation always a sanction and an order, without one neither; and what follows."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.regulator import DECISION, DISMISSAL, ORDER, SERVED, heard, ordered, unit
from tests.clauses.organisation import Organisation, hire
from tests.clauses.presets.p5.steps import DECIDED_NOT_UPHELD, DECIDED_UPHELD

ORDERED = "针对贵单位的投诉 {} 已认定存在违规行为，现依法处罚并责令整改，请于 2026年12月25日（周五）18:00 前完成整改。"
NAME = "示例用户"


@pytest.fixture
def provided(regulator: Organisation) -> Organisation:
    """With a provider that is registered as a unit."""
    unit(regulator)
    return regulator


def refused(regulator: Organisation, number: str, **fields: Any) -> tuple[int, list[str]]:
    answer = regulator.try_act(number, "inspector", "decide", **fields)
    return answer.status, [error["pointer"] for error in answer.json.get("errors", [])]


@pytest.mark.parametrize("field", ["sanctions", "order", "rectify_by", "amount"])
def test_p5_4_without_a_violation_there_is_neither_sanction_nor_order(regulator: Organisation, field: str) -> None:
    number = heard(regulator, "no_violation")
    value = {**ORDER, "amount": 100}[field]

    assert refused(regulator, number, **DISMISSAL, **{field: value}) == (422, [f"/fields/{field}"])
    assert regulator.act(number, "inspector", "decide", **DISMISSAL)["stage"] == "decided"


def test_p5_4_a_fine_has_an_amount(regulator: Organisation) -> None:
    number = heard(regulator, "violation")

    answer = regulator.try_act(number, "inspector", "decide", **{**DECISION, **ORDER, "sanctions": ["fine"]})

    assert (answer.status, answer.pointer) == (422, "/fields/amount")


@pytest.mark.parametrize("field", ["sanctions", "order", "rectify_by"])
def test_p5_4_a_violation_without_sanction_order_or_date_is_not_decided(regulator: Organisation, field: str) -> None:
    number = heard(regulator)

    assert refused(regulator, number, **{**DECISION, **ORDER, field: None}) == (422, [f"/fields/{field}"])
    assert regulator.complaint(number)["stage"] == "found_outside"


@pytest.mark.parametrize("field", ["legal_basis", "outcome", "opinion"])
def test_p5_4_a_sanction_needs_legal_basis_outcome_and_opinion(regulator: Organisation, field: str) -> None:
    number = heard(regulator)

    assert refused(regulator, number, **{**DECISION, **ORDER, field: None}) == (422, [f"/fields/{field}"])


@pytest.mark.parametrize("field", ["outcome", "opinion"])
def test_p5_4_an_answer_without_a_violation_says_what_was_found(regulator: Organisation, field: str) -> None:
    number = heard(regulator, "no_violation")

    assert refused(regulator, number, **{**DISMISSAL, field: None}) == (422, [f"/fields/{field}"])


@pytest.mark.parametrize(
    ("field", "value", "pointer"),
    [
        ("sanctions", ["praise"], "/fields/sanctions/0"),
        ("sanctions", [], "/fields/sanctions"),
        ("order", "  ", "/fields/order"),
        ("rectify_by", "2026-11-01T09:00:00+08:00", "/fields/rectify_by"),
        ("rectify_by", "soon", "/fields/rectify_by"),
        ("amount", -5, "/fields/amount"),
        ("amount", 0, "/fields/amount"),
    ],
)
def test_p5_4_a_wrong_value_is_refused(regulator: Organisation, field: str, value: object, pointer: str) -> None:
    number = heard(regulator)

    assert refused(regulator, number, **{**DECISION, **ORDER, field: value}) == (422, [pointer])


@pytest.mark.parametrize("sanction", ["warning", "fine", "confiscation"])
def test_p5_4_a_violation_is_sanctioned_and_has_to_be_rectified(regulator: Organisation, sanction: str) -> None:
    number = heard(regulator)
    fields = {**DECISION, **ORDER, "sanctions": [sanction], "amount": 10000}

    answer = regulator.act(number, "inspector", "decide", **fields)

    [event] = regulator.events(number, type_="decided")
    assert (event["fields"]["sanctions"], event["fields"]["amount"]) == ([sanction], 10000)
    values = regulator.get(f"/complaints/{number}/record", "inspector")["values"][event["id"]]
    assert (values["legal_basis"], values["order"]) == (DECISION["legal_basis"], ORDER["order"])
    assert [task["task"] for task in answer["tasks"]] == ["rectification"]


@pytest.mark.parametrize("who", ["complaint_centre", "director", "second"])
def test_p5_4_only_the_assigned_inspectors_decide(regulator: Organisation, who: str) -> None:
    hire(regulator, "inspector", name="second")
    number = heard(regulator)

    assert regulator.try_act(number, who, "decide", **DECISION, **ORDER).status == 403


@pytest.mark.parametrize(("finding", "outcome"), [("violation", "not_upheld"), ("no_violation", "upheld")])
def test_p5_4_the_outcome_agrees_with_the_finding(regulator: Organisation, finding: str, outcome: str) -> None:
    number = heard(regulator, finding)
    more = ORDER if finding == "violation" else {}

    assert refused(regulator, number, **{**DECISION, **more, "outcome": outcome}) == (422, ["/fields/outcome"])


def test_p5_4_the_provider_is_told_of_the_order(provided: Organisation) -> None:
    number = ordered(provided, unit="provider")

    assert provided.told("provider", number)[0] == ORDERED.format(number)


def test_p5_4_the_provider_reads_the_order_and_not_who_complained(provided: Organisation) -> None:
    number = ordered(provided, unit="provider")

    record = provided.get(f"/complaints/{number}/record", "provider")

    [event] = provided.events(number, type_="decided")
    assert record["values"][event["id"]]["order"] == ORDER["order"]
    assert NAME in str(provided.get(f"/complaints/{number}", "inspector"))
    assert NAME not in str([record, provided.get(f"/complaints/{number}", "provider")])


def test_p5_4_without_a_violation_the_provider_is_told_of_no_order(provided: Organisation) -> None:
    number = heard(provided, "no_violation", unit="provider")

    provided.act(number, "inspector", "decide", **DISMISSAL)

    assert provided.told("provider", number) == []


def test_p5_4_an_order_is_tracked_to_its_date(regulator: Organisation) -> None:
    number = ordered(regulator)

    assert regulator.local(regulator.deadline(number, "rectification")["due"]) == ORDER["rectify_by"]
    assert f"投诉 {number} 有待办事项：整改核验，请于2026年12月25日（周五）18:00前（北京时间）完成。" in regulator.told(
        "inspector", number
    )


def test_p5_4_an_order_is_tracked_until_its_rectification_is_verified(regulator: Organisation) -> None:
    number = ordered(regulator)
    answer = regulator.try_act(number, "inspector", "do_task", task="rectification", rectified="done")
    assert answer.pointer == "/fields/verified"

    regulator.act(number, "inspector", "do_task", task="rectification", rectified="done", verified="已整改。")

    assert regulator.deadline(number, "rectification")["state"] == "met"


def test_p5_4_a_rectification_that_is_not_done_stays_open(regulator: Organisation) -> None:
    """What the inspector verified is that it is not done."""
    number = ordered(regulator)

    answer = regulator.try_act(number, "inspector", "do_task", task="rectification", verified="尚未整改。")

    assert (answer.status, answer.pointer) == (422, "/fields/rectified")
    assert regulator.deadline(number, "rectification")["state"] == "running"


def test_p5_4_a_rectification_that_is_not_verified_is_missed(regulator: Organisation) -> None:
    number = ordered(regulator)

    regulator.world.move_to("2026-12-25T18:00:00+08:00")

    assert regulator.deadline(number, "rectification")["state"] == "missed"


def test_p5_4_a_rectification_that_stays_unverified_reaches_centre_and_director(regulator: Organisation) -> None:
    number = ordered(regulator)
    for at in ("2026-12-25T18:00:00+08:00", "2026-12-28T18:00:00+08:00"):
        regulator.world.move_to(at)

    escalated = [one["fields"] for one in regulator.events(number, type_="escalated")]
    reached = [one["roles"] for one in escalated if one["clock"] == "rectification"]
    assert reached == [["complaint_centre"], ["director"]]
    assert regulator.told("director", number)[:1] == [f"投诉 {number} 已逾期，现升级至本层级，请处理。"]


def test_p5_4_an_order_is_tracked_after_the_closing_too(regulator: Organisation) -> None:
    number = ordered(regulator)

    regulator.act(number, "inspector", "notify", **SERVED)
    regulator.act(number, "complaint_centre", "close", summary="已下整改通知。")

    assert regulator.deadline(number, "rectification")["state"] == "running"


def test_p5_4_without_a_violation_there_is_nothing_to_rectify(regulator: Organisation) -> None:
    number = heard(regulator, "no_violation")

    assert regulator.act(number, "inspector", "decide", **DISMISSAL)["tasks"] == []


@pytest.mark.parametrize(
    ("finding", "more", "outcome"),
    [("violation", ORDER, "upheld"), ("no_violation", {}, "not_upheld")],
)
def test_p5_4_the_consumer_is_told(regulator: Organisation, finding: str, more: dict[str, Any], outcome: str) -> None:
    number = heard(regulator, finding)

    regulator.act(number, "inspector", "decide", **{**DECISION, **more, "outcome": outcome})

    text = {"upheld": DECIDED_UPHELD, "not_upheld": DECIDED_NOT_UPHELD}[outcome]
    assert regulator.told("complainant", number)[:1] == [text.format(number)]


@pytest.mark.parametrize(
    ("wrong", "right", "stage"),
    [("violation", "no_violation", "unfounded"), ("no_violation", "violation", "found_outside")],
)
def test_p5_4_a_wrong_finding_is_corrected_before_the_decision(
    regulator: Organisation, wrong: str, right: str, stage: str
) -> None:
    number = heard(regulator, wrong)
    assert regulator.try_act(number, "director", "find_liability", finding=right).status == 403

    assert regulator.act(number, "inspector", "find_liability", finding=right)["stage"] == stage

    assert [one["fields"]["finding"] for one in regulator.events(number, type_="liability_found")] == [wrong, right]
