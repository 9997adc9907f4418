"""Features of the store in memory beyond the contract: stream, calls and hooks."""

from __future__ import annotations

import pytest

from chalicelib.store import keys
from chalicelib.store.port import CommitConflict, Entry, Put, Remove, Unavailable, Update
from infra.memory_store.store import MemoryStore, RecordedCall

pytestmark = pytest.mark.usefixtures("acme")

SNAPSHOT = keys.snapshot(keys.complaint("acme", "202611-000001"))
EVENT = keys.event(SNAPSHOT.pk, 1)


def snapshot(version: int, body: str = "") -> Entry:
    return Entry(key=SNAPSHOT, kind="S", version=version, body=body)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


class TestStream:
    def test_tells_inserts_changes_and_removals_in_order(self, store: MemoryStore) -> None:
        store.commit([Put(snapshot(1)), Put(Entry(key=EVENT, kind="E"))])
        store.commit([Update(snapshot(2), expected=1), Remove(EVENT)])
        assert [(r.position, r.event_name, r.key) for r in store.stream] == [
            (1, "INSERT", SNAPSHOT),
            (2, "INSERT", EVENT),
            (3, "MODIFY", SNAPSHOT),
            (4, "REMOVE", EVENT),
        ]

    def test_is_read_on_from_a_position(self, store: MemoryStore) -> None:
        store.commit([Put(snapshot(1))])
        seen = store.stream_after(0)
        store.commit([Put(Entry(key=EVENT, kind="E"))])
        assert [record.key for record in store.stream_after(seen[-1].position)] == [EVENT]

    def test_says_nothing_of_what_changed_nothing_nor_of_what_was_lost(self, store: MemoryStore) -> None:
        store.commit([Put(snapshot(1))])
        store.commit([Put(snapshot(1), if_absent=False), Remove(EVENT)])
        with pytest.raises(CommitConflict):
            store.commit([Put(Entry(key=EVENT, kind="E")), Put(snapshot(1))])
        assert len(store.stream) == 1

    def test_tells_a_counter_too(self, store: MemoryStore) -> None:
        counter = keys.month_counter("acme", "202611")
        store.count(counter, "N")
        store.count(counter, "N")
        assert [record.event_name for record in store.stream] == ["INSERT", "MODIFY"]

    def test_gives_records_as_lambda_gets_them(self, store: MemoryStore) -> None:
        store.commit([Put(Entry(key=EVENT, kind="E"))])
        record = store.stream[0].to_lambda()
        assert record["eventName"] == "INSERT"
        assert record["dynamodb"]["Keys"] == {"pk": {"S": EVENT.pk}, "sk": {"S": EVENT.sk}}
        assert "NewImage" not in record["dynamodb"]


class TestCalls:
    def test_are_kept_with_the_number_of_keys(self, store: MemoryStore) -> None:
        store.get([SNAPSHOT, EVENT])
        store.commit([Put(snapshot(1)), Put(Entry(key=EVENT, kind="E"))])
        store.query(SNAPSHOT.pk)
        store.count(keys.month_counter("acme", "202611"), "N")
        assert store.calls == [
            RecordedCall("get", 2),
            RecordedCall("commit", 2),
            RecordedCall("query", 1),
            RecordedCall("count", 1),
        ]

    def test_count_where_they_fail_and_not_where_there_is_nothing_to_do(self, store: MemoryStore) -> None:
        store.commit([])
        store.get([])
        with pytest.raises(CommitConflict):
            store.commit([Update(snapshot(2), expected=1)])
        assert store.calls == [RecordedCall("commit", 1)]


class TestHooks:
    def test_before_may_refuse_so_that_nothing_is_written(self, store: MemoryStore) -> None:
        def throttle(call: RecordedCall) -> None:
            raise Unavailable("throttled")

        store.before = throttle
        with pytest.raises(Unavailable):
            store.commit([Put(snapshot(1))])
        store.before = None
        assert store.get([SNAPSHOT]) == {}

    def test_after_may_lose_the_answer_of_what_was_written(self, store: MemoryStore) -> None:
        def time_out(call: RecordedCall) -> None:
            raise Unavailable("timed out")

        store.after = time_out
        with pytest.raises(Unavailable):
            store.commit([Put(snapshot(1))])
        store.after = None
        assert store.get([SNAPSHOT]) == {SNAPSHOT: snapshot(1)}

    def test_before_may_write_what_makes_a_commit_lose_its_race(self, store: MemoryStore) -> None:
        store.commit([Put(snapshot(1))])

        def overtake(call: RecordedCall) -> None:
            store.before = None
            store.commit([Update(snapshot(2, "overtook"), expected=1)])

        store.before = overtake
        with pytest.raises(CommitConflict):
            store.commit([Update(snapshot(2), expected=1)])
        assert store.get([SNAPSHOT])[SNAPSHOT].body == "overtook"
