"""One commit as PynamoDB's arguments for TransactWriteItems."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pynamodb.connection import Connection
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.store import sizes
from chalicelib.store.errors import commit_conflict, unavailable
from chalicelib.store.models import ATTRIBUTES, Item, to_raw
from chalicelib.store.port import Add, Change, Entry, IndexKey, Put, Remove, Require, Schedule, Write

_SENT_IN_ORDER = (Require, Remove, Put, Change | Add | Schedule)
"""PynamoDB sends the kinds of writes in this order, and DynamoDB gives its reasons in the order sent."""


def commit(connection: Connection, table: str, writes: Sequence[Write]) -> None:
    """Raises `Lost` with the caller's positions, or `Unavailable`."""
    order = [i for kind in _SENT_IN_ORDER for i, write in enumerate(writes) if isinstance(write, kind)]
    checks, deletes, puts, updates = (
        [_arguments(connection, table, write) for write in writes if isinstance(write, kind)] for kind in _SENT_IN_ORDER
    )
    with unavailable(), commit_conflict(order):
        connection.transact_write_items(checks, deletes, puts, updates)


def _arguments(connection: Connection, table: str, write: Write) -> dict[str, Any]:
    key = sizes.key_of(write)
    arguments: dict[str, Any] = {}
    if isinstance(write, Put):
        arguments = {"key": "Item", "attributes": to_raw(write.entry)}
        arguments["condition"] = Item.pk.does_not_exist() if write.if_absent else None
    elif isinstance(write, Change):
        arguments = {"actions": _actions(write.entry), "condition": Item.version == write.expected}
    elif isinstance(write, Add):
        arguments = {"actions": counting(write.kind, write.step), "condition": room(write.step, write.ceiling)}
    elif isinstance(write, Schedule):
        arguments = {"actions": _scheduling(write.due), "condition": Item.version == write.expected}
    elif isinstance(write, Remove):
        arguments = {"condition": None if write.expected is None else Item.version == write.expected}
    elif isinstance(write, Require):
        arguments = {"condition": Item.pk.exists() if write.present else Item.pk.does_not_exist()}
    return connection.get_operation_kwargs(table, key.pk, key.sk, **arguments)


def counting(kind: str, step: int) -> list[Action]:
    return [Item.kind.set(Item.kind | kind), Item.counted.add(step)]


def room(step: int, ceiling: int | None) -> Condition | None:
    """That the counter stays within the ceiling; none is demanded where there is no ceiling."""
    if ceiling is None:
        return None
    stays: Condition = Item.counted <= ceiling - step
    return stays if step > ceiling else stays | Item.counted.does_not_exist()


def _scheduling(due: IndexKey | None) -> list[Action]:
    if due is None:
        return [Item.due_pk.remove(), Item.due_sk.remove()]
    return [Item.due_pk.set(due.pk), Item.due_sk.set(due.sk)]


def _actions(entry: Entry) -> list[Action]:
    """Sets what the entry has and removes what it has not; attributes outside `Entry` stay."""
    given = dict(sizes.attributes(entry))
    return [
        attribute.set(given[name]) if name in given else attribute.remove()
        for name, attribute in ATTRIBUTES.items()
        if name not in ("pk", "sk")
    ]
