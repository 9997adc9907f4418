"""Every way of tampering with a record, tried on random records, is found (X.4)."""

from __future__ import annotations

import copy
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.complaints.envelope import (
    NO_HASH,
    SYSTEM,
    EventDraft,
    PrivateValue,
    RecordPosition,
    Result,
    chain_event,
)
from chalicelib.features.record import anchor
from chalicelib.features.record.anchor import ChainPosition, Head
from chalicelib.kit import canonical
from chalicelib.kit.instants import FIRST

NUMBER = "202611-000001"
Events = list[dict[str, Any]]

SCALARS = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=12)
FIELDS = st.dictionaries(st.text(max_size=8), SCALARS | st.lists(SCALARS, max_size=3), max_size=4)
DRAFTS = st.builds(
    lambda type_, at, fields, flags, secrets: EventDraft(
        type=type_,
        at=FIRST + at,
        actor=SYSTEM,
        fields=fields,
        result=Result(stage="open", tier=1, severity=None, flags=flags),
        secrets=secrets,
    ),
    st.sampled_from(["registered", "noted", "assigned", "decided"]),
    st.integers(0, 10**9),
    FIELDS,
    st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2),
    st.dictionaries(st.sampled_from(["complainant", "content"]), FIELDS.filter(bool), max_size=2),
)


@st.composite
def records(draw: st.DrawFn, least: int = 1) -> tuple[Events, dict[tuple[int, int], PrivateValue]]:
    """A record and its private values."""
    drafts = draw(st.lists(DRAFTS, min_size=least, max_size=8))
    events: Events = []
    values: dict[tuple[int, int], PrivateValue] = {}
    prev = NO_HASH
    for seq, draft in enumerate(drafts, start=1):
        made = chain_event(draft, RecordPosition(NUMBER, seq, prev, policy="1", calendar="CN-1"), recorded_at=draft.at)
        prev = made.event.hash
        events.append(msgspec.to_builtins(made.event))
        values |= {(seq, place): value for place, value in enumerate(made.private)}
    return events, values


def faults(events: Events, head: str, heads: list[Head] | None = None) -> list[str]:
    return list(anchor.record_faults(NUMBER, events, head, heads or []))


def head_of(events: Events) -> Head:
    return Head(NUMBER, len(events), events[-1]["hash"])


def chained(events: Events) -> Events:
    """Recomputes every hash and position, as an attacker would."""
    prev, found = NO_HASH, []
    for seq, event in enumerate(events, start=1):
        body = {**{key: value for key, value in event.items() if key != "hash"}, "seq": seq, "prev": prev}
        prev = canonical.digest(body)
        found.append({**body, "hash": prev})
    return found


@given(records())
def test_an_unchanged_record_has_no_fault(made: tuple[Events, Any]) -> None:
    events, values = made
    assert faults(events, events[-1]["hash"], [head_of(events), head_of(events[:1])]) == []
    assert list(anchor.private_value_faults(NUMBER, events, values)) == []


@given(records(), st.data())
def test_any_changed_value_is_found(made: tuple[Events, Any], data: st.DataObject) -> None:
    events = copy.deepcopy(made[0])
    place = data.draw(st.integers(0, len(events) - 1))
    member = data.draw(st.sampled_from(sorted(events[place])))
    other = data.draw(SCALARS.filter(lambda value: value != events[place][member]))
    events[place][member] = other
    assert faults(events, made[0][-1]["hash"])


@given(records(), st.data())
def test_a_removed_event_is_found(made: tuple[Events, Any], data: st.DataObject) -> None:
    events = list(made[0])
    del events[data.draw(st.integers(0, len(events) - 1))]
    assert faults(events, made[0][-1]["hash"])


@given(records(least=2), st.data())
def test_two_swapped_events_are_found(made: tuple[Events, Any], data: st.DataObject) -> None:
    events = list(made[0])
    one, two = data.draw(st.lists(st.integers(0, len(events) - 1), min_size=2, max_size=2, unique=True))
    events[one], events[two] = events[two], events[one]
    assert faults(events, made[0][-1]["hash"])


@given(records(), records(), st.data())
def test_an_inserted_event_is_found(made: tuple[Events, Any], other: tuple[Events, Any], data: st.DataObject) -> None:
    events = list(made[0])
    events.insert(data.draw(st.integers(0, len(events))), data.draw(st.sampled_from([*events, *other[0]])))
    assert faults(events, made[0][-1]["hash"])


@given(records(), st.data())
def test_a_cut_off_tail_is_found_by_the_state(made: tuple[Events, Any], data: st.DataObject) -> None:
    events = made[0][: data.draw(st.integers(0, len(made[0]) - 1))]
    assert faults(events, made[0][-1]["hash"])


@given(records(), st.data())
def test_a_cut_off_tail_with_a_state_to_match_is_found_by_an_anchor(
    made: tuple[Events, Any], data: st.DataObject
) -> None:
    events = made[0][: data.draw(st.integers(0, len(made[0]) - 1))]
    assert faults(events, events[-1]["hash"] if events else NO_HASH, [head_of(made[0])])


@given(records(), st.data())
def test_a_record_forged_as_a_whole_is_found_by_an_anchor(made: tuple[Events, Any], data: st.DataObject) -> None:
    """An attacker can write everything but the write-once object: events up to the anchored one cannot be changed."""
    events = copy.deepcopy(made[0])
    place = data.draw(st.integers(0, len(events) - 1))
    kind = data.draw(st.sampled_from(["change", "remove", "insert"]))
    if kind == "change":
        events[place]["fields"] = {**events[place]["fields"], "forged": True}
    elif kind == "remove":
        del events[place]
    else:
        events.insert(place, {**events[place], "type": "forged"})
    forged = chained(events)
    head = forged[-1]["hash"] if forged else NO_HASH
    assert faults(forged, head) == []
    assert faults(forged, head, [head_of(made[0])])


@given(records(), st.data())
def test_any_changed_private_value_is_found(made: tuple[Events, Any], data: st.DataObject) -> None:
    events, values = made
    if not values:
        return
    at = data.draw(st.sampled_from(sorted(values)))
    other = data.draw(FIELDS.filter(lambda fields: fields != values[at].values))
    forged = {**values, at: PrivateValue(values[at].salt, values[at].holder, other)}
    assert list(anchor.private_value_faults(NUMBER, events, forged))


@given(records(), st.data())
def test_any_missing_private_value_is_found(made: tuple[Events, Any], data: st.DataObject) -> None:
    events, values = made
    if not values:
        return
    seq, place = data.draw(st.sampled_from(sorted(values)))
    left = {at: value for at, value in values.items() if at != (seq, place)}
    said = [f"{NUMBER}: private value {place} of event {seq} is missing"]
    assert list(anchor.private_value_faults(NUMBER, events, left)) == said
    assert list(anchor.private_value_faults(NUMBER, events, left, {(seq, place)})) == []


@given(st.lists(st.tuples(st.text("0123456789-", max_size=6), st.integers(1, 99)), min_size=1, max_size=9), st.data())
def test_any_changed_anchor_is_found(heads: list[tuple[str, int]], data: st.DataObject) -> None:
    made = anchor.make(
        ChainPosition("acme", 1, "2026-11-27T01:00:00.000Z", NO_HASH), [Head(*one, "0" * 64) for one in heads]
    )
    place = data.draw(st.integers(0, len(heads) - 1))
    forged = list(made.heads)
    forged[place] = forged[place]._replace(hash="1" * 64)
    body = msgspec.structs.replace(made, heads=forged).body()
    try:
        anchor.parse(body)
    except ValueError:
        return
    raise AssertionError("a changed head was not found")
