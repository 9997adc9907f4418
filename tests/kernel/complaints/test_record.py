"""The record: events hold their consequences, the chain reveals every change, and private values are only hashed."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chalicelib.complaints.acting.advance import wake_at
from chalicelib.complaints.envelope import NO_HASH, PrivateValue, break_in_chain
from chalicelib.complaints.state import Complaint
from chalicelib.kit import canonical
from chalicelib.kit.instants import Instant
from chalicelib.policy import presets
from tests.helpers.searches import searching
from tests.kernel.complaints import play
from tests.kernel.complaints.play import Life

many = searching(120)


def as_json(life: Life) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(msgspec.json.encode(life.events))
    return found


@many
@given(play.lives())
def test_the_record_alone_gives_the_state(lived: tuple[Life, Instant]) -> None:
    life, now = lived
    life.wait(now)
    assert play.replayed(life.events, life.policy) == life.complaint


@many
@given(play.lives())
def test_the_snapshot_survives_its_json(lived: tuple[Life, Instant]) -> None:
    life, _ = lived
    assert msgspec.json.decode(msgspec.json.encode(life.complaint), type=Complaint) == life.complaint


@many
@given(play.lives(tuple(presets.names())))
def test_the_snapshot_of_a_preset_is_small_at_fifty_events(lived: tuple[Life, Instant]) -> None:
    life, now = lived
    while life.complaint.seq < 50 and wake_at(life.policy, life.complaint) is not None:
        now += play.HOUR
        life.wait(now)
    assume(life.complaint.seq <= 60)
    assert len(msgspec.json.encode(life.complaint)) <= 4096


@many
@given(play.lives())
def test_events_contain_no_free_text(lived: tuple[Life, Instant]) -> None:
    life, _ = lived
    assert "内容" not in msgspec.json.encode(life.events).decode()
    assert any(value.values for value in life.private)


@many
@given(play.lives(), st.data())
def test_any_change_breaks_the_chain_where_it_was_made(lived: tuple[Life, Instant], data: st.DataObject) -> None:
    life, now = lived
    life.wait(now)
    events = as_json(life)
    assert break_in_chain(events) is None
    place = data.draw(st.integers(0, len(events) - 1))
    member = data.draw(st.sampled_from(sorted(events[place])))
    events[place][member] = "changed"

    assert break_in_chain(events) == place


@many
@given(play.lives(), st.data())
def test_removed_inserted_and_reordered_events_break_the_chain(
    lived: tuple[Life, Instant], data: st.DataObject
) -> None:
    life, now = lived
    life.wait(now)
    events = as_json(life)
    assume(len(events) > 1)
    place = data.draw(st.integers(0, len(events) - 2))

    assert break_in_chain(events[:place] + events[place + 1 :]) == place
    assert break_in_chain([*events[: place + 1], events[place], *events[place + 1 :]]) == place + 1
    swapped = [*events[:place], events[place + 1], events[place], *events[place + 2 :]]
    assert break_in_chain(swapped) == place


@many
@given(play.lives())
def test_missing_last_events_are_detected_by_the_head(lived: tuple[Life, Instant]) -> None:
    life, _ = lived
    events = as_json(life)
    assert events[-1]["hash"] == life.complaint.head
    assert (events[-2]["hash"] if len(events) > 1 else NO_HASH) != life.complaint.head
    assert break_in_chain(events[:-1]) is None


def test_a_private_value_is_the_digest_of_its_salt_and_canonical_plaintext() -> None:
    value = PrivateValue("00ff" * 16, "content", {"b": "二", "a": 1})
    plain = '{"class":"content","values":{"a":1,"b":"二"}}'.encode()
    assert value.digest() == hashlib.sha256(bytes.fromhex("00ff" * 16) + plain).hexdigest()


@pytest.mark.parametrize(
    "other",
    [
        PrivateValue("5b" * 32, "content", {"text": "x"}),
        PrivateValue("5a" * 32, "internal", {"text": "x"}),
        PrivateValue("5a" * 32, "content", {"text": "y"}),
    ],
)
def test_salt_class_and_values_each_change_the_digest(other: PrivateValue) -> None:
    assert other.digest() != PrivateValue("5a" * 32, "content", {"text": "x"}).digest()


@many
@given(play.lives())
def test_the_events_digests_are_in_the_order_of_the_items(lived: tuple[Life, Instant]) -> None:
    life, _ = lived
    named = [digest for event in life.events for digest in event.private]
    assert named == [value.digest() for value in life.private]


def test_the_hash_covers_every_other_member() -> None:
    life = play.filed(play.policy(play.HOSTILE), play.Filing("wire", {"content": "x"}), play.START)
    event = as_json(life)[0]
    assert canonical.digest({key: value for key, value in event.items() if key != "hash"}) == event["hash"]
