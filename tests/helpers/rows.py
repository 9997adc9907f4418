"""Tables of the program as a release has them that lacks a row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


@contextmanager
def without(table: dict[K, V], name: K) -> Iterator[V]:
    """The row that is missing inside. Afterwards the rows have their order again, which `delitem` of pytest loses."""
    before = dict(table)
    try:
        yield table.pop(name)
    finally:
        table.clear()
        table.update(before)
