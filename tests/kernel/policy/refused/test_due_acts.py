"""An act by time is possible in some case in which its clock is due."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.policy.checks.document import check
from chalicelib.policy.reading.faults import PolicyFault
from tests.kernel.policy.faulty_policies.faulty import GONE, faulty

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
        if value is GONE:
            del holder[last]
        else:
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


def required(when: dict[str, Any]) -> dict[str, Any]:
    return {"zh": "数", "kind": "number", "required": {"when": when}}


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
    "a field that its other field requires": (
        changed(_DECIDE, fields__amount=required({"verdict": "void"})),
        "open (amount)",
    ),
    "a field that the band of its other field requires": (
        changed(
            {"act": "decide", "fields": {"verdict": "void", "sum": 700}},
            fields__sum={"zh": "x", "kind": "number", "bands": [{"name": "small", "most": 500}, {"name": "large"}]},
            fields__amount=required({"sum": "large"}),
            stages__open__decide__takes=["verdict", "amount", "sum"],
        ),
        "open (amount)",
    ),
    "a field that is required without the other": (
        changed({"act": "decide"}, fields__amount=required({"verdict": "none"})),
        "open (amount)",
    ),
    "a field that each class of the clock requires": (
        changed(
            _DECIDE,
            fields__amount=required({"severity": "high", "verdict": "void"}),
            clocks__decision__when={"severity": "high"},
        ),
        "open (amount)",
    ),
    "a flag that only an act of a later stage sets": (
        changed(_CLOSE, stages__open__close=closing(when={"done": "yes"})),
        "open (done)",
    ),
    "a flag that no act before sets to this value": (
        changed(
            _CLOSE,
            stages__open__close=closing(when={"urgent": "yes"}),
            stages__registered__accept__sets={"urgent": "no"},
            stages__registered__refuse={"by": "ann", "to": "aside", "needs": "ground"},
            stages__aside={"park": closing(sets={"urgent": "yes"})},
        ),
        "open (urgent)",
    ),
    "a flag that starts the clock and that no act changes while it runs": (
        changed(
            _CLOSE,
            stages__open__close=closing(when={"urgent": "no"}),
            stages__registered__classify__sets={"urgent": "yes"},
            stages__registered__inspect={"by": "ann", "sets": {"urgent": "no"}},
            clocks__decision__when={"urgent": "yes"},
        ),
        "open (urgent)",
    ),
    "a class without the clock": (
        changed(
            _CLOSE,
            stages__open__close=closing(when={"severity": "low"}),
            clocks__decision__when={"severity": "high"},
        ),
        "open (severity)",
    ),
    "a class to which age raises no case": (
        changed(
            _CLOSE,
            stages__open__close=closing(when={"severity": "high"}),
            severity__ageing=[],
            clocks__decision__when={"severity": "low"},
            stages__open__decide__approval=GONE,
        ),
        "open (severity)",
    ),
    "a category that is corrected before the clock only": (
        changed(
            _CLOSE,
            stages__open__close=closing(when={"kind": "goods"}),
            stages__registered__classify__takes=["kind"],
            clocks__decision__when={"kind": "service"},
        ),
        "open (kind)",
    ),
}
_RATED = {"by": "ann", "takes": "good", "sets": {"done": "field.good"}}
POSSIBLE = {
    "with a field that it gives because another requires it": changed(
        {"act": "decide", "fields": {"verdict": "void", "amount": 0}}, fields__amount=required({"verdict": "void"})
    ),
    "without a field that its other field does not require": changed(
        _DECIDE, fields__amount=required({"verdict": "valid"})
    ),
    "without a field that some classes of the clock require": changed(
        _DECIDE, fields__amount=required({"severity": "high"})
    ),
    "without a field that a flag requires which the act's own field hides": changed(
        {"act": "decide", "fields": {"verdict": "void"}},
        fields__done={"zh": "x", "kind": "flag"},
        fields__amount=required({"done": "yes"}),
        stages__open__decide__takes=["verdict", "amount", "done"],
        stages__registered__accept__sets={"done": "yes"},
    ),
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
    "with a flag that an earlier stage sets": changed(
        _CLOSE,
        stages__open__close=closing(when={"urgent": "yes"}),
        stages__registered__accept__sets={"urgent": "yes"},
    ),
    "with a flag that nothing has set": changed(_CLOSE, stages__open__close=closing(when={"done": "none"})),
    "with a flag that a field of the same stage gives": changed(
        _CLOSE,
        fields__good={"zh": "x", "kind": "flag"},
        stages__open__inspect=_RATED,
        stages__open__close=closing(when={"done": "no"}),
    ),
    "with a flag that changes while the clock runs": changed(
        _CLOSE,
        stages__open__close=closing(when={"urgent": "no"}),
        stages__registered__accept__sets={"urgent": "yes"},
        stages__open__inspect={"by": "ann", "sets": {"urgent": "no"}},
        clocks__decision__when={"urgent": "yes"},
    ),
    "with a flag that is set after the case is opened again": changed(
        _CLOSE,
        stages__open__close=closing(when={"done": "yes"}),
        stages__end={"reopen": {"by": "ann", "to": "open"}},
        clocks__decision={"from": "reopened", "until": "decided", "within": "2 days"},
    ),
    "with a flag of a stage that duplicates leave when they are closed": changed(
        _CLOSE,
        stages__open__close=closing(to="shut"),
        stages__shut={"close": closing(when={"urgent": "yes"}), "archive": _CLOSING},
        stages__registered__refuse=closing(needs="ground", to="aside"),
        stages__aside={"note": {"by": "ann", "sets": {"urgent": "yes"}}, "park": _CLOSING},
        clocks__decision={"from": "closed", "until": "decided", "within": "2 days"},
    ),
    "in a class of the clock": changed(
        _CLOSE, stages__open__close=closing(when={"severity": "low"}), clocks__decision__when={"severity": "low"}
    ),
    "in a class to which age raises the case": changed(
        _CLOSE, stages__open__close=closing(when={"severity": "high"}), clocks__decision__when={"severity": "low"}
    ),
    "in a class that the stage corrects": changed(
        _CLOSE,
        stages__open__close=closing(when={"severity": "low"}),
        stages__open__classify={"by": "ann", "needs": "severity"},
        clocks__decision__when={"severity": "high"},
    ),
    "in a class that the filing chose": changed(_CLOSE, stages__open__close=closing(when={"severity": "low"})),
    "with an own field of a flag's name": changed(
        {"act": "decide", "fields": {"verdict": "void", "done": True}},
        fields__done={"zh": "x", "kind": "flag"},
        fields__verdict__choices=option({"done": "yes"}),
        stages__open__decide__takes=["verdict", "amount", "done"],
        stages__open__decide__sets={"done": "field.done"},
    ),
}


@pytest.mark.parametrize("what", PREVENTED)
def test_an_act_by_time_is_a_fault_where_every_stage_prevents_it(what: str) -> None:
    document, case = PREVENTED[what]

    assert prevented(document) == [("/clocks/decision/missed/act", case)]


@pytest.mark.parametrize("what", POSSIBLE)
def test_an_act_by_time_may_depend_on_the_case(what: str) -> None:
    assert prevented(POSSIBLE[what]) == []
