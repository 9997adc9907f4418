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
MAX_REBUILD, MAX_REPORT = 300, 1
"""Targets, in seconds."""


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


def rebuild(found: Office, now: Instant, *, shown: bool) -> tuple[float, int]:
    """Seconds of the whole job, and its steps. Progress goes to standard error."""
    name, began, steps = f"{JOB_KIND}-bench", time.perf_counter(), 0
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
    return time.perf_counter() - began, steps


def month(found: Office, last: date, now: Instant) -> tuple[float, int, int]:
    """Seconds of a report with all measures on a month, the items that it read, and the complaints received."""
    first = (last.replace(day=1) - timedelta(days=45)).replace(day=1)
    end = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    store = Items(found.world.fakes.store)
    wiring, question = replace(found.wiring, store=store), Question(measures=tuple(MEASURES), first=first, last=end)
    began = time.perf_counter()
    with binding.tenant(found.tenant):
        rows = answer(wiring, found.tenant, question, now).rows
    received = rows[0].values["received"] if rows else 0
    return time.perf_counter() - began, store.read, received if isinstance(received, int) else 0


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
    took, steps = rebuild(found, now, shown=shown)
    seconds, items, received = month(found, last, now)
    yield "| what | complaints | events | seconds | |\n|---|---:|---:|---:|---|"
    yield f"| rebuild | {complaints:,} | {events:,} | {took:.0f} | {steps} steps |"
    yield f"| a month's report, all measures | {received:,} | | {seconds:.2f} | {items} items read |"
    yield target_line("seconds of a rebuild of 100,000 complaints", MAX_REBUILD, {"rebuild": took})
    yield target_line("seconds of a month's report", MAX_REPORT, {"report": seconds})


if __name__ == "__main__":
    for line in rows(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, shown=True):
        print(line)
