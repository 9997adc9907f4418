"""Short forms mean what their full forms mean."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.policy import presets, publishing
from chalicelib.policy.compiled import compile_policy
from chalicelib.policy.reading.faults import PolicyFault
from tests.kernel.policy.faulty_policies.faulty import GOOD, faulty

PLANT = {"timezone": "Europe/Berlin", "hours": {"mon-fri": ["09:00-17:00"]}}
LOW, HIGH = {"severity": "low"}, {"severity": "high"}
FORMS: dict[str, tuple[str, Any, Any]] = {
    "one excluded event": (
        "stages/open/decide/by",
        {"role": "ann", "not": "accepted"},
        [{"role": "ann", "of": "any", "not": ["accepted"]}],
    ),
    "an approver by record": (
        "stages/open/decide/approval",
        {"role": "bob", "same": "accepted"},
        {"by": [{"role": "bob", "not": [], "same": "accepted"}], "when": {}},
    ),
    "an approver by name": ("stages/open/decide/approval", "bob", {"by": ["bob"], "when": {}}),
    "an assignment by record": (
        "stages/open/assign/assigns/ann",
        {"field": "who", "not": "accepted"},
        {"field": "who", "not": ["accepted"], "same": None},
    ),
    "a printed form": (
        "forms",
        {"order": {"en": "Order", "by": "ann", "sections": [{"zh": "一", "lines": "amount"}]}},
        {
            "order": {
                "name": {"zh": "Order", "en": "Order"},
                "by": [{"role": "ann", "of": "any"}],
                "sections": [
                    {
                        "name": {"zh": "一", "en": "一"},
                        "lines": [{"shows": "amount", "name": None, "on": [], "all": False}],
                    }
                ],
            }
        },
    ),
    "a line of a printed form": (
        "forms",
        {
            "order": {
                "zh": "单",
                "sections": [{"lines": [{"zh": "数", "shows": "amount", "on": "decided", "all": True}]}],
            }
        },
        {
            "order": {
                "name": {"zh": "单", "en": "单"},
                "by": None,
                "sections": [
                    {
                        "name": None,
                        "lines": [
                            {
                                "shows": "amount",
                                "name": {"zh": "数", "en": "数"},
                                "on": [{"event": "decided", "fields": {}}],
                                "all": True,
                            }
                        ],
                    }
                ],
            }
        },
    ),
    "targets": (
        "stages/open/decide/to",
        [{"when": LOW, "stage": "end"}, {"when": HIGH, "stage": "registered"}],
        [{"when": {"severity": ["low"]}, "stage": "end"}, {"when": {"severity": ["high"]}, "stage": "registered"}],
    ),
    "a single target": ("stages/open/decide/to", "end", "end"),
    "bands": (
        "fields/amount/bands",
        {"small": {"most": 5}, "large": {}},
        [{"name": "small", "most": 5}, {"name": "large", "most": None}],
    ),
    "a fact required on a condition": (
        "intake/facts/size/required",
        {"when": {"channel": "phone"}},
        {"when": {"channel": ["phone"]}},
    ),
    "a required category": ("intake/required", "kind", ["kind"]),
    "a receipt": ("intake/received", {"within": "9 days", "needs": "who"}, {"within": "9 days", "needs": ["who"]}),
    "an act by time": (
        "clocks/decision/missed",
        {"act": "decide", "fields": {"verdict": "void"}},
        {"act": "decide", "fields": {"verdict": "void"}},
    ),
}


def published(document: Any) -> Any:
    return json.loads(publishing.prepare(document).body)


def at(document: Any, place: str) -> Any:
    for step in place.split("/"):
        acts = document.get("acts", {})
        document = acts[step] if step in acts else document[step]
    return document


@pytest.mark.parametrize("what", FORMS)
def test_a_short_form_is_expanded_and_stays_as_it_is(what: str) -> None:
    place, short, full = FORMS[what]
    once = published(faulty(place, short))

    assert at(once, place) == full
    assert published(once) == once


def test_the_calendars_of_a_policy_are_compiled_by_name() -> None:
    document = faulty("calendars", {"plant": PLANT})
    document["clocks"]["decision"]["calendar"] = "plant"
    document["tasks"]["report"]["calendar"] = "unit"

    policy = compile_policy(publishing.prepare(document).document, "1")

    assert str(policy.calendars["plant"].zone) == "Europe/Berlin"
    assert [policy.clocks[name].clock.calendar for name in ("decision", "report", "promised")] == [
        "plant",
        "unit",
        None,
    ]


def test_a_document_without_forms_is_published_as_before() -> None:
    assert "forms" not in published(GOOD)
    assert "forms" not in published({**GOOD, "forms": {}})


@pytest.mark.parametrize("name", presets.names())
def test_a_prepared_document_has_the_mark_of_the_edition(name: str) -> None:
    assert published(presets.document(name))["edition"] == 2


def test_nobody_can_prepare_a_document_of_another_edition() -> None:
    with pytest.raises(PolicyFault) as caught:
        publishing.prepare({**GOOD, "edition": 1})
    assert [fault.pointer for fault in caught.value.faults] == ["/edition"]


def test_a_preparation_without_an_edition_gives_one() -> None:
    assert published({**GOOD, "edition": None})["edition"] == 2


def test_a_calendar_of_units_needs_complaints_with_units() -> None:
    document = faulty("clocks/decision/calendar", "unit")
    document["intake"]["unit"] = "none"
    del document["points"]

    with pytest.raises(PolicyFault) as caught:
        publishing.prepare(document)

    assert [(fault.pointer, fault.kind) for fault in caught.value.faults] == [
        ("/clocks/decision/calendar", "unit-calendar-without-units")
    ]


@pytest.mark.parametrize("given", ["甲", {"zh": "甲"}, {"en": "A"}, {"zh": "", "en": "A"}, {"zh": "甲", "en": ""}])
def test_a_label_in_one_language_has_it_for_both(given: Any) -> None:
    document = publishing.prepare({**GOOD, "name": given}).document
    text = "".join(given.values()) if isinstance(given, dict) else given

    assert document.name.to_json() == {"zh": text, "en": text}
