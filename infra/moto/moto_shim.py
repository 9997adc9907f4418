"""Makes moto's DynamoDB transactions atomic across threads, fast, and idempotent. Not part of the deployment.

`moto_queries` speeds up queries, `moto_conditions` conditions, and `moto_updates` update expressions.

moto copies the whole table in each transaction and restores the copy on failure. This loses other threads' writes, and
its cost grows with the table. With the shim, a failed transaction restores only the items that it changed, a lock
allows one request at a time, and a repeated `ClientRequestToken` returns without a second write (AWS:
TransactWriteItems; moto ignores the token).
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

from infra.moto import moto_conditions, moto_queries, moto_updates

Undo = Callable[[], None]


@contextmanager
def installed() -> Iterator[None]:
    """Installs the shim while the context lasts."""
    remove = install()
    try:
        yield
    finally:
        remove()


def install() -> Callable[[], None]:
    """Patch moto in this process. Returns a function that removes the patch."""
    write_all: Callable[[Any, list[dict[str, Any]]], None] = DynamoDBBackend.transact_write_items
    answer = DynamoHandler.transact_write_items
    act = DynamoHandler.call_action
    tokens: set[str] = set()

    def transact(backend: Any, transact_items: list[dict[str, Any]]) -> None:
        undos = [_undo(backend, kind, operation) for item in transact_items for kind, operation in item.items()]
        try:
            write_all(_WithoutCopies(backend), transact_items)
        except BaseException:
            for undo in reversed(undos):  # an item that is named twice gets the state before its first operation
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
                moto_queries.after(handler.dynamodb_backend, handler._get_action(), getattr(handler, "params", {}))

    def remove() -> None:
        for restore in slow:
            restore()
        _patch(write_all, answer, act)

    slow = [part.install() for part in (moto_queries, moto_conditions, moto_updates)]
    _patch(transact, once, one_at_a_time)
    return remove


def _patch(transact: Any, answer: Any, act: Any) -> None:
    backend: Any = DynamoDBBackend
    handler: Any = DynamoHandler
    backend.transact_write_items = transact
    handler.transact_write_items = answer
    handler.call_action = act


class _WithoutCopies:
    """A backend without visible tables, so that moto copies none. Its methods still use the tables."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend
        self.tables: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)


def _undo(backend: Any, kind: str, operation: dict[str, Any]) -> Undo:
    """Returns a function that restores the operation's item and the stream to their present state.

    moto changes an item only for an update. All other operations leave it, or replace it as a whole.
    """
    table = backend.tables.get(operation.get("TableName"))
    if table is None:
        return lambda: None
    attributes = operation.get("Key") or operation["Item"]
    partition = table.items[DynamoType(attributes[table.hash_key_attr])]
    range_key = DynamoType(attributes[table.range_key_attr])
    present = partition.get(range_key)
    before = copy.deepcopy(present) if kind == "Update" else present
    streamed = len(table.stream_shard.items) if table.stream_shard else 0

    def undo() -> None:
        if before is None:
            partition.pop(range_key, None)
        else:
            partition[range_key] = before
        if table.stream_shard:
            del table.stream_shard.items[streamed:]

    return undo
