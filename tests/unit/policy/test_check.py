"""Checking policies: presets pass, and each fault is reported with its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib import canonical
from chalicelib.policy import presets, publishing
from chalicelib.policy.check import check
from chalicelib.policy.compiled import compile_policy
from chalicelib.policy.faults import PolicyFault
from tests.unit.policy.faulty import FAULTS, GOOD, faulty


@pytest.mark.parametrize("name", presets.names())
def test_a_preset_can_be_published_and_used(name: str) -> None:
    ready = publishing.prepare(presets.text(name))
    assert compile_policy(ready.document, "1").clocks
    assert len(ready.body) < 64 * 1024


@pytest.mark.parametrize("name", presets.names())
def test_a_published_document_published_again_is_the_same(name: str) -> None:
    ready = publishing.prepare(presets.text(name))
    assert publishing.prepare(json.loads(ready.body)).body == ready.body
    assert canonical.encode(json.loads(ready.body)) == ready.body


def test_the_good_policy_is_good() -> None:
    assert check(GOOD).people


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_is_reported_with_its_place(what: str) -> None:
    place, value, path = FAULTS[what]

    with pytest.raises(PolicyFault) as caught:
        publishing.prepare(faulty(place, value))

    assert path in [fault.path[: len(path)] for fault in caught.value.faults], caught.value


def test_all_faults_are_reported_at_once() -> None:
    document = faulty("tiers/0/roles", [])
    document["intake"]["first"] = "limbo"
    with pytest.raises(PolicyFault) as caught:
        publishing.prepare(document)
    assert [fault.pointer for fault in caught.value.faults] == ["/tiers/0/roles", "/intake/first"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


def places(document: Any, so_far: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in the document."""
    found = [so_far]
    items = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    for key, value in items:
        found.extend(places(value, (*so_far, key)))
    return found


PLACES = ["/".join(map(str, place)) for place in places(GOOD) if place]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PLACES), json_values)
def test_whatever_stands_anywhere_is_taken_or_is_a_fault(place: str, value: Any) -> None:
    document = faulty(place, value)
    try:
        ready = publishing.prepare(document)
    except PolicyFault as fault:
        assert fault.faults  # noqa: PT017 (either is an answer; nothing else may be raised)
    else:
        compile_policy(ready.document, "1")


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.text(max_size=8) | st.sampled_from(sorted(GOOD)), json_values, max_size=6))
def test_whatever_is_no_policy_is_a_fault(document: dict[str, Any]) -> None:
    with pytest.raises(PolicyFault):
        publishing.prepare(document)


def test_a_sample_of_endless_depth_is_a_fault() -> None:
    deep: Any = "x"
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(PolicyFault, match="nested too deeply"):
        publishing.prepare({**GOOD, "sample": {"channel": "phone", "facts": {"content": deep}}})
