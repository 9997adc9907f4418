"""P5.4 `telecom-regulator`: the values of a decision at their bounds, and the stage to which it leads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.clauses.offices.regulator import (
    DECISION,
    DISMISSAL,
    ORDER,
    SERVED,
    accepted,
    assigned,
    heard,
    informed,
    ordered,
    states_its_case,
    unit,
)
from tests.clauses.organisation import Organisation

FINE = {"sanctions": ["fine"]}


def decided(regulator: Organisation, number: str, **fields: Any) -> tuple[int, str]:
    answer = regulator.try_act(number, "inspector", "decide", **{**DECISION, **ORDER, **fields})
    return answer.status, answer.pointer if answer.status != 200 else answer.json["stage"]


@pytest.mark.parametrize(("amount", "is_a_fine"), [(0.01, True), (0.009, False), (0, False)])
def test_p5_4_the_smallest_fine_is_a_fen(regulator: Organisation, amount: float, is_a_fine: bool) -> None:
    found_it = heard(regulator)

    expected = (200, "ordered") if is_a_fine else (422, "/fields/amount")
    assert decided(regulator, found_it, **FINE, amount=amount) == expected


@pytest.mark.parametrize(
    ("rectify_by", "is_a_date"),
    [("2026-11-28T09:00:01+08:00", True), ("2026-11-28T08:59:59+08:00", False), ("2026-11-27T12:00:00+08:00", False)],
)
def test_p5_4_the_rectification_lies_in_the_future(regulator: Organisation, rectify_by: str, is_a_date: bool) -> None:
    number = heard(regulator)
    regulator.world.move_to("2026-11-28T09:00:00+08:00")

    expected = (200, "ordered") if is_a_date else (422, "/fields/rectify_by")
    assert decided(regulator, number, rectify_by=rectify_by) == expected


@pytest.mark.parametrize(("with_unit", "stage"), [(False, "ordered"), (True, "decided")])
def test_p5_4_an_order_against_a_unit_is_told_at_once(regulator: Organisation, with_unit: bool, stage: str) -> None:
    number = heard(regulator, unit=unit(regulator) if with_unit else None)

    assert decided(regulator, number) == (200, stage)


def test_p5_4_a_served_order_is_closed_with_a_summary(regulator: Organisation) -> None:
    number = ordered(regulator)
    regulator.act(number, "inspector", "notify", **SERVED)

    missing = regulator.try_act(number, "complaint_centre", "close")

    assert (missing.status, missing.pointer) == (422, "/fields/summary")


@pytest.mark.parametrize("scene", [accepted, assigned])
def test_p5_4_centre_and_inspectors_are_warned_before_the_decision_is_late(
    regulator: Organisation, scene: Callable[[Organisation], str]
) -> None:
    number = scene(regulator)

    regulator.world.move_to("2026-12-21T09:00:00+08:00")

    warning = f"投诉 {number} 即将到期，请于2026年12月27日24时前（北京时间）完成。"
    warned = {who for who in regulator.subs if warning in regulator.told(who, number)}
    assert warned == {"complaint_centre", "inspector"}


def test_p5_4_without_a_violation_no_rectification_is_tracked(regulator: Organisation) -> None:
    number = heard(regulator, "no_violation")

    answer = regulator.try_act(number, "inspector", "decide", **DISMISSAL)

    assert (answer.status, answer.json.get("tasks")) == (200, [])


def test_p5_4_a_decision_in_time_ends_the_time_for_it(regulator: Organisation) -> None:
    number = accepted(regulator)
    assert regulator.local(regulator.deadline(number, "handling")["due"]) == "2026-12-28T00:00:00+08:00"
    regulator.act(number, "director", "assign", inspectors=[regulator.subs["inspector"]])
    regulator.act(number, "inspector", "inspect", findings="现场检查计费系统。")
    regulator.act(number, "inspector", "find_liability", finding="violation")
    informed(regulator, number)
    states_its_case(regulator, number)

    assert decided(regulator, number) == (200, "ordered")

    assert regulator.deadline(number, "handling")["state"] == "met"
