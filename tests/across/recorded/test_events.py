"""Recorded events are read without loss, and their hashes, chains and anchors verify."""

from __future__ import annotations

import copy
import hashlib
from typing import Any

import msgspec
import pytest
import rfc8785

from chalicelib.access import binding
from chalicelib.complaints.envelope import NO_HASH, Event, break_in_chain
from chalicelib.features.record import anchor
from chalicelib.store import event_log, keys
from infra.memory_store.store import MemoryStore
from tests.across.recorded import files
from tests.across.recorded.names import difference
from tests.across.recorded.write import EVENTS

Json = dict[str, Any]
OF_EACH = pytest.mark.parametrize("name", files.stories())


def records(name: str) -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = files.load(EVENTS)[name]["records"]
    assert len(found) > 3, "at least three complaints, and the organisation's own record"
    return found


def anchors(name: str) -> list[bytes]:
    found = [body.encode() for body in files.load(EVENTS)[name]["anchors"]]
    assert found, "at least one anchor"
    return found


def broken(found: dict[str, list[Json]]) -> list[str]:
    """The first event of each record whose hash, number or predecessor is wrong."""
    places = {of: break_in_chain(events) for of, events in found.items()}
    return [f"{of}, event {at + 1}" for of, at in places.items() if at is not None]


@OF_EACH
def test_each_chain_is_whole(name: str) -> None:
    assert broken(records(name)) == []


@OF_EACH
def test_each_hash_recomputes_by_its_definition_alone(name: str) -> None:
    """SHA-256 of RFC 8785, without our code."""
    for of, events in records(name).items():
        before = NO_HASH
        for event in events:
            content = rfc8785.dumps({key: value for key, value in event.items() if key != "hash"})
            found = event["prev"], event["hash"]
            assert found == (before, hashlib.sha256(content).hexdigest()), f"{of}, event {event['seq']}"
            before = event["hash"]


@OF_EACH
def test_each_event_is_read_without_loss(name: str) -> None:
    for of, events in records(name).items():
        read = [msgspec.to_builtins(msgspec.convert(event, Event)) for event in events]
        assert difference(events, read, of) == ""


@OF_EACH
def test_each_record_comes_back_from_the_store_as_it_was(name: str) -> None:
    store = MemoryStore()
    with binding.tenant(name):
        for of, events in records(name).items():
            pk = keys.complaint(name, of)
            for event in events:
                store.commit([event_log.put(pk, event["seq"], msgspec.json.encode(event).decode())])
            assert difference(events, list(event_log.read_envelopes(store, pk)), of) == ""


@OF_EACH
def test_each_anchor_is_read_and_follows_the_one_before(name: str) -> None:
    before = None
    for body in anchors(name):
        read = anchor.parse(body)
        assert (read.body(), anchor.follows(read, before)) == (body, True), f"anchor {read.n}"
        before = body


@OF_EACH
def test_the_anchors_have_heads_of_each_record(name: str) -> None:
    heads = [head for body in anchors(name) for head in anchor.parse(body).heads]
    found = records(name)

    assert {head.aggregate for head in heads} >= set(found)
    assert [head for head in heads if not anchor.matches(head, found.get(head.aggregate, []))] == []


@pytest.mark.parametrize("part", ["at", "actor", "fields", "result", "policy", "private", "prev", "hash"])
def test_a_changed_part_of_an_event_breaks_its_chain(part: str) -> None:
    found = copy.deepcopy(records("platform"))
    event = found["202611-000001"][4]
    event[part] = {**event[part], "x": 1} if isinstance(event[part], dict) else event[part][1:] or ["x"]

    assert broken(found) == ["202611-000001, event 5"]


def test_a_changed_byte_of_an_anchor_is_found() -> None:
    first = anchors("platform")[0]
    at = first.index(b'"heads":[["') + 20
    changed = first[:at] + (b"3" if first[at : at + 1] != b"3" else b"4") + first[at + 1 :]

    with pytest.raises(ValueError, match="the root does not match the heads"):
        anchor.parse(changed)
