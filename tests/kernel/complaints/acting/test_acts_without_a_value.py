"""An act is offered if the case allows a value for each choice that it needs. Who tries it then is told the field."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import given

from chalicelib.complaints import fields
from chalicelib.complaints.acting import acts, open_acts
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.condition_context import field_case
from chalicelib.complaints.fields import FieldSpec
from chalicelib.complaints.rights.permits import COMPLAINANT, ActRequest, Asker
from chalicelib.kit.instants import HOUR, Instant, to_text
from chalicelib.kit.problem import Problem
from chalicelib.policy import presets
from chalicelib.policy.language.stages import Act
from tests.helpers.searches import searching
from tests.kernel.complaints import play
from tests.kernel.complaints.play import Life
from tests.kernel.complaints.small_procedure import Case, policy

UNITS = {
    "choices": {"north": {"en": "North", "when": {"has": "south"}}, "south": {"en": "South", "when": {"has": "north"}}}
}
PASSING_ON: dict[str, Any] = {
    "fields": {
        "has": {
            "kind": "choice",
            "choices": {"north": {"en": "North"}, "south": {"en": "South"}, "shop": {"en": "Shop"}},
        },
        "to": {"kind": "choice", **UNITS},
        "others": {"kind": "choices", **UNITS},
        "where_possible": {"kind": "choice", "required": {"when": {"has": ["north", "south"]}}, **UNITS},
        "agreed": {"kind": "flag", "choices": {"yes": {"en": "Yes", "when": {"has": "north"}}}},
    },
    "stages": {
        "open": {
            "assign": {"by": "agent", "needs": "has", "sets": {"has": "field.has"}},
            "forward": {"by": "agent", "needs": "to"},
            "notify": {"by": "agent", "needs": "others"},
            "reply": {"by": "agent", "takes": ["to", "where_possible"]},
            "inspect": {"by": "agent", "needs": "agreed"},
            "decide": {"by": ["agent", "manager"], "to": "done"},
        }
    },
}


def had_by(unit: str) -> Case:
    case = Case(policy(PASSING_ON))
    case.act("assign", has=unit)
    return case


@pytest.mark.parametrize("act", ["forward", "notify"])
@pytest.mark.parametrize(("unit", "offered"), [("north", True), ("south", True), ("shop", False)])
def test_an_act_is_offered_if_a_choice_that_it_needs_has_a_value(unit: str, offered: bool, act: str) -> None:
    case = had_by(unit)

    assert (act in case.open_to()) is offered
    assert (act in open_acts.open_to_anybody(case.policy, case.complaint)) is offered


@pytest.mark.parametrize("act", ["reply", "inspect", "decide"])
def test_an_act_whose_choice_may_be_left_out_is_always_offered(act: str) -> None:
    assert act in had_by("shop").open_to()


@pytest.mark.parametrize(("act", "field"), [("forward", "to"), ("notify", "others")])
def test_who_does_such_an_act_is_told_the_field(act: str, field: str) -> None:
    with pytest.raises(Problem) as refused:
        had_by("shop").act(act, **{field: "north"})

    assert (refused.value.kind, [one.pointer for one in refused.value.places]) == ("invalid", [f"/fields/{field}"])


REFUSING: dict[str, Any] = {
    "fields": {"known": {"kind": "flag"}},
    "intake": {
        "channels": {"phone": {"en": "Phone"}},
        "first": "open",
        "refusals": {"twice": {"en": "We have it already", "when": {"known": "yes"}}},
    },
    "stages": {
        "open": {
            "inspect": {"by": "agent", "needs": "known", "sets": {"known": "field.known"}},
            "refuse": {"by": "agent", "to": "done", "needs": "ground"},
            "decide": {"by": ["agent", "manager"], "to": "done"},
        }
    },
}


@pytest.mark.parametrize("known", [True, False])
def test_a_refusal_is_offered_if_a_ground_applies(known: bool) -> None:
    case = Case(policy(REFUSING))
    case.act("inspect", known=known)

    assert ("refuse" in case.open_to()) is known


TRIES = 4
"""Requests with a value, each with the fields that the one before lacked."""


@pytest.mark.slow
@searching(400)
@given(play.lives(tuple(presets.names())))
def test_each_choice_that_an_offered_act_of_a_preset_needs_has_a_value_that_is_accepted(
    lived: tuple[Life, Instant],
) -> None:
    life, now = lived
    life.wait(now)
    stage = life.policy.document.stages[life.complaint.stage]
    for asker in (*play.staff(life.policy), COMPLAINANT):
        for name in open_acts.open_to(life.policy, life.complaint, asker):
            for one in needed_choices(life, stage.acts[name]) if name in stage.acts else []:
                assert is_accepted(life, asker, name, one, now), (life.complaint.stage, name, one.name)


def needed_choices(life: Life, act: Act) -> list[FieldSpec]:
    case = field_case(life.policy, life.complaint, (*act.needs, *act.takes))
    found = fields.specs(life.policy, fields.by_hand(life.policy, act), case)
    return [one for one in found if one.required and one.kind in ("choice", "choices")]


def is_accepted(life: Life, asker: Asker, act: str, one: FieldSpec, now: Instant) -> bool:
    """Whether a request with one of its values and values for the other fields meets no fault at this field."""
    form = open_acts.form(life.policy, life.complaint, asker, act)
    others = [other for other in form if other.name != one.name]
    return any(
        f"/fields/{one.name}" not in faults(life, asker, act, {one.name: value, **given}, others, now)
        for value in _values(one, now)
        for given in _given([other for other in others if other.required], now)
    )


def faults(
    life: Life, asker: Asker, act: str, given: dict[str, Any], others: list[FieldSpec], now: Instant
) -> list[str]:
    """The places of the faults of the request, after it was given each field that it lacks."""
    found: list[str] = []
    for _ in range(TRIES):
        try:
            acts.decide(Flow(life.policy, life.complaint), ActRequest(act, given), asker, now)
        except Problem as problem:
            found = [place.pointer for place in problem.places]
        else:
            return []
        lacking = [other for other in others if f"/fields/{other.name}" in found and other.name not in given]
        if not lacking:
            return found
        given = {**given, **{other.name: next(iter(_values(other, now))) for other in lacking}}
    return found


def _given(needed: list[FieldSpec], now: Instant) -> Iterator[dict[str, Any]]:
    for values in product(*(_values(other, now) for other in needed)):
        yield dict(zip((other.name for other in needed), values, strict=True))


def _values(one: FieldSpec, now: Instant) -> list[Any]:
    known: dict[str, list[Any]] = {
        "choice": list(one.choices),
        "choices": [[choice] for choice in one.choices],
        "flag": [True, False],
        "conditions": [dict.fromkeys(one.choices, ticked) for ticked in (True, False)],
        "people": [["sub-all"]],
        "number": [100],
        "time": [to_text(now + (HOUR if one.fact.tense == "future" else 0))],
        "date": [to_text(now)[:10]],
        "phone": ["00000000000"],
        "email": ["somebody@example.com"],
    }
    return known.get(one.kind, ["内容"])
