"""Sizes: DynamoDB's limits per call, and the size of an entry.

Source: Amazon DynamoDB Developer Guide, "Item sizes and formats" and "Quotas". The size of an item is the UTF-8 size of
its attribute names and values. A number takes about one byte per two digits, plus one byte.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec.structs import replace

from chalicelib.store.port import Entry, Key, Put, Update, Write

MAX_KEYS = 100
"""Keys of one BatchGetItem."""
MAX_WRITES = 100
"""Items of one TransactWriteItems."""
MAX_PUTS = 25
"""Items of one BatchWriteItem."""
ITEM_BYTES = 400 * 1024
COMMIT_BYTES = 4 * 1024 * 1024
WRITE_UNIT = 1024
"""Bytes of an item for which DynamoDB counts one write unit, two in a transaction."""
PACKED_KINDS = set[str]()
"""The kinds whose forms say so (`stored_form.Form`)."""
Attribute = tuple[str, str | int | bytes]
"""Name and value."""


class TooLarge(ValueError):
    """An entry above 400 KB, or a commit above 4 MB."""


def attributes(entry: Entry) -> Iterator[Attribute]:
    """The item's attributes by their names in the table. Values that are None, and an empty body, are left out.

    Rows of the staff queue and large bodies are packed.
    """
    return _named(entry, *_contents(entry))


def _named(entry: Entry, body: str, packed: bytes | None, row: str | None) -> Iterator[Attribute]:
    named: tuple[tuple[str, str | int | bytes | None], ...] = (
        ("pk", entry.key.pk),
        ("sk", entry.key.sk),
        ("kind", entry.kind),
        ("body", body or None),
        ("packed", packed),
        ("version", entry.version),
        ("count", entry.count),
        ("seq", entry.seq),
        ("expires", entry.expires),
        ("due_pk", entry.due and entry.due.pk),
        ("due_sk", entry.due and entry.due.sk),
        ("list_pk", entry.listed and entry.listed.pk),
        ("list_sk", entry.listed and entry.listed.sk),
        ("row", row),
        ("v", entry.form),
    )
    return ((name, value) for name, value in named if value is not None)


def bytes_of(attributes: Iterable[Attribute]) -> int:
    return sum(len(name) + _value_bytes(value) for name, value in attributes)


def item_bytes(entry: Entry) -> int:
    """Without packing, which is what limits hold for."""
    return bytes_of(_named(entry, entry.body, None, entry.row))


def put_bytes(writes: Iterable[Write]) -> int:
    """Of all entries that are put, without packing."""
    return sum(item_bytes(write.entry) for write in writes if isinstance(write, Put))


def _contents(entry: Entry) -> tuple[str, bytes | None, str | None]:
    """Body, packed body and row of the item.

    A body is packed if the item would take more than one write unit, and only for some kinds.
    """
    if entry.kind not in PACKED_KINDS:
        return entry.body, None, entry.row
    from chalicelib.store import packing  # a cold start does not need it

    row = entry.row and packing.pack_row(entry.row)
    if item_bytes(replace(entry, row=row)) <= WRITE_UNIT:
        return entry.body, None, row
    return "", packing.pack(entry.body), row


def check_keys(keys: Sequence[Key]) -> None:
    """Raises ValueError for more keys than one BatchGetItem accepts."""
    if len(keys) > MAX_KEYS:
        raise ValueError(f"one read accepts at most {MAX_KEYS} keys")


def check_writes(writes: Sequence[Write]) -> None:
    """Raises ValueError for writes that DynamoDB rejects as invalid, regardless of the content of the table."""
    if len(writes) > MAX_WRITES:
        raise ValueError(f"one commit accepts at most {MAX_WRITES} writes")
    if len({key_of(write) for write in writes}) < len(writes):
        raise ValueError("one commit must not name a key twice")
    if any(isinstance(write, Update) and not write.restores and _keeps_version(write) for write in writes):
        raise ValueError("a change must increase the version")
    entries = [write.entry for write in writes if isinstance(write, Put | Update)]
    if sum(map(_at_most, entries)) <= ITEM_BYTES:  # nearly always, and quicker to count
        return
    sizes = [item_bytes(entry) for entry in entries]
    if any(size > ITEM_BYTES for size in sizes) or sum(sizes) > COMMIT_BYTES:
        raise TooLarge("an entry is above 400 KB, or a commit above 4 MB")


def _keeps_version(change: Update) -> bool:
    return (change.entry.version or 0) <= change.expected


def check_puts(entries: Sequence[Entry]) -> None:
    """Raises ValueError for entries that BatchWriteItem rejects."""
    if len(entries) > MAX_PUTS:
        raise ValueError(f"one call puts at most {MAX_PUTS} entries")
    check_writes([Put(entry) for entry in entries])


def groups_per_commit(groups: Collection[Sequence[Write]], beside: int = 0) -> int:
    """How many of the groups fit into one commit, whichever they are. `beside`: the number of its other writes."""
    return (MAX_WRITES - beside) // max(map(len, groups), default=1)


def key_of(write: Write) -> Key:
    return write.entry.key if isinstance(write, Put | Update) else write.key


def _at_most(entry: Entry) -> int:
    """A bound of `item_bytes`: a character takes at most four bytes, and names and numbers less than the rest."""
    texts = (*entry.key, entry.kind, entry.body, entry.row or "", *(entry.due or ()), *(entry.listed or ()))
    return 1024 + 4 * sum(map(len, texts))


def _value_bytes(value: str | int | bytes) -> int:
    if isinstance(value, bytes):
        return len(value)
    if isinstance(value, str):
        return len(value.encode())
    return (len(str(abs(value))) + 1) // 2 + 1
