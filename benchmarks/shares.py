"""Where a command's time goes in the app itself: on the memory store, where the store costs least.

Time on a processor: nothing is waited for there, and other work on the machine does not count.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from benchmarks.app_under_test import app_under_test
from benchmarks.command import quietly
from benchmarks.stopwatch import PURE, Stopwatch

COMMANDS = 300
WARM_UP = 30
EVENTS = 50
CLOCK = time.process_time


def measure() -> dict[str, float]:
    """Median milliseconds of a command through the API on the memory store, whole and by part."""
    measured, watch = app_under_test(events=EVENTS), Stopwatch(CLOCK)
    took: dict[str, list[float]] = {"whole": []}
    for _ in range(WARM_UP):
        measured.act(CLOCK)
    for _ in range(COMMANDS):
        took["whole"].append(measured.act(CLOCK))
    with watch.watching():
        for _ in range(COMMANDS):
            watch.seconds.clear()
            took.setdefault("whole, watched", []).append(measured.act(CLOCK))
            for part, seconds in watch.seconds.items():
                took.setdefault(part, []).append(seconds)
    return {part: statistics.median(seconds) * 1000 for part, seconds in took.items()}


def rows() -> Iterator[str]:
    medians = quietly(measure)
    whole = medians["whole, watched"]
    for part, median in medians.items():
        yield f"| {part} | {median:.2f} | {100 * median / whole:.0f} % |"
    pure = sum(medians[part] for part in PURE)
    yield f"\ndecide and deadlines together: {pure:.2f} ms, {100 * pure / whole:.0f} % of the command."
