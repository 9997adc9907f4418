"""An act by time is possible in some case in which its clock is due."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.policy.checks.document import check
from chalicelib.policy.reading.faults import PolicyFault
from tests.unit.policy.faulty import faulty

_CLOSING = {"by": "ann", "to": "end"}
_CLOSE, _DECIDE = {"act": "close"}, {"act": "decide", "fields": {"verdict": "void"}}


def changed(missed: dict[str, Any], **places: Any) -> dict[str, Any]:
    """`places`: the value of each place, whose steps are joined by `__`."""
    document = faulty("name", "好")
    for place, value in places.items():
        *way, last = place.split("__")
        holder = document
        for step in way:
            holder = holder.setdefault(step, {})
        holder[last] = value
    document["clocks"]["decision"]["missed"] = missed
    return document


def prevented(document: dict[str, Any]) -> list[tuple[str, str]]:
    """The place of each fault, and what the fault says of each stage."""
    try:
        check(document)
    except PolicyFault as fault:
        return [(one.pointer, str(one.values.get("case", one))) for one in fault.faults]
    return []


def closing(**said: Any) -> dict[str, Any]:
    return {**_CLOSING, **said}


def option(when: dict[str, Any]) -> dict[str, Any]:
    return {"valid": {"zh": "是"}, "void": {"zh": "否", "when": when}}


PREVENTED = {
    "its own clock is not over yet": (
        changed(_CLOSE, stages__open__close=closing(when={"clock.decision": ["missed", "met"]})),
        "open (clock.decision)",
    ),
    "a stage in which the clock rests": (
        changed(_CLOSE, stages__open__close=_CLOSING, clocks__decision__paused_in="open"),
        "open (stage)",
    ),
    "a stage before the clock starts": (changed(_CLOSE, stages__registered__close=_CLOSING), "registered (stage)"),
    "a channel without the clock": (
        changed(
            _CLOSE, stages__open__close=closing(when={"channel": "phone"}), clocks__decision__when={"channel": "letter"}
        ),
        "open (channel)",
    ),
    "a choice for another stage": (
        changed(_DECIDE, fields__verdict__choices=option({"stage": "registered"})),
        "open (verdict)",
    ),
    "a choice that its other field excludes": (
        changed(
            {"act": "decide", "fields": {"verdict": "void", "open_case": True}},
            fields__open_case={"zh": "x", "kind": "flag"},
            fields__verdict__choices=option({"open_case": "no"}),
            stages__open__decide__takes=["verdict", "amount", "open_case"],
        ),
        "open (verdict)",
    ),
    "a ground that needs more": (
        changed(
            {"act": "refuse", "fields": {"ground": "late"}},
            clocks__decision={"from": "registered", "until": ["accepted", "refused"], "within": "2 days"},
            intake__refusals={"late": {"zh": "超期", "needs": "amount"}},
        ),
        "registered (amount)",
    ),
}
POSSIBLE = {
    "while it runs": changed(_CLOSE, stages__open__close=closing(when={"clock.decision": "running"})),
    "after another clock": changed(_CLOSE, stages__open__close=closing(when={"clock.promised": "missed"})),
    "in one of two stages": changed(
        _CLOSE, stages__open__close=_CLOSING, stages__registered__close=closing(when={"clock.decision": "missed"})
    ),
    "in a later stage": changed(
        _CLOSE,
        stages__open__forward={"by": "ann", "to": "late"},
        stages__late={"close": _CLOSING, "assign": {"by": "bob", "needs": "who"}},
    ),
}


@pytest.mark.parametrize("what", PREVENTED)
def test_an_act_by_time_is_a_fault_where_every_stage_prevents_it(what: str) -> None:
    document, case = PREVENTED[what]

    assert prevented(document) == [("/clocks/decision/missed/act", case)]


@pytest.mark.parametrize("what", POSSIBLE)
def test_an_act_by_time_may_depend_on_the_case(what: str) -> None:
    assert prevented(POSSIBLE[what]) == []
