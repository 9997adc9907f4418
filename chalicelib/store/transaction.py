"""A commit, translated into PynamoDB's arguments for TransactWriteItems; DynamoDB's errors, into those of the port."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as BotocoreConnectionError
from pynamodb.connection import Connection
from pynamodb.exceptions import CancellationReason, PutError, PynamoDBException, TransactWriteError, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.store import sizes
from chalicelib.store.models import ATTRIBUTES, Item, to_raw
from chalicelib.store.port import (
    Add,
    CommitConflict,
    Entry,
    IndexKey,
    Put,
    Remove,
    Require,
    Schedule,
    Unavailable,
    Update,
    Write,
)

_TEMPORARY = frozenset(
    {
        "InternalServerError",
        "ProvisionedThroughputExceeded",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ServiceUnavailable",
        "ThrottlingError",
        "ThrottlingException",
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)
"""Codes of errors and of cancellation reasons for which a retry helps (AWS: "Error handling with DynamoDB",
TransactWriteItems)."""


@contextmanager
def unavailable() -> Iterator[None]:
    """Context in which temporary errors of DynamoDB become `Unavailable`.

    Other errors are faults of the code and pass unchanged.
    """
    try:
        yield
    except PynamoDBException as error:
        if _is_temporary(error.cause):
            raise Unavailable(str(error.cause)) from error
        raise


@contextmanager
def commit_conflict(order: Sequence[int]) -> Iterator[None]:
    """Context in which a cancelled transaction becomes `CommitConflict`.

    If a temporary error cancelled it, it becomes `Unavailable`. `order[i]` is the caller's position of the i-th item
    sent.
    """
    try:
        yield
    except TransactWriteError as error:
        reasons = error.cancellation_reasons
        codes = {reason.code for reason in reasons if reason is not None}
        if codes & _TEMPORARY:
            raise Unavailable(", ".join(sorted(codes))) from error
        if codes and codes <= {"ConditionalCheckFailed", "TransactionConflict"}:
            raise CommitConflict(sorted(_failed_positions(reasons, order))) from error
        raise


def _failed_positions(reasons: Sequence[CancellationReason | None], order: Sequence[int]) -> Iterator[int]:
    for position, reason in zip(order, reasons, strict=True):
        if reason is not None and reason.code == "ConditionalCheckFailed":
            yield position


def _is_temporary(cause: Exception | None) -> bool:
    if isinstance(cause, ClientError):
        status = cause.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        return cause.response["Error"]["Code"] in _TEMPORARY or status >= 500
    return isinstance(cause, HTTPClientError | BotocoreConnectionError)


_SENT_IN_ORDER = (Require, Remove, Put, Update | Add | Schedule)
"""The order in which PynamoDB sends the kinds of writes. DynamoDB returns cancellation reasons in the order sent."""


def commit(connection: Connection, table: str, writes: Sequence[Write]) -> None:
    """Raises `CommitConflict` with the caller's positions, or `Unavailable`."""
    order = [i for kind in _SENT_IN_ORDER for i, write in enumerate(writes) if isinstance(write, kind)]
    checks, deletes, puts, updates = (
        [_arguments(connection, table, write) for write in writes if isinstance(write, kind)] for kind in _SENT_IN_ORDER
    )
    with unavailable(), commit_conflict(order):
        connection.transact_write_items(checks, deletes, puts, updates)


def plain(writes: Sequence[Write]) -> Put | Update | None:
    """The only write of the commit, if it needs no transaction."""
    only = writes[0] if len(writes) == 1 else None
    return only if isinstance(only, Put | Update) and only.plain else None


def write_alone(connection: Connection, table: str, write: Put | Update) -> None:
    """Raises as `commit`."""
    key, arguments = write.entry.key, _content(write)
    try:
        with unavailable():
            if isinstance(write, Put):
                arguments.pop("key")
                connection.put_item(table, key.pk, key.sk, **arguments)
            else:
                connection.update_item(table, key.pk, key.sk, **arguments)
    except (PutError, UpdateError) as error:
        if error.cause_response_code == "ConditionalCheckFailedException":
            raise CommitConflict([0]) from error
        raise


def _content(write: Put | Update) -> dict[str, Any]:
    if isinstance(write, Update):
        return {"actions": _change_actions(write.entry), "condition": Item.version == write.expected}
    condition = Item.pk.does_not_exist() if write.if_absent else None
    return {"key": "Item", "attributes": to_raw(write.entry), "condition": condition}


def _arguments(connection: Connection, table: str, write: Write) -> dict[str, Any]:
    key = sizes.key_of(write)
    arguments: dict[str, Any] = {}
    if isinstance(write, Put | Update):
        arguments = _content(write)
    elif isinstance(write, Add):
        condition = within_ceiling(write.step, write.ceiling)
        arguments = {"actions": counter_actions(write.kind, write.step), "condition": condition}
    elif isinstance(write, Schedule):
        arguments = {"actions": _due_actions(write.due), "condition": Item.version == write.expected}
    elif isinstance(write, Remove):
        arguments = {"condition": None if write.expected is None else Item.version == write.expected}
    elif isinstance(write, Require):
        arguments = {"condition": _required(write)}
    return connection.get_operation_kwargs(table, key.pk, key.sk, **arguments)


def _required(write: Require) -> Condition:
    if write.version is not None:
        return Item.version == write.version
    return Item.pk.exists() if write.present else Item.pk.does_not_exist()


def counter_actions(kind: str, step: int) -> list[Action]:
    return [Item.kind.set(Item.kind | kind), Item.counted.add(step)]


def within_ceiling(step: int, ceiling: int | None) -> Condition | None:
    """The condition that the counter stays within the ceiling. None without a ceiling."""
    if ceiling is None:
        return None
    within: Condition = Item.counted <= ceiling - step
    return within if step > ceiling else within | Item.counted.does_not_exist()


def _due_actions(due: IndexKey | None) -> list[Action]:
    if due is None:
        return [Item.due_pk.remove(), Item.due_sk.remove()]
    return [Item.due_pk.set(due.pk), Item.due_sk.set(due.sk)]


def _change_actions(entry: Entry) -> list[Action]:
    """Set the attributes that the entry has, and remove those that are None. Attributes outside `Entry` stay."""
    values = dict(sizes.attributes(entry))
    return [
        attribute.set(values[name]) if name in values else attribute.remove()
        for name, attribute in ATTRIBUTES.items()
        if name not in ("pk", "sk")
    ]
