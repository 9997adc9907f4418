"""Faults of where clocks count from, one each, for the table in `fault_cases`."""

from __future__ import annotations

from typing import Any

from tests.kernel.policy.faulty_policies.fault_cases_limitation import LIMITATION

_CLOCK = "clocks/promised"
_EXTEND = "stages/open/extend"
_PROMISE = "stages/open/promise"


def clock(**keys: Any) -> dict[str, Any]:
    return {"from": "accepted", "until": "decided", "within": "2 days", "missed": "record", **keys}


def extend(**keys: Any) -> dict[str, Any]:
    return {"by": "ann", "needs": ["clock", "until"], **keys}


COUNTING: dict[str, tuple[str, Any, str, str]] = {
    **LIMITATION,
    "a start that is moved to any day": (_CLOCK, clock(starts="next day"), f"{_CLOCK}/starts", "wrong-kind"),
    "a start that is moved by a flag": (_CLOCK, clock(starts=True), f"{_CLOCK}/starts", "wrong-kind"),
    "a start that is moved for nothing": (
        f"{_CLOCK}/starts",
        "next working day",
        f"{_CLOCK}/starts",
        "counts-nothing",
    ),
    "a clock from a fact that is a text": (
        _CLOCK,
        clock(**{"from": {"fact": "content"}}),
        f"{_CLOCK}/from/fact",
        "no-public-time",
    ),
    "a clock from no fact": (_CLOCK, clock(**{"from": {"fact": "moon"}}), f"{_CLOCK}/from/fact", "no-public-time"),
    "a clock from a fact and an event": (
        _CLOCK,
        clock(**{"from": ["accepted", {"fact": "when"}]}),
        f"{_CLOCK}/from",
        "fact-not-alone",
    ),
    "a clock from two facts": (
        _CLOCK,
        clock(**{"from": [{"fact": "when"}, {"fact": "when"}]}),
        f"{_CLOCK}/from",
        "fact-not-alone",
    ),
    "a clock from the fact of another event": (
        _CLOCK,
        clock(**{"from": {"event": "accepted", "fact": "when"}}),
        f"{_CLOCK}/from",
        "fact-not-alone",
    ),
    "a clock from a list of facts": (
        _CLOCK,
        clock(**{"from": {"fact": ["when"]}}),
        f"{_CLOCK}/from/fact",
        "wrong-kind",
    ),
    "a stated clock from a fact": (
        _CLOCK,
        {"from": {"fact": "when"}, "until": "decided", "stated": "when", "missed": "record"},
        f"{_CLOCK}/from",
        "counts-nothing",
    ),
    "a clock that follows no unit": (_CLOCK, clock(follows_unit=True), f"{_CLOCK}/follows_unit", "follows-no-unit"),
    "a clock that follows a text": (
        _CLOCK,
        clock(follows_unit="north", calendar="unit"),
        f"{_CLOCK}/follows_unit",
        "wrong-kind",
    ),
    "a clock that follows a number": (
        _CLOCK,
        clock(follows_unit=1, calendar="unit"),
        f"{_CLOCK}/follows_unit",
        "wrong-kind",
    ),
    "a total that is no limit": (_EXTEND, extend(most_total="long"), f"{_EXTEND}/most_total", "no-limit"),
    "a total without end": (_EXTEND, extend(most_total="none"), f"{_EXTEND}/most_total", "total-without-end"),
    "a total of an extension of no clock": (
        _EXTEND,
        {"by": "ann", "takes": "amount", "sets": {"big": "yes"}, "most_total": "9 days"},
        f"{_EXTEND}/most_total",
        "total-of-nothing",
    ),
    "a total of another act": (
        "stages/open/assign/most_total",
        "9 days",
        "stages/open/assign/most_total",
        "no-effect",
    ),
    "a total that is a list": (
        _PROMISE,
        {"by": "ann", "needs": "until", "most_total": []},
        f"{_PROMISE}/most_total",
        "wrong-kind",
    ),
}
