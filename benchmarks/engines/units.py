"""Read and write units by use case, computed from item sizes, and the cost of a complaint over its lifetime.

`tests/across/budgets/test_units.py` checks the same numbers. Assumptions: the on-demand list price of us-east-1 since
November 2024, and how often each use case occurs for a complaint.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from benchmarks.engines.command import quietly
from tests.across.budgets.use_cases import ACTS, PAGE, Units, measured

READ_PRICE, WRITE_PRICE = 0.125, 0.625
"""US dollars per million units."""
LIFETIME_COUNTS: Mapping[str, float] = {
    "a filing": 1,
    **{f"the act {name}": 1 for _, name, _ in ACTS},
    "a warning": 1,
    "a miss": 0.2,
    "an event relayed": 25,
    "an event without effects": 18,
    "a filing noted for similar complaints": 1,
    "the complainant's message": 3,
    "a message to staff with its mail": 4,
    f"a page of the staff's queue ({PAGE} rows)": 10,
    "a member's view": 12,
    "the complainant's view": 3,
}
"""How often each use case occurs for a complaint. One complaint in five misses a deadline once."""


def price(units: Units) -> float:
    """Return the price in US dollars of a thousand calls."""
    return (units.read * READ_PRICE + units.written * WRITE_PRICE) / 1000


def rows() -> Iterator[str]:
    found: dict[str, Units] = quietly(measured)
    yield "Items are packed; decision 0102 has the figures before.\n"
    yield "| use case | read units | write units | per complaint | USD per 1,000 |"
    yield "|---|---:|---:|---:|---:|"
    for name, units in found.items():
        yield f"| {name} | {units.read:g} | {units.written} | {LIFETIME_COUNTS.get(name, 0):g} | {price(units):.4f} |"
    yield lifetime_row(found)
    yield "\nWhere the units of a complaint's lifetime go, by kind of item (`docs/data-model.md`):\n"
    yield "| kind of item | read units | write units | USD per 1,000 |"
    yield "|---|---:|---:|---:|"
    yield from kind_rows(found)


def lifetime_row(found: Mapping[str, Units]) -> str:
    """Return the last row: the total of one complaint."""
    read = sum(found[name].read * times for name, times in LIFETIME_COUNTS.items())
    written = sum(found[name].written * times for name, times in LIFETIME_COUNTS.items())
    cost = sum(price(found[name]) * times for name, times in LIFETIME_COUNTS.items())
    return f"| **a complaint's lifetime** | {read:.0f} | {written:.0f} | 1 | **{cost:.3f}** |"


def kind_rows(found: Mapping[str, Units]) -> Iterator[str]:
    """Yield a row for each kind of item, the most expensive first."""
    read, written = Counter[str](), Counter[str]()
    for name, times in LIFETIME_COUNTS.items():
        read.update({kind: units * times for kind, units in found[name].reads.items()})  # type: ignore[arg-type]
        written.update({kind: units * times for kind, units in found[name].writes.items()})  # type: ignore[arg-type]
    cost = {kind: (read[kind] * READ_PRICE + written[kind] * WRITE_PRICE) / 1000 for kind in read | written}
    for kind in sorted(cost, key=cost.__getitem__, reverse=True):
        yield f"| {kind} | {read[kind]:.0f} | {written[kind]:.0f} | {cost[kind]:.4f} |"


if __name__ == "__main__":
    print("\n".join(rows()))
