"""Makes moto's DynamoDB transactions atomic for threads, fast, and repeatable under their token. Never shipped.

Its queries are made fast as well (`moto_queries`), and the way of a request to it and back (`moto_wire`).

moto copies the whole table in each transaction and puts the copy back on failure, so that acknowledged writes of
others vanish and the cost grows with the table. Here a failed transaction undoes the items it touched, one lock lets
one request at a time at the tables, and a repeated `ClientRequestToken` is answered without writing again
(AWS: TransactWriteItems; moto ignores the token).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from moto.core.responses import ActionResult
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.responses import DynamoHandler

from infra import moto_queries, moto_wire

Undo = Callable[[], None]


@contextmanager
def installed() -> Iterator[None]:
    """The shim for the length of a `with`."""
    remove = install()
    try:
        yield
    finally:
        remove()


def install() -> Callable[[], None]:
    """Patch moto in this process; call what it returns to take the patch back."""
    write_all: Callable[[Any, list[dict[str, Any]]], None] = DynamoDBBackend.transact_write_items
    answer = DynamoHandler.transact_write_items
    act = DynamoHandler.call_action
    tokens: set[str] = set()

    def transact(backend: Any, transact_items: list[dict[str, Any]]) -> None:
        undos = [_undo(backend, operation) for item in transact_items for operation in item.values()]
        try:
            write_all(_WithoutCopies(backend), transact_items)
        except BaseException:
            for undo in undos:
                undo()
            raise

    def once(handler: Any) -> Any:
        token = handler.body.get("ClientRequestToken")
        if token in tokens:
            return ActionResult({"ConsumedCapacity": [], "ItemCollectionMetrics": {}})
        result = answer(handler)
        tokens.add(token)
        return result

    def one_at_a_time(handler: Any) -> Any:
        with moto_queries.LOCK:
            try:
                return act(handler)
            finally:
                moto_queries.after(handler._get_action())

    def remove() -> None:
        slow_queries()
        slow_requests()
        _patch(write_all, answer, act)

    slow_queries = moto_queries.install()
    slow_requests = moto_wire.install()
    _patch(transact, once, one_at_a_time)
    return remove


def _patch(transact: Any, answer: Any, act: Any) -> None:
    backend: Any = DynamoDBBackend
    handler: Any = DynamoHandler
    backend.transact_write_items = transact
    handler.transact_write_items = answer
    handler.call_action = act


class _WithoutCopies:
    """A backend that shows no tables, so that moto finds nothing to copy, but works on them by its methods."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend
        self.tables: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)


def _undo(backend: Any, operation: dict[str, Any]) -> Undo:
    """What puts the operation's item, and the stream, back as they are now."""
    table = backend.tables.get(operation.get("TableName"))
    if table is None:
        return lambda: None
    attributes = operation.get("Key") or operation["Item"]
    partition = table.items[DynamoType(attributes[table.hash_key_attr])]
    range_key = DynamoType(attributes[table.range_key_attr])
    before = copy.deepcopy(partition.get(range_key))
    streamed = len(table.stream_shard.items) if table.stream_shard else 0

    def undo() -> None:
        if before is None:
            partition.pop(range_key, None)
        else:
            partition[range_key] = before
        if table.stream_shard:
            del table.stream_shard.items[streamed:]

    return undo
