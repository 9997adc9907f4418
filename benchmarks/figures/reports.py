"""Time of a rebuild and of a month's report on the memory store: `python -m benchmarks.figures.reports [complaints]`.

The complaints have 12 events each: the first ones of played lives, on the days of a year.
"""

from __future__ import annotations

import contextlib
import io
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta

from msgspec.structs import replace

from benchmarks.figures.records import CopiedLives, Items, lives
from benchmarks.targets import target_line
from chalicelib.access import binding
from chalicelib.casework import anchor_marks
from chalicelib.jobs import job as jobs
from chalicelib.jobs.driver import run_steps
from chalicelib.jobs.job import Job
from chalicelib.kit.instants import DAY, Instant
from chalicelib.statistics.measures.table import MEASURES
from chalicelib.statistics.question import Question
from chalicelib.statistics.reading import answer
from chalicelib.statistics.rebuild.start import JOB_KIND, StatisticsCursor
from chalicelib.store import keys
from chalicelib.store.port import Put, Remove
from chalicelib.workers.entries import JOBS
from tests.backtests.live import Office
from tests.kernel.statistics.played import NOW, play, records

PRESET, EVENTS, DAYS, AFTER = "corporate-standard", 12, 365, 40
"""`AFTER`: days between the played lives and the first copies."""
MAX_REBUILD, MAX_REPORT = 90, 0.15
"""Targets, in seconds of CPU time: those of an idle machine."""


def fill(found: Office, complaints: int) -> tuple[int, date]:
    """Writes the complaints in the order of their days. Returns the number of events, and the last day."""
    first, store = min(one.day(0) for one in records(found)), found.world.fakes.store
    copies, events, by_month = CopiedLives([life[:EVENTS] for life in lives(found)]), 0, dict[str, int]()
    with binding.tenant(found.tenant):
        for position in range(complaints):
            days = AFTER + position * DAYS // complaints
            month = f"{first + timedelta(days=days):%Y%m}"
            by_month[month] = by_month.get(month, 0) + 1
            new = list(copies.entries(found.tenant, f"{month}-{by_month[month]:06d}", position, days))
            store.commit([Put(entry) for entry in new])
            events += len(new)
            store.calls.clear()
            store.stream.clear()
        for month, count in by_month.items():
            store.count(keys.month_counter(found.tenant, month), "counter", step=count)
    return events, first + timedelta(days=AFTER + DAYS)


class Watch:
    """Seconds, and those of CPU time, since it was made."""

    def __init__(self) -> None:
        self._began = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        return time.perf_counter() - self._began[0], time.process_time() - self._began[1]


def rebuild(found: Office, now: Instant, *, shown: bool) -> tuple[tuple[float, float], int]:
    """Seconds of the whole job, and its steps. Progress goes to standard error."""
    name, watch, steps = f"{JOB_KIND}-bench", Watch(), 0
    with binding.tenant(found.tenant):
        new = Job(id=name, kind=JOB_KIND, by="system", started=now, cursor=jobs.cursor(StatisticsCursor()))
        found.wiring.store.commit([jobs.new(found.tenant, new)])
        while not (job := jobs.get(found.wiring.store, found.tenant, name)).over:
            run_steps(found.wiring, found.tenant, name, now, JOBS)
            steps += 1
            found.world.fakes.store.calls.clear()
            found.world.fakes.effects.waiting.clear()
            if shown and job.of:
                sys.stderr.write(f"\r{job.done:,} of {job.of:,}")
    if job.state != "done":
        raise RuntimeError(f"the rebuild ended as {job.state}: {job.reason}")
    return watch.read(), steps


def month(last: date) -> tuple[date, date]:
    """The first and the last day of a whole month."""
    first = (last.replace(day=1) - timedelta(days=45)).replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def report(found: Office, first: date, end: date, now: Instant) -> tuple[tuple[float, float], int, int]:
    """Seconds of a report with all measures, the items that it read, and the complaints received."""
    store = Items(found.world.fakes.store)
    wiring, question = replace(found.wiring, store=store), Question(measures=tuple(MEASURES), first=first, last=end)
    watch = Watch()
    with binding.tenant(found.tenant):
        rows = answer(wiring, found.tenant, question, now).rows
    received = rows[0].values["received"] if rows else 0
    return watch.read(), store.read, received if isinstance(received, int) else 0


def _remove_marks(found: Office) -> None:
    with binding.tenant(found.tenant):
        for page in anchor_marks.settled_marks(found.wiring.store, found.tenant, NOW + DAYS * DAY, 90):
            found.wiring.store.commit([Remove(key) for key in page])


def rows(complaints: int = 100_000, *, shown: bool = False) -> Iterator[str]:
    with contextlib.redirect_stdout(io.StringIO()):
        found = play(PRESET, 40, 5)
        _remove_marks(found)
        events, last = fill(found, complaints)
    now = NOW + (AFTER + DAYS) * DAY
    (took, cpu), steps = rebuild(found, now, shown=shown)
    yield "| what | complaints | events | seconds | CPU seconds | |\n|---|---:|---:|---:|---:|---|"
    yield f"| rebuild | {complaints:,} | {events:,} | {took:.0f} | {cpu:.0f} | {steps} steps |"
    first, end = month(last)
    of_month = 0.0
    for what, begin in (("month", first), ("year", end - timedelta(days=364))):
        (seconds, of_cpu), items, received = report(found, begin, end, now)
        of_month = of_month or of_cpu
        numbers = f"{received:,} | | {seconds:.2f} | {of_cpu:.2f}"
        yield f"| a {what}'s report, all measures | {numbers} | {items} items read |"
    yield target_line("CPU seconds of a rebuild of 100,000 complaints", MAX_REBUILD, {"rebuild": cpu})
    yield target_line("CPU seconds of a month's report", MAX_REPORT, {"report": of_month})


if __name__ == "__main__":
    for line in rows(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, shown=True):
        print(line)
