"""Hints where an alarm rings on a tier on which no person can assign people or lead the complaint on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chalicelib.policy import presets, publishing
from tests.kernel.policy.faulty_policies.faulty import faulty

WAITING = {"agree": {"by": "complainant", "to": "end"}, "close": {"by": "ann", "to": "end"}}
RINGING = {"from": "decided", "until": ["agreed", "closed"], "within": "1 week"}


def tier_hints(acts: dict[str, Any], clock: dict[str, Any], *, acting: bool = False) -> list[Any]:
    """The tiers that have the hint in the stage `waiting`. Ann is on tier 1, bob on tier 2."""
    document = faulty("stages/waiting", {**WAITING, **acts})
    document["stages"]["open"]["decide"]["to"] = "waiting"
    document["clocks"]["waiting"] = {**RINGING, **clock}
    document["tiers"][1]["acting"] = acting
    found = [hint for hint in publishing.prepare(document).hints if hint.kind == "tier-without-act"]
    assert {hint.pointer for hint in found} <= {"/stages/waiting"}
    return [hint.values["tier"] for hint in found]


@pytest.mark.parametrize(
    "acts",
    [
        {},
        {"inspect": {"by": "bob"}},
        {"note": {"by": "bob", "to": "end"}},
        {"recuse": {"by": "bob", "to": "end"}},
        {"extend": {"by": "bob", "needs": ["clock", "until"]}},
    ],
    ids=["no act", "an act that stays", "a note", "a recusal", "an extension"],
)
def test_a_tier_without_an_act_that_leads_on_has_a_hint(acts: dict[str, Any]) -> None:
    assert tier_hints(acts, {}) == [2]


@pytest.mark.parametrize(
    "acts",
    [
        {"assign": {"by": "bob", "needs": "who", "assigns": {"ann": "who"}}},
        {"decide": {"by": "bob", "to": "end", "when": {"clock.waiting": "missed"}}},
        {"withdraw": {"by": "bob", "to": "end", "after": "inspected"}, "inspect": {"by": "ann"}},
    ],
    ids=["it assigns", "it leads on at times", "it leads on later"],
)
def test_a_tier_that_can_assign_or_lead_on_at_some_time_has_none(acts: dict[str, Any]) -> None:
    assert tier_hints(acts, {}) == []


def test_a_tier_whose_alarm_reaches_those_who_can_act_has_none() -> None:
    assert tier_hints({}, {}, acting=True) == []


def test_a_tier_of_those_who_can_act_has_a_hint_where_only_parties_lead_on() -> None:
    by_party = {"close": {"by": "complainant", "to": "end"}}
    assert tier_hints(by_party, {"missed": {"act": "close"}}, acting=True) == [2]


@pytest.mark.parametrize(
    ("clock", "tiers"),
    [
        ({"missed": "record"}, []),
        ({"missed": "record", "warn": "80 %"}, [2]),
        ({"paused_in": "waiting"}, []),
        ({"missed": {"act": "close"}}, [2]),
    ],
    ids=["no alarm", "a warning", "paused there", "an act by time"],
)
def test_only_alarms_that_ring_in_the_stage_need_an_act(clock: dict[str, Any], tiers: list[int]) -> None:
    assert tier_hints({}, clock) == tiers


def test_the_first_tier_is_told_of_warnings_only() -> None:
    by_bob = {"close": {"by": "bob", "to": "end"}}
    assert tier_hints(by_bob, {}) == []
    assert tier_hints(by_bob, {"warn": "80 %"}) == [1]


PROCEDURES = {name: presets.text(name) for name in presets.names()} | {
    path.stem: path.read_text("utf-8")
    for path in sorted((Path(__file__).parents[3] / "docs" / "examples").glob("*.yaml"))
}


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_on_every_tier_of_a_preset_or_example_a_person_can_act_and_each_clock_has_a_duty(procedure: str) -> None:
    hints = publishing.prepare(PROCEDURES[procedure]).hints
    assert [hint for hint in hints if hint.kind in ("tier-without-act", "whose-duty")] == []


@pytest.mark.parametrize("preset", presets.names())
def test_a_clock_of_a_preset_states_its_duty(preset: str) -> None:
    document = presets.document(preset)
    assert document["clocks"]
    assert [name for name, clock in document["clocks"].items() if "duty" not in clock] == []
