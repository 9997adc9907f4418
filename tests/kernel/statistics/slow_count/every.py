"""The slow count of every measure, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from tests.kernel.statistics.slow_count import slow_deadlines, slow_flow, slow_outcomes, slow_promises
from tests.kernel.statistics.slow_count.slow import Hit, Slow

SHARES = {**slow_flow.FLOW, **slow_outcomes.OUTCOMES, **slow_deadlines.DEADLINES, **slow_promises.PROMISES}
TIMES = {**slow_flow.TIMES, **slow_outcomes.TIMES, **slow_deadlines.TIMES}
STATES: dict[str, Callable[[Slow, date], Iterator[Hit]]] = {
    "open": slow_deadlines.open_at,
    "deadlines_open": slow_deadlines.runs_at,
}


def asked_about(found: Iterable[Hit], by: Iterable[str]) -> Iterator[Hit]:
    """Of deadlines those of the office, unless it is asked whose duty they are, or about each deadline."""
    every = bool({"duty", "clock"} & {*by})
    return (hit for hit in found if every or hit.case.get("duty", "office") == "office")
