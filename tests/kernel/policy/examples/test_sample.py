"""The sample can be filed without changes, and previews refuse what a filing refuses."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.trial.examples import check_publishable
from chalicelib.policy.reading.faults import PolicyFault
from tests.kernel.policy.faulty_policies.faulty import faulty

SAMPLE: dict[str, Any] = {
    "channel": "phone",
    "facts": {"content": "x", "size": "s", "when": "2026-11-20T09:00:00+08:00"},
    "category": {"kind": "goods"},
}


def faults(sample: dict[str, Any], **intake: Any) -> list[tuple[str, str, Any]]:
    document = faulty("sample", sample)
    document["intake"].update(intake)
    try:
        check_publishable(document)
    except PolicyFault as found:
        return [(fault.kind, fault.pointer, fault.values.get("name")) for fault in found.faults]
    return []


@pytest.mark.parametrize("unit", ["optional", "required"])
def test_a_sample_can_name_a_unit_or_leave_it_to_the_filing(unit: str) -> None:
    assert faults(SAMPLE, unit=unit) == []
    assert faults({**SAMPLE, "unit": "north"}, unit=unit) == []


@pytest.mark.parametrize("dropped", ["content", "size", "when"])
def test_a_sample_has_every_required_fact(dropped: str) -> None:
    facts = {name: value for name, value in SAMPLE["facts"].items() if name != dropped}
    assert faults({**SAMPLE, "facts": facts}) == [("filing-lacks", "/sample/facts", dropped)]


def test_a_sample_has_every_required_category() -> None:
    sample = {name: value for name, value in SAMPLE.items() if name != "category"}
    assert faults(sample, required="kind") == [("filing-lacks", "/sample", "kind")]
    assert faults(SAMPLE, required="kind") == []


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"channel": "fax"}, "/sample/channel"),
        ({"severity": "huge"}, "/sample/severity"),
        ({"category": {"kind": "mood"}}, "/sample/category/kind"),
        ({"facts": {**SAMPLE["facts"], "size": "xxl"}}, "/sample/facts/size"),
        ({"facts": {**SAMPLE["facts"], "stars": "5"}}, "/sample/facts/stars"),
    ],
)
def test_a_sample_has_no_value_that_a_filing_refuses(changed: dict[str, Any], place: str) -> None:
    assert faults({**SAMPLE, **changed}) == [("sample-refused", place, place.rpartition("/")[2])]


EXAMPLE = {"given": {"channel": "phone"}, "events": {"registered": "2026-11-27T10:00"}, "then": {"stage": "registered"}}


def example(**changed: Any) -> list[tuple[str, str, Any]]:
    document = faulty("examples", [{**EXAMPLE, **changed}])
    document["intake"]["required"] = "kind"
    try:
        check_publishable(document)
    except PolicyFault as found:
        return [(fault.kind, fault.pointer, fault.values.get("name")) for fault in found.faults]
    return []


def test_an_example_has_every_required_category() -> None:
    assert example() == [("filing-lacks", "/examples/0/given", "kind")]
    assert example(given={"channel": "phone", "category": "goods"}) == []


@pytest.mark.parametrize("name", ["stars", "mood", "decided"])
def test_an_event_of_an_example_has_no_unknown_field(name: str) -> None:
    events = {"registered": "2026-11-27T10:00", "accepted": {"at": "2026-11-27T11:00", name: "x"}}

    found = example(given={"channel": "phone", "category": "goods"}, events=events, then={"stage": "open"})

    assert found == [("example-cannot-happen", f"/examples/0/events/accepted/{name}", None)]
