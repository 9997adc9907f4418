"""Series: kinds of countable facts, each with its dimensions.

Every series has the common dimensions. It counts on the day on which something happened, or was due (`DUE_SERIES`).
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from chalicelib.statistics.dimensions import DIMENSIONS, CountedCase

NUMBER = 10
"""Raise it with every change of what is counted: the hourly job then rebuilds the figures of every organisation."""
_OF_CASE = {row.name: row.of_case for row in DIMENSIONS.values() if row.of_case is not None}
COMMON = tuple(_OF_CASE)

_OWN: dict[str, tuple[str, ...]] = {
    "filed": ("returning",),
    "event": ("event", "role", "stage", "tier"),
    "first_acceptance": ("accepted",),
    "first_refusal": ("refused", "ground"),
    "refusal": ("ground", "overturned"),
    "answer": ("event", "disputed"),
    "demand": ("lapsed", "received"),
    "begun": ("clock", "clause", "duty", "extended"),
    "deadline": ("event", "clock", "clause", "duty", "stage", "near", "last_day"),
    "escalation": ("clock", "clause", "duty", "tier", "bucket"),
    "first_reply": ("bucket",),
    "first_substantive_reply": ("bucket", "days", "own_bucket", "own_days"),
    "first_decision": ("bucket", "days", "own_bucket", "own_days"),
    "first_closing": ("bucket",),
    "first_category": ("first_category", "changed"),
    "severity_change": ("direction", "cause", "warned", "near"),
    "ending": ("by_time", "unheard", "reopened", "answered"),
    "handed_on": ("event", "near"),
    "staff_act": ("earlier",),
    "ruling": ("again", "same", "appealed"),
    "task_done": ("task", "role"),
    "said": ("event", "task", "answer", "place"),
    "amount": ("sum", "field", "given"),
    "redress": ("field", "amount"),
    "pause": ("clock", "clause", "duty", "stage", "bucket"),
    "score": (),
    "threshold": ("task",),
    "open": ("stage", "tier", "week"),
    "run": ("clock", "clause", "duty", "stage", "run_state"),
    "due": ("clock", "clause", "duty", "outcome"),
    "lateness": ("clock", "clause", "duty", "bucket"),
    "promise": ("clock", "clause", "duty", "outcome", "cause"),
}
RETURNING = "filed"
"""Each complaint whose complainant is known, once. It is counted from a word beside the record (`cells.returning`)."""
THOUSAND = 1000
"""Series `amount` counts thousandths, and the amounts of series `redress` are thousandths."""
MONEY = "money"
"""The `sum` of numbers that are amounts of money."""
DUE_SERIES = frozenset({"due", "lateness", "promise"})
STATE_SERIES = frozenset({"open", "run"})
"""Differences: +1 on the day on which a state begins, -1 on the day on which it ends."""
SERIES = {name: (*COMMON, *own) for name, own in _OWN.items()}
"""All dimensions of each series, in the order of their values in a `Tuple`."""

Tuple = tuple[str, ...]
"""The series, then a value for each of its dimensions."""


def index(series: str, column: str) -> int:
    """The column's place in a tuple of the series."""
    return SERIES[series].index(column) + 1


def common_of(case: CountedCase) -> Tuple:
    """The values of the common dimensions."""
    return tuple(of_case(case) for of_case in _OF_CASE.values())


class Address(NamedTuple):
    """Where a tuple is counted. `kind`: `D` for a day (`2026-11-27`), or `M` for a month (`2026-11`), which adds up its
    differences of states as well."""

    kind: str
    period: str


Increments = dict[Address, Counter[Tuple]]
_NOTHING: Counter[Tuple] = Counter()


def subtract(after: Increments, before: Increments) -> Increments:
    """What must be added to cells that hold `before` so that they hold `after`. Without zeros."""
    found: Increments = {}
    for address in {**after, **before}:
        mine, other = after.get(address, _NOTHING), before.get(address, _NOTHING)
        if dict.__eq__(mine, other):  # of most addresses, and much faster than the comparison of counters
            continue
        changed = {key: number for key in {**mine, **other} if (number := mine.get(key, 0) - other.get(key, 0))}
        if changed:
            found[address] = Counter(changed)
    return found


def add(total: Increments, more: Increments) -> None:
    for address, counted in more.items():
        mine = total.setdefault(address, Counter())
        for key, number in counted.items():
            mine[key] = mine.get(key, 0) + number
