"""The check of standing still counts its work: twice as large a policy takes twice the steps of one state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chalicelib.policy.checks.walks.clock_model import ClockModel
from chalicelib.policy.checks.walks.model import Model
from chalicelib.policy.checks.walks.steps import Steps
from chalicelib.policy.language.derived.defined_names import DefinedNames
from chalicelib.policy.language.vocabulary import LISTABLE_ACTS
from chalicelib.policy.reading import parsing
from chalicelib.policy.worktime import Budget, bounded
from tests.kernel.policy.faulty_policies.faulty import faulty

ACTS = sorted(LISTABLE_ACTS - {"note"})


def of_first_state(acts: dict[str, Any], kinds: Sequence[str] = ("goods", "service")) -> int:
    """The counted steps from the state after filing, in a policy whose only stage with acts has these."""
    document = {**faulty("stages", {"registered": acts, "end": {}}), "clocks": {}, "tasks": {}}
    document["intake"]["categories"] = {"kind": [*kinds]}
    parsed = parsing.parse(document)
    model = Model.of(parsed, DefinedNames.of(parsed))
    state = next(model.filed())
    with bounded(Budget(1_000_000)) as budget:
        list(Steps(model).after(state))
    return budget.spent


def closed_acts(count: int) -> dict[str, Any]:
    """Acts that no state opens."""
    return {name: {"by": "ann", "to": "end", "when": {"reachable": "no"}} for name in ACTS[:count]}


def act_with_targets(count: int) -> dict[str, Any]:
    targets = [{"when": {"severity": "low"}, "stage": "end"}] * count
    return {"inspect": {"by": "ann", "to": [*targets, {"stage": "registered"}]}}


def of_event(clocks: int, variables: int) -> int:
    """The counted steps of an event that moves none of the clocks, in a case of so many variables."""
    clock = {"from": "accepted", "until": "decided", "within": "1 day", "missed": {"act": "decide"}}
    document = faulty("clocks", {f"c{number}": clock for number in range(clocks)})
    model = ClockModel.of(parsing.parse(document))
    with bounded(Budget(1_000_000)) as budget:
        model.after(model.moves("inspected"), {f"v{number}": "none" for number in range(variables)})
    return budget.spent


def test_twice_the_acts_of_a_stage_take_twice_the_steps() -> None:
    assert of_first_state(closed_acts(10)) - of_first_state(closed_acts(5)) == 5


def test_twice_the_targets_of_an_act_take_about_twice_the_steps() -> None:
    assert of_first_state(act_with_targets(200)) >= 1.8 * of_first_state(act_with_targets(100)) > 0


def test_twice_the_values_that_an_act_can_give_take_about_twice_the_steps() -> None:
    acts = {
        "classify": {"by": "ann", "needs": "kind"},
        "close": {"by": "ann", "to": "end", "when": {"kind": "k0"}, "after": "inspected"},
    }
    few, many = ([f"k{number}" for number in range(count)] for count in (100, 200))
    assert of_first_state(acts, many) >= 1.8 * of_first_state(acts, few) > 0


def test_twice_the_clocks_that_an_event_leaves_take_twice_the_steps() -> None:
    assert (of_event(20, 0), of_event(40, 0)) == (20, 40)


def test_twice_the_variables_of_a_case_take_about_twice_the_steps() -> None:
    assert of_event(20, 160) >= 1.8 * of_event(20, 80) > 0
