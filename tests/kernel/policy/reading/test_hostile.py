"""Documents that mean harm by their size: a fault at a place, within two seconds."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.complaints.trial.examples import check_publishable
from chalicelib.policy.language.vocabulary import LISTABLE_ACTS
from chalicelib.policy.reading.faults import PolicyFault
from tests.helpers.nonempty import nonempty
from tests.helpers.searches import at_night_unless
from tests.kernel.policy.faulty_policies.faulty import GOOD, faulty

ACTS = sorted(LISTABLE_ACTS)


def many(most: int) -> list[str]:
    return [f"v{number}" for number in range(most)]


def stages(count: int, acts: int) -> dict[str, Any]:
    return {f"s{n}": {act: {"by": "eve", "to": f"s{n + 1}"} for act in ACTS[:acts]} for n in range(count)}


def categories(dimensions: int, values: int) -> dict[str, Any]:
    document = faulty("intake/categories", {f"d{n}": many(values) for n in range(dimensions)})
    when = {f"d{n}": "v0" for n in range(dimensions)}
    document["clocks"]["decision"]["within"] = [{"when": when, "limit": "1 day"}]
    return document


def busy(clocks: int, examples: int) -> dict[str, Any]:
    """Every clock is missed and escalates, in every example."""
    clock = {"from": "registered", "until": "decided", "within": "1 second", "warn": ["50 %", "60 %", "70 %"]}
    given = {"channel": "phone", "facts": {"size": "s"}, "severity": "low"}
    example = {
        "given": given,
        "events": {"registered": "2026-01-01T09:00"},
        "now": "2026-12-31T09:00",
        "then": {"tier": 9},
    }
    document = faulty("clocks", {f"c{number}": clock for number in range(clocks)})
    document["examples"] = [example] * examples
    document["tiers"] = [{"roles": ["ann", "bob"], "within": "1 second"}] * 20
    return document


def omitted(stages: int, acts: int) -> dict[str, Any]:
    """A long chain of acts that ask for combinations of 16,384 cases."""
    document = faulty("intake/categories", {f"d{n}": ["a", "b", "c"] for n in range(7)} | {"kind": ["goods"]})
    document["stages"] = {
        f"s{number}": {
            name: {
                "by": "ann",
                "to": f"s{(number * 7 + position) % stages}",
                "when": {f"d{position % 7}": ["a", "none"], f"d{number % 7}": ["a", "b", "none"]},
            }
            for position, name in enumerate(ACTS[:acts])
        }
        for number in range(stages)
    }
    document["intake"]["first"] = "s0"
    return document


BAND = {"zh": "数", "kind": "number", "bands": {f"b{n}": {"most": n} for n in range(20)}}
PLANT = {"timezone": "Europe/Berlin", "holidays": "DE", "hours": {"mon-fri": ["09:00-17:00"]}}
CLOSED = {**PLANT, "closed": [f"20{year:02}-{month:02}-01" for year in range(79) for month in range(1, 13)]}
TARGETS = [{"when": {"kind": "goods", "severity": "low"}, "stage": "end"}] * 2_500
LIMITS = [{"when": {"kind": many(8), "severity": "low"}, "limit": "1 day"}] * 2_000
SAME = {"by": "eve", "to": "end", "needs": "pick", "sets": {"flag": "field.pick"}}
HOSTILE: dict[str, Callable[[], Any]] = {
    "a hundred thousand brackets": lambda: "a: " + "[" * 100_000,
    "aliases of aliases": lambda: (
        "k0: &k0 [a, b]\n" + "\n".join(f"k{n}: &k{n} [*k{n - 1}, *k{n - 1}]" for n in range(1, 40))
    ),
    "merged maps of merged maps": lambda: (
        "m0: &m0 {a: 1}\n" + "\n".join(f"m{n}: &m{n} {{<<: [*m{n - 1}, *m{n - 1}], k{n}: 1}}" for n in range(1, 200))
    ),
    "thousands of anchors": lambda: "\n".join(f"k{n}: &a{n} 1" for n in range(4_000)),
    "eighty thousand lines of one text": lambda: "a: b" + "\n b" * 80_000,
    "a flag of six thousand values": lambda: {
        **faulty("fields/pick", {"zh": "选", "kind": "choice", "choices": many(6_000)}),
        "stages": {f"s{n}": dict.fromkeys(ACTS[:6], SAME) for n in range(100)},
    },
    "four thousand values of a condition": lambda: {
        **faulty("intake/categories", {"d": many(4_500)}),
        "clocks": {
            "c": {"from": "registered", "until": "x", "within": [{"when": {"d": many(4_500)}, "limit": "1 day"}]}
        },
    },
    "twenty-thousand closed days": lambda: faulty("calendar/closed", [f"20{n:05}" for n in range(20_000)]),
    "ten thousand stages": lambda: faulty("stages", stages(10_000, 1)),
    "a thousand stages": lambda: faulty("stages", stages(1_000, 4)),
    "two hundred stages of all acts": lambda: faulty("stages", stages(200, 12)),
    "two thousand conditions of values": lambda: faulty("clocks/decision/within", LIMITS),
    "a thousand limits of few values": lambda: faulty("clocks/decision/within", LIMITS[:1_000]),
    "cases beyond number": lambda: categories(40, 20),
    "nineteen thousand values of one category": lambda: categories(1, 19_000),
    "a hundred busy clocks": lambda: busy(100, 100),
    "ten busy clocks": lambda: busy(10, 100),
    "a hundred busy clocks in one example": lambda: busy(100, 1),
    "ten thousand wrong values": lambda: faulty("wording", {f"w{n}": n for n in range(10_000)}),
    "ten thousand unknown keys": lambda: {**GOOD, **{f"k{n}": n for n in range(10_000)}},
    "ten thousand placeholders": lambda: faulty("wording/result/en", "{x}" * 10_000),
    "endless names": lambda: faulty("stages/open/decide/by", ["e" * 2_000] * 100),
    "a megabyte of one text": lambda: faulty("wording/result/en", "x" * 1_000_000),
    "five megabytes": lambda: "language: 1\nname: " + "x" * 5_000_000,
    "a key ten thousand times": lambda: "a: 1\n" * 10_000,
    "twenty calendars": lambda: faulty("calendars", {f"c{n}": PLANT for n in range(20)}),
    "ten calendars of a thousand days": lambda: faulty(
        "calendars", {f"c{n}": {**CLOSED, "swapped": "sun"} for n in range(10)}
    ),
    "three hundred numbers without an end": lambda: faulty("fields", {f"n{number}": BAND for number in range(300)}),
    "nine thousand bands": lambda: faulty("fields/amount/bands", {f"b{n}": {} for n in range(9_000)}),
    "a few thousand targets": lambda: faulty("stages/open/decide/to", TARGETS),
    "twenty targets of every act": lambda: faulty(
        "stages/open", {act: {"by": "eve", "to": TARGETS[:20]} for act in ACTS}
    ),
    "two hundred stages that ask for what was omitted": lambda: omitted(200, 5),
    "thirty stages that ask for what was omitted": lambda: omitted(30, 35),
    "an act by time with nine thousand fields": lambda: faulty(
        "clocks/decision/missed", {"act": "decide", "fields": {f"f{n}": n for n in range(9_000)}}
    ),
    "exclusions without end": lambda: faulty("stages/open/decide/by", [{"role": "ann", "not": many(9_000)}]),
    "wide and deep": lambda: faulty("name", [[[[many(4_000)]]]] * 4),
}


WAYS = [
    pytest.param(what, as_text, marks=at_night_unless(place % 2 == as_text))
    for place, what in enumerate(HOSTILE)
    for as_text in (False, True)
]
"""By day each document in one of the two ways, at night in both."""


@pytest.mark.parametrize(("what", "as_text"), WAYS)
def test_a_hostile_document_is_a_fault_within_two_seconds(what: str, as_text: bool) -> None:
    document = HOSTILE[what]()
    given = json.dumps(document) if as_text and not isinstance(document, str) else document
    began = time.process_time()

    with pytest.raises(PolicyFault) as caught:
        check_publishable(given)

    assert time.process_time() - began < 2
    assert 0 < len(caught.value.faults) <= 100
    assert all(len(fault.pointer) < 2_000 and len(fault.text("en")) < 5_000 for fault in nonempty(caught.value.faults))
