"""A choice's `when` is evaluated on the act's own values too: a sanction depends on the outcome of the decision."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.acting import open_acts
from chalicelib.kit.problem import Problem
from tests.kernel.complaints.small_procedure import AGENT, Case, policy

SANCTIONED = {
    "fields": {
        "outcome": {"kind": "choice", "choices": {"upheld": {"en": "Upheld"}, "rejected": {"en": "Rejected"}}},
        "loss": {"kind": "number", "bands": {"small": {"most": 500}, "large": {}}},
        "sanctions": {
            "kind": "choices",
            "choices": {
                "warning": {"en": "Warning", "when": {"outcome": "upheld"}},
                "fine": {"en": "Fine", "when": {"outcome": "upheld", "loss": "large"}},
            },
        },
    },
    "stages": {
        "open": {
            "decide": {"by": ["agent", "manager"], "to": "done", "needs": "outcome", "takes": ["loss", "sanctions"]}
        }
    },
}


def places(**fields: Any) -> list[str]:
    with pytest.raises(Problem) as refused:
        Case(policy(SANCTIONED)).act("decide", **fields)
    return [place.pointer for place in refused.value.places]


def test_a_choice_is_allowed_by_another_value_of_the_act() -> None:
    assert Case(policy(SANCTIONED)).act("decide", outcome="upheld", sanctions=["warning"]).stage == "done"


def test_a_choice_is_refused_with_its_place_by_another_value_of_the_act() -> None:
    assert places(outcome="rejected", sanctions=["warning"]) == ["/fields/sanctions"]


@pytest.mark.parametrize("loss", [{}, {"loss": 500}])
def test_a_choice_can_ask_for_the_band_of_the_acts_own_number(loss: dict[str, int]) -> None:
    assert places(outcome="upheld", sanctions=["fine"], **loss) == ["/fields/sanctions/0"]
    assert Case(policy(SANCTIONED)).refusal("decide", outcome="upheld", sanctions=["fine"], loss=501) is None


def test_a_value_of_the_wrong_kind_is_named_first() -> None:
    assert places(outcome="upheld", loss="much", sanctions=["fine"]) == ["/fields/loss"]


def test_the_form_offers_the_choices_that_some_value_of_the_act_allows() -> None:
    case = Case(policy(SANCTIONED))

    shown = {spec.name: spec.choices for spec in open_acts.form(case.policy, case.complaint, AGENT, "decide")}

    assert shown["sanctions"] == ("warning", "fine")


def test_an_act_without_the_other_value_has_no_such_choice() -> None:
    """Without `outcome` among its fields, the value is `none`."""
    inspect = {"inspect": {"by": "agent", "takes": "sanctions"}}
    stages = {"open": {**SANCTIONED["stages"]["open"], **inspect}}

    assert Case(policy({**SANCTIONED, "stages": stages})).refusal("inspect", sanctions=["warning"]) == "invalid"


ASKING: dict[str, Any] = {
    "fields": {
        "asked": {
            "kind": "choice",
            "choices": {
                "north": {"en": "North", "when": {"clock.north": ["none", "met", "missed"]}},
                "south": {"en": "South"},
            },
        }
    },
    "clocks": {
        "north": {
            "from": {"notified": {"asked": "north"}},
            "until": "replied",
            "within": "90 minutes",
            "missed": "record",
        }
    },
    "stages": {
        "open": {
            "notify": {"by": "agent", "needs": "asked"},
            "reply": {"by": "agent"},
            "decide": {"by": ["agent", "manager"], "to": "done"},
        }
    },
}


def asking(*before: str) -> Case:
    case = Case(policy(ASKING))
    for name in before:
        case.act(
            "notify" if name in ("north", "south") else name, **({"asked": name} if name in ("north", "south") else {})
        )
    return case


def offered(case: Case) -> tuple[str, ...]:
    [asked] = open_acts.form(case.policy, case.complaint, AGENT, "notify")
    return asked.choices


@pytest.mark.parametrize(
    ("before", "possible"),
    [((), True), (("south",), True), (("north",), False), (("north", "south"), False), (("north", "reply"), True)],
)
def test_a_choice_asks_for_the_state_of_a_clock(before: tuple[str, ...], possible: bool) -> None:
    case = asking(*before)
    assert ("north" in offered(case)) is possible
    assert (case.refusal("notify", asked="north") is None) is possible


def test_a_choice_that_a_clock_forbids_is_refused_with_its_place() -> None:
    with pytest.raises(Problem) as refused:
        asking("north").act("notify", asked="north")
    assert [(one.pointer, one.detail) for one in refused.value.places] == [("/fields/asked", "must be one of: South")]
