"""CPU time of the parts of a command in the app, on the memory store, where the store costs least."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from benchmarks.engines.app_under_test import app_under_test
from benchmarks.engines.command import quietly
from benchmarks.engines.stopwatch import PURE, Stopwatch

COMMANDS = 300
WARM_UP = 30
EVENTS = 50
CLOCK = time.process_time


def measure() -> dict[str, float]:
    """Return the median milliseconds of a command through the API, in total and by part."""
    app, watch = app_under_test(events=EVENTS), Stopwatch(CLOCK)
    times: dict[str, list[float]] = {"whole": []}
    for _ in range(WARM_UP):
        app.act(CLOCK)
    for _ in range(COMMANDS):
        times["whole"].append(app.act(CLOCK))
    with watch.watching():
        for _ in range(COMMANDS):
            watch.seconds.clear()
            times.setdefault("whole, instrumented", []).append(app.act(CLOCK))
            for part, seconds in watch.seconds.items():
                times.setdefault(part, []).append(seconds)
    return {part: statistics.median(seconds) * 1000 for part, seconds in times.items()}


def rows() -> Iterator[str]:
    medians = quietly(measure)
    whole = medians["whole, instrumented"]
    for part, median in medians.items():
        yield f"| {part} | {median:.2f} | {100 * median / whole:.0f} % |"
    pure = sum(medians[part] for part in PURE)
    yield f"\ndecide and deadlines together: {pure:.2f} ms, {100 * pure / whole:.0f} % of the command."
