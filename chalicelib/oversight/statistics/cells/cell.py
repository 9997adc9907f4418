"""A cell item: the counts of one day or week, as compressed JSON.

An item with more than `MOST_TUPLES` different tuples is folded: the values of the dimensions that vary most are
replaced by `OTHER`, in all its tuples and from then on. So what is taken away later meets what was added before.
"""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from collections import Counter

import msgspec

from chalicelib.oversight.statistics.counting.series import SERIES, Tuple
from chalicelib.oversight.statistics.dimensions import DIMENSIONS, OTHER
from chalicelib.store.stored_form import Form

KIND = "statistics-cell"
FORM = Form(KIND, str)
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


class _Stored(msgspec.Struct, array_like=True):
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


def encode(cell: Cell) -> str:
    """Equal cells have the same text."""
    keys = sorted(cell.counts)
    names = sorted({text for key in keys for text in key})
    at = {name: number for number, name in enumerate(names)}
    rows = [[*(at[text] for text in key), cell.counts[key]] for key in keys]
    plain = msgspec.json.encode(_Stored(cell.level, names, rows))
    return b64encode(zlib.compress(plain, 6)).decode()


def decode(body: str) -> Cell:
    stored = msgspec.json.decode(zlib.decompress(b64decode(body)), type=_Stored)
    name = stored.names.__getitem__
    counts = {tuple(map(name, row[:-1])): row[-1] for row in stored.rows}
    return Cell(Counter(counts), stored.level)
