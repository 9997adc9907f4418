"""Blocks: the complaint numbers that share a segment, `202611-000` for the first 5,000 of a month (pure)."""

from __future__ import annotations

from collections.abc import Iterable

from chalicelib.casework.numbers import Month
from chalicelib.ports.search_index import BLOCK


def of_number(number: str) -> str:
    month, _, n = number.partition("-")
    return f"{month}-{(int(n) - 1) // BLOCK:03d}"


def place_of(number: str) -> int:
    """The number within its month."""
    return int(number.partition("-")[2])


def number_at(block: str, n: int) -> str:
    return f"{month_of(block)}-{n:06d}"


def month_of(block: str) -> str:
    return block.partition("-")[0]


def of_months(months: Iterable[Month]) -> list[str]:
    """The blocks of all numbers."""
    return [f"{month.name}-{index:03d}" for month in months for index in range(-(-month.count // BLOCK))]


def numbers(block: str, after: int, count: int, most: int) -> list[str]:
    """The next numbers of the block. `after`: the last one before, 0 at the start. `count`: numbers of the month."""
    index = int(block.partition("-")[2])
    first = max(index * BLOCK, after) + 1
    last = min((index + 1) * BLOCK, count, first + most - 1)
    return [number_at(block, n) for n in range(first, last + 1)]
