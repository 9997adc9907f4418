"""A cell item: the counts of one day or month, as compressed JSON.

A period has one item that takes counts. When it has more than `MOST_TUPLES`, its content moves to a further item, which
never changes again; a question adds the items of a period up. So no item grows without limit, and a commit rewrites
little.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator

import msgspec

from chalicelib.statistics.counting.series import Address, Increments, Tuple
from chalicelib.store import keys, reads
from chalicelib.store.port import Entry, Key, Put, Remove, Store, Write
from chalicelib.store.stored_form import Form, found_damaged

KIND = "statistics-cell"
FORM = Form(KIND, bytes)
MOST_TUPLES = 8_000
"""Some 100 KB. A batch of records adds less than the rest of the 400 KB that an item of DynamoDB has."""


class Cell(msgspec.Struct):
    """`full`: how many further items the period has."""

    counts: Counter[Tuple]
    full: int = 0


class _StoredCell(msgspec.Struct, array_like=True):
    """`names`: every text once. `rows`: the numbers of a tuple's texts, then its count."""

    full: int
    names: list[str]
    rows: list[list[int]]


def encode(cell: Cell) -> bytes:
    """Equal cells have the same bytes."""
    keys = sorted(cell.counts)
    names = sorted({text for key in keys for text in key})
    at = {name: number for number, name in enumerate(names)}
    rows = [[*(at[text] for text in key), cell.counts[key]] for key in keys]
    return msgspec.json.encode(_StoredCell(cell.full, names, rows))


def decode(form: Form[bytes], entry: Entry, series: Container[str] | None = None) -> Cell:
    """`series`: those whose tuples are wanted, by default all: a tuple takes time. Raises `Damaged`."""
    stored = form.read_part(entry, _StoredCell)
    name = stored.names.__getitem__
    try:
        rows = stored.rows if series is None else [row for row in stored.rows if name(row[0]) in series]
        return Cell(Counter({tuple(map(name, row[:-1])): row[-1] for row in rows}), stored.full)
    except IndexError:
        raise found_damaged(entry) from None


def between(
    store: Store, tenant: str, first: Address, last: Address, series: Container[str]
) -> Iterator[tuple[Address, Counter[Tuple]]]:
    """The counts of the series in the cells of one kind, both periods included. An address can occur again."""
    within = keys.statistics_cells(tenant, first.kind, first.period, last.period)
    for entry in reads.items(store, keys.statistics_head(tenant).pk, within):
        yield Address(first.kind, keys.statistics_period(entry.key)), decode(FORM, entry, series).counts


def writes(store: Store, tenant: str, increments: Increments) -> list[Write]:
    """Add the increments to the stored cells."""
    by_key = {keys.statistics_cell(tenant, *address): more for address, more in increments.items()}
    found = reads.read_all(store, list(by_key))
    return [write for key, more in by_key.items() for write in _writes(key, found.get(key), more)]


def _writes(key: Key, before: Entry | None, more: Counter[Tuple]) -> Iterator[Write]:
    changed = Cell(Counter()) if before is None else decode(FORM, before)
    for one, number in more.items():
        changed.counts[one] += number
    counts = Counter({one: number for one, number in changed.counts.items() if number})
    if len(counts) > MOST_TUPLES:
        yield Put(FORM.entry(keys.statistics_full_cell(key, changed.full), encode(Cell(counts))))
        yield Put(FORM.entry(key, encode(Cell(Counter(), changed.full + 1))), if_absent=False)
    elif counts or changed.full:
        yield Put(FORM.entry(key, encode(Cell(counts, changed.full))), if_absent=False)
    else:
        yield Remove(key)
