"""An example that fails says in English and in Chinese what was expected and what came."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.trial.examples import check_publishable
from chalicelib.policy import presets
from chalicelib.policy.reading.faults import PolicyFault

REFUSED = {"registered": "2026-09-23T09:00", "refused": {"at": "2026-09-23T10:00", "ground": "no_facts"}}
ACCEPTED = {"registered": "2026-09-23T09:00", "accepted": "2026-09-23T10:00"}
DUE = "2026-10-08T18:00+08:00"


def said(events: dict[str, Any], then: dict[str, Any], **changes: Any) -> list[tuple[str, str, str]]:
    """Of each fault: the member of `then`, what was expected and came in English, and the same in Chinese."""
    example = {"given": {"channel": "oral"}, "events": events, "then": then}
    try:
        check_publishable({**presets.document("food-drug-administration"), **changes, "examples": [example]})
    except PolicyFault as fault:
        return [(str(one.path[-1]), one.text("en"), one.text("zh")) for one in fault.faults]
    return []


def told(member: str, expected: str, came: str, expected_zh: str, came_zh: str) -> tuple[str, str, str]:
    return (
        member,
        f"the example fails: expected {expected}, got {came}",
        f"示例不成立：预期 {expected_zh}，结果是 {came_zh}",
    )


def test_another_due_time_is_told_in_the_policys_zone() -> None:
    wanted = "2026-10-08T10:01Z"

    assert said(ACCEPTED, {"decision": wanted}) == [told("decision", wanted, DUE, wanted, DUE)]


def test_another_due_time_is_explained() -> None:
    """So that the author sees which days were counted, without asking for a preview."""
    example = {"given": {"channel": "oral"}, "events": ACCEPTED, "then": {"decision": "2026-10-08T10:01Z"}}
    document = {**presets.document("food-drug-administration"), "examples": [example]}

    with pytest.raises(PolicyFault) as caught:
        check_publishable(document)

    [fault] = caught.value.faults
    assert "correct the policy, or the expected result" in fault.text("mend_en")
    assert "Due Thu 8 Oct 2026 18:00 (Beijing time): 5 working days" in fault.text("mend_en")
    assert "National Day" in fault.text("mend_en")
    assert "起算5个工作日" in fault.text("mend_zh")


def test_a_clock_that_never_ran_has_no_due_time() -> None:
    wanted = "2026-10-08T18:00"

    expected = told("decision", wanted, "no run of this clock", wanted, "该时限未曾计时")
    assert said(REFUSED, {"decision": wanted}) == [expected]


def test_a_paused_clock_has_no_due_time() -> None:
    wanted = "2026-10-08T18:00"
    clocks: Any = presets.document("food-drug-administration")["clocks"]
    paused = {**clocks, "decision": {**clocks["decision"], "paused_in": ["accepted"]}}

    expected = told("decision", wanted, "no due time while paused", wanted, "暂停计时，没有到期时间")
    assert said(ACCEPTED, {"decision": wanted}, clocks=paused) == [expected]


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        ({"decision": {"state": "met"}}, ("met", "running")),
        ({"decision": {"provisional": True}}, ("provisional: True", "provisional: False")),
        ({"stage": "decided"}, ("decided", "accepted")),
        ({"tier": 2}, ("2", "1")),
    ],
)
def test_other_expectations_are_told_as_they_are_written(then: dict[str, Any], expected: tuple[str, str]) -> None:
    [member] = then

    assert said(ACCEPTED, then) == [told(member, *expected, *expected)]


def test_an_act_that_is_not_open_is_named_with_those_that_are() -> None:
    [(member, english, chinese)] = said(ACCEPTED, {"open": ["assign", "decide"]})

    assert member == "open"
    assert english.startswith("the example fails: expected decide open, got open are: ")
    assert chinese.startswith("示例不成立：预期 decide 可以执行，结果是 可以执行的操作：")
    assert "assign" in english.partition("got")[2]


def test_an_act_that_is_open_against_the_expectation_is_named() -> None:
    [(member, english, chinese)] = said(ACCEPTED, {"not_open": ["assign", "decide"]})

    assert (member, english.partition(", got")[0]) == ("not_open", "the example fails: expected assign not open")
    assert chinese.startswith("示例不成立：预期 assign 不能执行，")
