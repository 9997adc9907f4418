"""P5.3, P5.4 `telecom-regulator`: who is asked reads what is wanted and why; the provider reads what is found, recorded
and ordered."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.regulator import (
    DECISION,
    NOTICE,
    ORDER,
    WANTED,
    assigned,
    found,
    heard,
    informed,
    unit,
)
from tests.clauses.organisation import Organisation

SAID = [("需要提供的材料", WANTED["wanted"]), ("需要该材料的原因", WANTED["why"])]


def enclosed(regulator: Organisation, number: str, who: str = "provider") -> list[tuple[str, str]]:
    """In the newest message to this reader."""
    regulator.world.settle()
    query = f"?complaint={number}" if who == "complainant" else ""
    newest = regulator.get(f"/messages{query}", who, number)["messages"][0]
    return [(one["label"]["zh"], one["text"]["zh"]) for one in newest["enclosed"]]


def of_unit(regulator: Organisation) -> dict[str, Any]:
    return {"unit": unit(regulator)}


@pytest.mark.parametrize("field", list(WANTED))
@pytest.mark.parametrize("with_unit", [True, False])
def test_p5_3_a_demand_without_what_is_wanted_or_why_is_refused(
    regulator: Organisation, field: str, with_unit: bool
) -> None:
    number = assigned(regulator, **(of_unit(regulator) if with_unit else {}))

    answer = regulator.try_act(number, "inspector", "demand_evidence", **{**WANTED, "of": "complainant", field: None})

    assert (answer.status, answer.pointer) == (422, f"/fields/{field}")


@pytest.mark.parametrize(("of", "who"), [("respondent", "provider"), ("complainant", "complainant")])
def test_p5_3_the_message_of_a_demand_says_what_is_wanted_and_why(regulator: Organisation, of: str, who: str) -> None:
    number = assigned(regulator, **of_unit(regulator))

    regulator.act(number, "inspector", "demand_evidence", of=of, **WANTED)

    assert enclosed(regulator, number, who) == SAID


def test_p5_3_a_consumer_beside_a_provider_outside_reads_it_too(regulator: Organisation) -> None:
    number = assigned(regulator)

    regulator.act(number, "inspector", "demand_evidence", of="complainant", **WANTED)

    assert enclosed(regulator, number, "complainant") == SAID


def test_p5_3_the_provider_reads_what_was_recorded_in_its_place(regulator: Organisation) -> None:
    number = assigned(regulator, **of_unit(regulator))
    regulator.act(number, "inspector", "demand_evidence", of="respondent", **WANTED)

    regulator.act(number, "inspector", "receive_evidence", received="账单三份。")

    assert enclosed(regulator, number) == [("收到的证据材料", "账单三份。")]


def test_p5_3_the_provider_reads_what_came_back_when_it_was_asked_in_another_way(regulator: Organisation) -> None:
    number = assigned(regulator, **of_unit(regulator))

    regulator.act(number, "inspector", "notify", asked_how="电话联系。", came_back="称已寄出。")

    assert enclosed(regulator, number) == [("提供商的答复情况", "称已寄出。")]


def test_p5_4_the_provider_reads_what_is_to_be_imposed_and_on_what_grounds(regulator: Organisation) -> None:
    number = found(regulator, **of_unit(regulator))

    informed(regulator, number)

    assert enclosed(regulator, number) == [("拟处罚的事实、理由和依据", NOTICE["notice"])]


def test_p5_4_the_provider_reads_the_statement_that_was_recorded_in_its_place(regulator: Organisation) -> None:
    number = found(regulator, **of_unit(regulator))
    informed(regulator, number)

    regulator.act(number, "inspector", "receive_evidence", received="陈述书一份。", of="respondent")

    assert enclosed(regulator, number) == [("收到的证据材料", "陈述书一份。")]


def test_p5_4_the_provider_reads_what_has_to_be_rectified_and_by_what_law(regulator: Organisation) -> None:
    number = heard(regulator, **of_unit(regulator))

    regulator.act(number, "inspector", "decide", **{**DECISION, **ORDER, "sanctions": ["fine"], "amount": 500})

    assert enclosed(regulator, number) == [
        ("整改要求", ORDER["order"]),
        ("处罚", "罚款"),
        ("罚款金额（元）", "500"),
        ("处理的法律依据", DECISION["legal_basis"]),
    ]
