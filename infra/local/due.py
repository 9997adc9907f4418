"""Due: what index `due` says comes next, read as the sweep would."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from chalicelib.instants import Instant, from_text
from chalicelib.store.keys import DUE_SHARDS

_DIRECTORY = "DIR#"


class Hit(NamedTuple):
    """One entry of the index."""

    due_sk: str
    wake_at: Instant


class DueIndex:
    """Entries of the directory are left out: hourly jobs catch up by themselves when hours are jumped."""

    def __init__(self, dynamodb: Any, table: str) -> None:
        self._dynamodb = dynamodb
        self._table = table

    def earliest(self, played: set[str]) -> Hit | None:
        """The earliest entry whose `due_sk` is not in `played`."""
        firsts = (next((hit for hit in self._shard(shard) if hit.due_sk not in played), None) for shard in _shards())
        return min((hit for hit in firsts if hit), key=lambda hit: hit.wake_at, default=None)

    def until(self, now: Instant) -> set[str]:
        """The `due_sk` of everything that is due by `now`."""
        due: set[str] = set()
        for shard in _shards():
            for hit in self._shard(shard):
                if hit.wake_at > now:
                    break
                due.add(hit.due_sk)
        return due

    def _shard(self, shard: str) -> Iterator[Hit]:
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=self._table,
            IndexName="due",
            KeyConditionExpression="due_pk = :shard",
            ExpressionAttributeValues={":shard": {"S": shard}},
            PaginationConfig={"PageSize": 25},
        )
        for page in pages:
            for item in page["Items"]:
                if not item["pk"]["S"].startswith(_DIRECTORY):
                    text = item["due_sk"]["S"]
                    yield Hit(text, from_text(text.partition("#")[0]))


def _shards() -> list[str]:
    return [f"DUE#{shard}" for shard in range(DUE_SHARDS)]
