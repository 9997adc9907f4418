"""Read and write units by use case, computed from item sizes, and what a complaint costs over its life.

The numbers are those that `tests/budgets/test_units.py` holds. On-demand list price of us-east-1, as published since
November 2024: an assumption, like what happens to a complaint in its life.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from benchmarks.command import quietly
from tests.budgets.use_cases import ACTS, PAGE, Units, measured

READ_PRICE, WRITE_PRICE = 0.125, 0.625
"""US dollars for a million units."""
LIFETIME_COUNTS: Mapping[str, float] = {
    "a filing": 1,
    **{f"the act {name}": 1 for _, name, _ in ACTS},
    "a warning": 1,
    "a miss": 0.2,
    "an event relayed": 25,
    "an event of which nothing comes": 18,
    "the complainant's message": 3,
    "a message to staff with its mail": 4,
    f"a page of the staff's queue ({PAGE} rows)": 10,
    "a member's look": 12,
    "the complainant's look": 3,
}
"""How often each happens to a complaint; one in five is missed once."""


def price(units: Units) -> float:
    """US dollars of a thousand times."""
    return (units.read * READ_PRICE + units.written * WRITE_PRICE) / 1000


def rows() -> Iterator[str]:
    found: dict[str, Units] = quietly(measured)
    yield "| use case | read units | write units | in a life | USD for 1,000 |"
    yield "|---|---:|---:|---:|---:|"
    for name, units in found.items():
        yield f"| {name} | {units.read:g} | {units.written} | {LIFETIME_COUNTS.get(name, 0):g} | {price(units):.4f} |"
    yield lifetime_row(found)


def lifetime_row(found: Mapping[str, Units]) -> str:
    """The last row: everything that happens to one complaint."""
    read = sum(found[name].read * times for name, times in LIFETIME_COUNTS.items())
    written = sum(found[name].written * times for name, times in LIFETIME_COUNTS.items())
    cost = sum(price(found[name]) * times for name, times in LIFETIME_COUNTS.items())
    return f"| **a complaint's life** | {read:.0f} | {written:.0f} | 1 | **{cost:.3f}** |"


if __name__ == "__main__":
    print("\n".join(rows()))
