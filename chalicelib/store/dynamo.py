"""`port.Store` on one DynamoDB table, through PynamoDB."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import botocore.session
from pynamodb.exceptions import UpdateError
from pynamodb.expressions.condition import Condition

from chalicelib.access.binding import CredentialProvider
from chalicelib.store import scope, sizes, transaction
from chalicelib.store.connection import RETRIES, BoundConnection
from chalicelib.store.keys import due_partition
from chalicelib.store.models import Item, RawItem, meta_table, to_entry, to_raw
from chalicelib.store.port import CeilingReached, Entry, Key, Page, Put, Unavailable, Write
from chalicelib.store.transaction import unavailable

GET_ATTEMPTS = 6
"""Requests per read or batch. What is still unprocessed after the last one makes the call unavailable."""
GET_BACKOFF_SECONDS = 0.05
"""Longest wait before the second request. The limit doubles for each further request (AWS: BatchGetItem,
BatchWriteItem)."""


class Retrying(NamedTuple):
    """How requests are repeated. `attempts`: botocore's, for one request. `wait` sleeps for a number of seconds."""

    attempts: int = RETRIES
    wait: Callable[[float], None] = time.sleep


class DynamoStore:
    """Signs every request with the credentials that `provider` returns for the current binding."""

    def __init__(
        self,
        table: str,
        *,
        region: str,
        provider: CredentialProvider,
        session: botocore.session.Session,
        endpoint: str | None = None,
        retrying: Retrying = Retrying(),  # noqa: B008  it is immutable
    ) -> None:
        self._table = table
        self._wait = retrying.wait
        self.connection = BoundConnection(
            session, provider, region=region, endpoint=endpoint, retries=retrying.attempts
        )
        self.connection.add_meta_table(meta_table(table))

    def get(self, keys: Sequence[Key]) -> dict[Key, Entry]:
        scope.check_partitions(key.pk for key in keys)
        sizes.check_keys(keys)
        found: dict[Key, Entry] = {}
        missing: list[Any] = [{"pk": key.pk, "sk": key.sk} for key in dict.fromkeys(keys)]
        for attempt in range(GET_ATTEMPTS):
            if not missing:
                return found
            self._wait_before(attempt)
            items, missing = self._get_page(missing)
            found |= {entry.key: entry for entry in map(to_entry, items)}
        if missing:
            raise Unavailable("keys stayed unprocessed")
        return found

    def commit(self, writes: Sequence[Write]) -> None:
        scope.check_writes(writes)
        sizes.check_writes(writes)
        alone = transaction.plain(writes)
        if alone is not None:
            transaction.write_alone(self.connection, self._table, alone)
        elif writes:
            transaction.commit(self.connection, self._table, writes)

    def put_each(self, entries: Sequence[Entry]) -> None:
        scope.check_writes([Put(entry) for entry in entries])
        sizes.check_puts(entries)
        left = [to_raw(entry) for entry in entries]
        for attempt in range(GET_ATTEMPTS):
            if not left:
                return
            self._wait_before(attempt)
            left = self._put_page(left)
        if left:
            raise Unavailable("entries stayed unprocessed")

    def query(
        self,
        pk: str,
        *,
        first: str = "",
        last: str | None = None,
        limit: int = 100,
        after: Mapping[str, str] | None = None,
        newest_first: bool = False,
    ) -> Page:
        scope.check_partitions([pk])
        if last is not None and last < first:
            return Page([], None)  # DynamoDB rejects an empty range
        return self._page(
            pk, _between(Item.sk, first, last), limit, after, consistent_read=True, scan_index_forward=not newest_first
        )

    def due(
        self, shard: int, until: str, *, since: str = "", limit: int = 100, after: Mapping[str, str] | None = None
    ) -> Page:
        scope.check_sweep()
        if until <= since:
            return Page([], None)
        # `between` includes its upper end. Every due key is longer than `until`, so none is equal to it.
        within = Item.due_sk.between(since, until) if since else Item.due_sk < until
        return self._page(due_partition(shard), within, limit, after, index_name="due")

    def listed(
        self,
        pk: str,
        *,
        first: str = "",
        last: str | None = None,
        limit: int = 100,
        after: Mapping[str, str] | None = None,
        newest_first: bool = False,
    ) -> Page:
        scope.check_partitions([pk])
        if last is not None and last < first:
            return Page([], None)
        within = _between(Item.list_sk, first, last)
        page = self._page(pk, within, limit, after, index_name="list", scan_index_forward=not newest_first)
        return scope.own_rows(page)

    def count(
        self, key: Key, kind: str, *, step: int = 1, ceiling: int | None = None, expires: int | None = None
    ) -> int:
        """A retry after a lost response may count twice. Numbers can therefore be skipped, but never repeat."""
        scope.check_partitions([key.pk])
        actions = transaction.counter_actions(kind, step)
        if expires is not None:
            actions.append(Item.expires.set(expires))
        try:
            with unavailable():
                answer = self.connection.update_item(
                    self._table,
                    key.pk,
                    key.sk,
                    actions=actions,
                    condition=transaction.within_ceiling(step, ceiling),
                    return_values="UPDATED_NEW",
                )
        except UpdateError as error:
            if error.cause_response_code == "ConditionalCheckFailedException":
                raise CeilingReached from error
            raise
        return int(answer["Attributes"]["count"]["N"])

    def _wait_before(self, attempt: int) -> None:
        if attempt:
            self._wait(random.uniform(0, GET_BACKOFF_SECONDS * 2 ** (attempt - 1)))  # noqa: S311

    def _put_page(self, items: list[RawItem]) -> list[RawItem]:
        """The items that are unprocessed."""
        with unavailable():
            answer = self.connection.batch_write_item(self._table, put_items=items)
        unprocessed = answer.get("UnprocessedItems", {}).get(self._table, [])
        return [one["PutRequest"]["Item"] for one in unprocessed]

    def _get_page(self, keys: list[Any]) -> tuple[list[RawItem], list[Any]]:
        with unavailable():
            answer = self.connection.batch_get_item(self._table, keys, consistent_read=True)
        unprocessed = answer.get("UnprocessedKeys", {}).get(self._table, {})
        return answer.get("Responses", {}).get(self._table, []), unprocessed.get("Keys", [])

    def _page(
        self,
        pk: str,
        condition: Condition | None,
        limit: int,
        after: Mapping[str, str] | None,
        **options: Any,
    ) -> Page:
        start = None if after is None else {name: {"S": value} for name, value in after.items()}
        with unavailable():
            answer = self.connection.query(
                self._table, pk, condition, limit=limit, exclusive_start_key=start, **options
            )
        last = answer.get("LastEvaluatedKey")
        return Page(
            [to_entry(raw) for raw in answer["Items"]],
            {name: value["S"] for name, value in last.items()} if last else None,
        )


def _between(attribute: Any, first: str, last: str | None) -> Condition | None:
    """Condition for `first <= attribute <= last`. An empty `first` is no lower limit: DynamoDB has no empty keys."""
    if first and last is not None:
        return attribute.between(first, last)  # type: ignore[no-any-return]
    if first:
        return attribute >= first  # type: ignore[no-any-return]
    return None if last is None else attribute <= last
