"""The event log: events are read in order, within bounds, and with every member that was stored."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from chalicelib.access import binding
from chalicelib.access.binding import Unbound
from chalicelib.complaints.envelope import SYSTEM, Event, EventDraft, RecordPosition, Result, chain_event
from chalicelib.kit.instants import from_text
from chalicelib.store import event_log, keys
from chalicelib.store.port import CommitConflict, Entry, Key, Put, Store

PK = keys.complaint("acme", "202611-000001")
AT = from_text("2026-11-25T09:00:00.000Z")


def event_at(seq: int) -> Event:
    draft = EventDraft(type="noted", at=AT, actor=SYSTEM, result=Result("intake", 0, None, {}))
    return chain_event(draft, RecordPosition("202611-000001", seq, "", "1", "2026"), AT).event


def body_of(seq: int, **more: Any) -> str:
    return msgspec.json.encode({**msgspec.to_builtins(event_at(seq)), **more}).decode()


@pytest.fixture
def recorded(store: Store) -> list[Event]:
    """Five events among the other items of their complaint."""
    beside = [keys.private(PK, 1, 0), keys.snapshot(PK), keys.evidence(PK, "a")]
    with binding.tenant("acme"):
        store.commit([event_log.put(PK, seq, body_of(seq)) for seq in range(1, 6)])
        store.commit([Put(Entry(key=key, kind="x")) for key in beside])
    return [event_at(seq) for seq in range(1, 6)]


@pytest.mark.usefixtures("acme")
class TestRead:
    def test_gives_all_events_in_order(self, store: Store, recorded: list[Event]) -> None:
        assert list(event_log.read(store, PK)) == recorded

    def test_gives_the_events_between_two_numbers(self, store: Store, recorded: list[Event]) -> None:
        assert list(event_log.read_between(store, PK, 2, 4, page_size=2)) == recorded[1:4]

    def test_gives_none_of_an_empty_range(self, store: Store, recorded: list[Event]) -> None:
        assert list(event_log.read_between(store, PK, 6, 5, page_size=2)) == []

    def test_gives_envelopes_with_members_that_the_program_does_not_know(self, store: Store) -> None:
        store.commit([event_log.put(PK, 1, body_of(1, later="x"))])
        (found,) = event_log.read_envelopes(store, PK)
        assert found == {**msgspec.to_builtins(event_at(1)), "later": "x"}
        assert list(event_log.read(store, PK)) == [event_at(1)]

    def test_gives_envelopes_at_malformed_keys_too(self, store: Store) -> None:
        """A verification must see events that someone inserted."""
        store.commit([Put(Entry(key=Key(PK, "E#x"), kind="event", body='{"id":"forged"}'))])
        assert list(event_log.read_envelopes(store, PK)) == [{"id": "forged"}]

    def test_gives_the_newest_first_page_by_page(self, store: Store, recorded: list[Event]) -> None:
        first = event_log.read_newest(store, PK, 3, None)
        second = event_log.read_newest(store, PK, 3, first.after)
        assert [[event["seq"] for event in page.events] for page in (first, second)] == [[5, 4, 3], [2, 1]]
        assert second.after is None


@pytest.mark.usefixtures("acme")
class TestRecord:
    def test_has_events_and_private_values(self, store: Store, recorded: list[Event]) -> None:
        found = event_log.read_record(store, PK, page_size=2)
        assert [event_log.decode(entry) for entry in found.events] == recorded
        assert [entry.key for entry in found.private_values] == [keys.private(PK, 1, 0)]
        assert found.others == []

    def test_has_the_snapshot_and_evidence_on_request(self, store: Store, recorded: list[Event]) -> None:
        found = event_log.read_record(store, PK, page_size=100, evidence=True)
        assert len(found.events) == len(recorded)
        assert [entry.key for entry in found.others] == [keys.snapshot(PK), keys.evidence(PK, "a")]


@pytest.mark.usefixtures("acme")
class TestAfterARecord:
    OTHER = keys.event(keys.complaint("acme", "202611-000002"), 1)

    @pytest.fixture
    def after(self, store: Store, recorded: list[Event]) -> event_log.AfterRecord:
        """Since the record was read, another event and private value of it came, and the first of another record."""
        made = event_log.AfterRecord(store, event_log.read_record(store, PK, page_size=100))
        store.commit([event_log.put(PK, 6, body_of(6)), Put(Entry(key=keys.private(PK, 2, 0), kind="x"))])
        store.commit([Put(Entry(key=keys.private(PK, 6, 0), kind="x")), Put(Entry(key=self.OTHER, kind="event"))])
        return made

    def test_what_was_read_and_what_was_not_there_is_known(self, after: event_log.AfterRecord) -> None:
        there = [keys.event(PK, 5), keys.private(PK, 1, 0)]
        assert after.get([*there, keys.private(PK, 2, 0)]).keys() == set(there)

    def test_what_came_later_is_read(self, after: event_log.AfterRecord) -> None:
        wanted = [keys.event(PK, 5), keys.event(PK, 6), keys.private(PK, 6, 0), keys.snapshot(PK), self.OTHER]
        assert after.get(wanted).keys() == set(wanted)

    def test_a_record_without_events_leaves_all_to_be_read(self, store: Store, recorded: list[Event]) -> None:
        after = event_log.AfterRecord(store, event_log.StoredRecord([], [], []))
        assert after.get([keys.event(PK, 5)]).keys() == {keys.event(PK, 5)}

    def test_it_is_refused_under_another_binding(self, after: event_log.AfterRecord) -> None:
        with binding.tenant("globex"), pytest.raises(Unbound):
            after.get([keys.event(PK, 5)])


@pytest.mark.usefixtures("acme")
class TestOneEvent:
    def test_is_written_once(self, store: Store, recorded: list[Event]) -> None:
        with pytest.raises(CommitConflict):
            store.commit([event_log.put(PK, 5, body_of(5))])

    def test_is_found_among_entries(self, store: Store, recorded: list[Event]) -> None:
        key = keys.event(PK, 3)
        assert event_log.find(store.get([key]), key) == recorded[2]

    def test_is_none_if_it_was_erased(self, store: Store) -> None:
        assert event_log.find({}, keys.event(PK, 3)) is None
