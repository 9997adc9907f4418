"""A cell item: the counts of one day or week, as compressed JSON.

An item with more than `MOST_TUPLES` different tuples is folded: the values of the dimensions that vary most are
replaced by `OTHER`, in all its tuples and from then on. So what is taken away later meets what was added before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from chalicelib.statistics.counting.series import SERIES, Address, Increments, Tuple
from chalicelib.statistics.dimensions import DIMENSIONS, OTHER
from chalicelib.store import keys, reads
from chalicelib.store.port import Entry, Key, Put, Remove, Store, Write
from chalicelib.store.stored_form import Form, found_damaged

KIND = "statistics-cell"
FORM = Form(KIND, bytes)
MOST_TUPLES = 20_000
"""About 250 KB. The largest item of DynamoDB has 400 KB."""
FOLDED = tuple({row.column for row in DIMENSIONS.values() if 0 < row.folded <= level} for level in (1, 2, 3))
"""The columns that each further level of folding drops."""


class Cell(msgspec.Struct):
    """`level`: how often it was folded."""

    counts: Counter[Tuple]
    level: int = 0

    def add(self, more: Counter[Tuple]) -> None:
        for key, number in more.items():
            self.counts[folded(key, self.level)] += number
        self.counts = Counter({key: number for key, number in self.counts.items() if number})
        while len(self.counts) > MOST_TUPLES and self.level < len(FOLDED):
            self.level += 1
            merged: Counter[Tuple] = Counter()
            for key, number in self.counts.items():
                merged[folded(key, self.level)] += number
            self.counts = merged


class _StoredCell(msgspec.Struct, array_like=True):
    """`names`: every text once. `rows`: the numbers of a tuple's texts, then its count."""

    level: int
    names: list[str]
    rows: list[list[int]]


def folded(key: Tuple, level: int) -> Tuple:
    if level == 0:
        return key
    dropped = FOLDED[level - 1]
    values = zip(SERIES[key[0]], key[1:], strict=True)
    return (key[0], *(OTHER if name in dropped and value else value for name, value in values))


def encode(cell: Cell) -> bytes:
    """Equal cells have the same bytes."""
    keys = sorted(cell.counts)
    names = sorted({text for key in keys for text in key})
    at = {name: number for number, name in enumerate(names)}
    rows = [[*(at[text] for text in key), cell.counts[key]] for key in keys]
    return msgspec.json.encode(_StoredCell(cell.level, names, rows))


def decode(form: Form[bytes], entry: Entry) -> Cell:
    """Raises `Damaged`."""
    stored = form.read_part(entry, _StoredCell)
    name = stored.names.__getitem__
    try:
        return Cell(Counter({tuple(map(name, row[:-1])): row[-1] for row in stored.rows}), stored.level)
    except IndexError:
        raise found_damaged(entry) from None


def between(
    store: Store, tenant: str, generation: int, first: Address, last: Address
) -> Iterator[tuple[Address, Cell]]:
    """The cells of one kind, both periods included."""
    within = keys.statistics_cells(tenant, generation, first.kind, first.period, last.period)
    for entry in reads.items(store, keys.statistics_head(tenant).pk, within):
        yield Address(first.kind, keys.statistics_period(entry.key)), decode(FORM, entry)


def writes(store: Store, tenant: str, generation: int, increments: Increments) -> list[Write]:
    """Add the increments to the stored cells."""
    by_key = {keys.statistics_cell(tenant, generation, *address): more for address, more in increments.items()}
    found = reads.read_all(store, list(by_key))
    return [_write(key, found.get(key), more) for key, more in by_key.items()]


def _write(key: Key, before: Entry | None, more: Counter[Tuple]) -> Write:
    changed = Cell(Counter()) if before is None else decode(FORM, before)
    changed.add(more)
    return Put(FORM.entry(key, encode(changed)), if_absent=False) if changed.counts else Remove(key)
