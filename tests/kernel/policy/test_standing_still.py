"""No case may stand still for good: the organisation or time can always bring it to an end."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.policy import presets
from chalicelib.policy.checks.document import check
from chalicelib.policy.checks.walks import standing_still
from chalicelib.policy.language.derived.defined_names import DefinedNames
from chalicelib.policy.reading import parsing
from chalicelib.policy.reading.faults import PolicyFault
from tests.kernel.policy.faulty_policies.faulty import GOOD, faulty

CLOCK = {"from": "decided", "until": "agreed", "within": "1 week", "missed": {"act": "close"}}
WAITING = {"agree": {"by": "complainant", "to": "end"}}


def found(document: dict[str, Any]) -> list[tuple[str, str]]:
    parsed = parsing.parse(document)
    return [(fault.pointer, fault.kind) for fault in standing_still.faults(parsed, DefinedNames.of(parsed))]


def with_waiting(acts: dict[str, Any], clock: dict[str, Any] | None = None) -> dict[str, Any]:
    """The good policy, in which a decision leads to a stage `waiting` with these acts."""
    document = faulty("stages/waiting", acts)
    document["stages"]["open"]["decide"]["to"] = "waiting"
    if clock is not None:
        document["clocks"]["waiting"] = clock
    return document


STILL = [("/stages/waiting", "stands-still")]


def test_a_stage_that_only_takes_a_late_rating_is_an_end() -> None:
    assert check(with_waiting({"rate": {"by": "complainant", "needs": "verdict"}})).stages["waiting"].is_end


def test_the_good_policy_comes_to_an_end() -> None:
    assert found(GOOD) == []


@pytest.mark.parametrize(
    "acts",
    [
        WAITING,
        {**WAITING, "note": {"by": "ann", "to": "end"}},
        {**WAITING, "inspect": {"by": "ann"}},
        {**WAITING, "close": {"by": "ann", "to": "end", "when": {"reachable": "no"}}},
        {**WAITING, "close": {"by": "ann", "to": "end", "after": "agreed"}},
        {**WAITING, "close": {"by": ["ann", "complainant"], "all": True, "to": "end"}},
        {**WAITING, "close": {"by": "ann", "to": "end", "when": {"kind": "goods"}}},
    ],
)
def test_a_case_that_waits_for_a_party_stands_still(acts: dict[str, Any]) -> None:
    assert found(with_waiting(acts)) == STILL


@pytest.mark.parametrize(
    "more",
    [
        {"close": {"by": "ann", "to": "end"}},
        {"close": {"by": ["ann", "complainant"], "to": "end"}},
        {"inspect": {"by": "ann", "to": "registered"}},
        {"inspect": {"by": "ann"}, "close": {"by": "ann", "to": "end", "after": "inspected"}},
        {"close": {"by": "ann", "to": "end", "when": {"severity": "high"}}},
        {
            "classify": {"by": "ann", "needs": "severity"},
            "close": {"by": "ann", "to": "end", "when": {"severity": "low"}},
        },
        {
            "classify": {"by": "ann", "needs": "severity", "takes": "kind"},
            "close": {"by": "ann", "to": "end", "when": {"kind": "goods"}},
        },
        {
            "classify": {"by": "ann", "needs": "kind"},
            "close": {"by": "ann", "to": "end", "when": {"kind": "goods"}},
        },
    ],
)
def test_a_case_that_the_organisation_leads_on_does_not(more: dict[str, Any]) -> None:
    assert found(with_waiting({**WAITING, **more})) == []


def test_a_correction_of_the_category_gives_no_class() -> None:
    classify = {"by": "ann", "needs": "kind"}
    close = {"by": "ann", "to": "end", "when": {"severity": "low"}}
    assert found(with_waiting({**WAITING, "classify": classify, "close": close})) == STILL


def test_ageing_alone_does_not_lower_a_class() -> None:
    acts = {**WAITING, "close": {"by": "ann", "to": "end", "when": {"severity": "low"}}}
    assert found(with_waiting(acts)) == STILL


def test_time_leads_on_a_case_that_waits_for_a_party() -> None:
    close = {"close": {"by": "complainant", "to": "end"}}
    assert found(with_waiting({**WAITING, **close}, CLOCK)) == []


def test_time_performs_an_act_of_assigned_people_without_an_assignment() -> None:
    close = {"close": {"by": {"role": "ann", "of": "assigned"}, "to": "end"}}
    document = with_waiting({**WAITING, **close}, CLOCK)
    document["stages"]["open"]["decide"] = {"by": "ann", "to": "waiting"}
    assert found(document) == []


@pytest.mark.parametrize(
    "change",
    [
        {"paused_in": "waiting"},
        {"within": "none"},
        {
            "within": [
                {"when": {"kind": "goods"}, "limit": "none"},
                {"when": {"kind": ["service", "none"]}, "limit": "1 day"},
            ]
        },
        {"from": "accepted", "until": "decided"},
        {"missed": "escalate"},
        {"when": {"kind": "goods"}},
        {"from": {"decided": {"verdict": "valid"}}},
    ],
)
def test_time_that_never_comes_leads_nothing_on(change: dict[str, Any]) -> None:
    close = {"close": {"by": "complainant", "to": "end"}}
    assert found(with_waiting({**WAITING, **close}, {**CLOCK, **change})) == STILL


def test_an_act_may_wait_for_a_missed_clock() -> None:
    close = {"close": {"by": "ann", "to": "end", "when": {"clock.waiting": "missed"}}}
    assert found(with_waiting({**WAITING, **close}, {**CLOCK, "missed": "record"})) == []


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        (["valid", "void"], STILL),
        ({"valid": "有效", "void": {"zh": "无效", "when": {"stage": "waiting"}}}, []),
        ({"valid": {"zh": "有效", "when": {"stage": "waiting"}}, "void": "无效"}, STILL),
    ],
)
def test_a_clock_surely_starts_where_the_stage_allows_no_other_choice(choices: Any, expected: list[Any]) -> None:
    close = {"close": {"by": "ann", "to": "end", "when": {"clock.waiting": "missed"}}}
    document = with_waiting(
        {**WAITING, **close}, {**CLOCK, "from": {"decided": {"verdict": "valid"}}, "missed": "record"}
    )
    document["fields"]["verdict"]["choices"] = choices
    document["stages"]["open"]["decide"]["needs"] = "verdict"
    document["stages"]["open"]["decide"]["takes"] = []

    assert found(document) == expected


def decided_by_outcome(start: str, **decide: Any) -> dict[str, Any]:
    """A clock that a decision starts with the value `start` leads on. Other decisions end the case."""
    acts = {**WAITING, "close": {"by": "complainant", "to": "end"}}
    document = with_waiting(acts, {**CLOCK, "from": {"decided": {"verdict": start}}})
    document["stages"]["open"]["decide"] |= {"needs": "verdict", "takes": [], **decide}
    return document


BY_VERDICT = [{"when": {"verdict": "valid"}, "stage": "waiting"}, {"when": {"verdict": "void"}, "stage": "end"}]


@pytest.mark.parametrize(("start", "expected"), [("valid", []), ("void", STILL)])
def test_a_clock_that_starts_with_the_value_that_leads_to_the_stage_leads_on(start: str, expected: list[Any]) -> None:
    assert found(decided_by_outcome(start, to=BY_VERDICT)) == expected


def test_a_clock_leads_on_that_starts_again_in_a_later_round() -> None:
    document = decided_by_outcome("valid", to=BY_VERDICT)
    document["stages"]["waiting"]["dispute"] = {"by": "complainant", "to": "open"}

    assert found(document) == []


@pytest.mark.parametrize(("start", "expected"), [("valid", []), ("void", STILL)])
def test_a_clock_that_starts_with_the_value_of_a_flag_leads_on(start: str, expected: list[Any]) -> None:
    document = decided_by_outcome(start, sets={"result": "field.verdict"})
    document["stages"]["waiting"]["archive"] = {"by": "ann", "to": "end", "when": {"result": "void"}}

    assert found(document) == expected


def test_a_value_of_a_flag_leads_to_no_target_of_another_value() -> None:
    document = decided_by_outcome("valid", to=BY_VERDICT, sets={"result": "field.verdict"})
    document["stages"]["waiting"]["close"] = {"by": "ann", "to": "end", "when": {"result": "valid"}}

    assert found(document) == []


def test_too_many_states_are_a_fault() -> None:
    document = faulty(
        "intake/categories", {f"c{n}": ["a", "b", "c"] for n in range(9)} | {"kind": ["goods", "service"]}
    )
    document["stages"]["open"]["promise"]["when"] = {f"c{n}": "a" for n in range(9)}
    assert found(document) == [("/stages", "too-many-cases")]


@pytest.mark.parametrize("preset", presets.names())
def test_x6_no_case_of_a_preset_stands_still(preset: str) -> None:
    assert found(presets.document(preset)) == []


def test_x6_a_fault_names_the_state_and_the_shortest_way_to_it() -> None:
    with pytest.raises(PolicyFault) as caught:
        check(with_waiting(WAITING))

    [fault] = caught.value.faults
    assert (fault.pointer, fault.kind) == ("/stages/waiting", "stands-still")
    assert "after registered → accepted → assigned → decided (assigned: yes)" in str(fault)


@pytest.mark.parametrize(
    ("given", "still"),
    [
        ({"required": True}, []),
        ({"required": False}, STILL),
        ({"required": True, "given_by": "staff"}, STILL),
    ],
)
def test_a_clock_from_a_fact_leads_on_only_if_every_filing_gives_it(given: dict[str, Any], still: list[Any]) -> None:
    """Nothing else ends the case while `waiting`, which asks that the clock was missed."""
    clock = {"from": {"fact": "seen_on"}, "until": "agreed", "within": "1 week", "missed": "record"}
    document = with_waiting(
        {**WAITING, "close": {"by": "ann", "to": "end", "when": {"clock.waiting": "missed"}}}, clock
    )
    document["intake"]["facts"]["seen_on"] = {"en": "Seen on", "kind": "date", **given}
    assert found(document) == still
