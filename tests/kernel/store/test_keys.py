"""Keys and sizes, on which IAM conditions, indexes and budgets depend."""

from __future__ import annotations

import pytest

from chalicelib.store import keys, sizes
from chalicelib.store.due_index import DueHit, ForeignDueKey, parse_due
from chalicelib.store.port import Entry, IndexKey, Key, Put

WAKE = 1_795_000_000_000


def hit(key: Key, due: IndexKey) -> Entry:
    return Entry(key=key, kind="", due=due)


@pytest.mark.parametrize(
    ("key", "aggregate"),
    [
        (keys.snapshot(keys.complaint("acme", "202611-000001")), "C#202611-000001"),
        (keys.snapshot(keys.unit("acme", "north")), "U#north"),
        (keys.snapshot(keys.organisation("acme")), "ORG"),
        (keys.directory("acme"), "DIR"),
    ],
)
def test_a_due_key_is_parsed_as_it_was_built(key: Key, aggregate: str) -> None:
    assert parse_due(hit(key, keys.due("acme", aggregate, WAKE))) == DueHit("acme", aggregate, WAKE, key)


@pytest.mark.parametrize(
    "sk",
    [
        "2026-11-19T08:00:00.000Z#umbrella#C#1",
        "2026-11-19T08:00:00.000Z#acme#C#2",
        "2026-11-19T08:00:00.000Z#acme#C#1#",
        "2026-11-19T08:00:00.000Z#acme#DIR",
        "2026-11-19T08:00:00.000Z#acme",
        "2026-11-19T08:00:00.000Z",
        "yesterday#acme#C#1",
        "#acme#C#1",
        "",
    ],
)
def test_a_due_key_that_does_not_match_its_item_is_foreign(sk: str) -> None:
    entry = hit(keys.snapshot(keys.complaint("acme", "1")), IndexKey("DUE#0", sk))
    assert parse_due(entry) == ForeignDueKey(entry.key, IndexKey("DUE#0", sk))


def test_only_entries_of_the_index_are_parsed() -> None:
    with pytest.raises(ValueError, match="due"):
        parse_due(Entry(key=keys.directory("acme"), kind="D"))


def test_due_keys_of_all_tenants_sort_by_time() -> None:
    assert keys.due("zeta", "ORG", WAKE).sk < keys.due("acme", "ORG", WAKE + 1).sk


def test_a_shard_is_the_same_in_every_process() -> None:
    assert [keys.shard_of("acme", f"C#202611-00000{n}") for n in range(4)] == [27, 13, 23, 1]


def test_aggregates_spread_over_the_shards() -> None:
    counts = [0] * keys.DUE_SHARDS
    for number in range(8_000):
        counts[keys.shard_of("acme", f"C#202611-{number:06}")] += 1
    assert min(counts) > 200


def test_an_items_size_counts_names_and_values_in_bytes() -> None:
    entry = Entry(key=Key("T#acme#ORG", "S"), kind="S", body="受理", version=12, seq=345)
    assert sizes.item_bytes(entry) == len("pk" + "T#acme#ORG" + "sk" + "S" + "kind" + "S" + "body") + 6 + len(
        "version" + "seq"
    ) + (1 + 1) + (2 + 1)


def test_the_limit_is_met_to_the_byte() -> None:
    key = keys.directory("acme")
    rest = sizes.item_bytes(Entry(key=key, kind="D")) + len("body")
    most = Entry(key=key, kind="D", body="x" * (400 * 1024 - rest))
    sizes.check_writes([Put(most)])
    with pytest.raises(sizes.TooLarge):
        sizes.check_writes([Put(Entry(key=key, kind="D", body=most.body + "x"))])


@pytest.mark.parametrize(
    ("way", "reader", "is_one"),
    [
        ("webhook", "wh_0123456789abcdef", True),
        ("email", "C#202611-000001", False),
        ("email", "b6c1f0ae", False),
        ("in_app", "webhook", False),
    ],
)
def test_an_effects_key_says_whether_it_goes_to_a_webhook(way: str, reader: str, is_one: bool) -> None:
    key = keys.effect("acme", "2026-11-27T01:00:00.000Z", "U#north/3", way, reader)
    assert keys.is_effect_in(key, "webhook") == is_one
