"""One step of a repair: it compares a page of items with what they follow from and, unless it only checks, mends them.

Nothing original is written, least of all events. Each write is conditional on what was read, so an act at the same time
wins, and the record is compared again. A step can be repeated.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from msgspec.structs import replace

from chalicelib.casework import numbers
from chalicelib.features.repair import anchors, records, statistics
from chalicelib.features.repair.parts import parts
from chalicelib.features.repair.run import RepairRun
from chalicelib.features.repair.start import CLOSED, REPAIRED_STATES
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim
from chalicelib.statistics.rebuild import start as statistics_rebuild
from chalicelib.store.keys import CaseRef

RECORDS = 20
"""Records of one step."""


class RepairStage(NamedTuple):
    """`run`: one page; returns whether it was the last. `kinds`, `lookups`: as in `DerivedPart`."""

    run: Callable[[RepairRun], bool]
    kinds: tuple[str, ...] = ()
    lookups: tuple[str, ...] = ()


def step(claim: Claim) -> None:
    """`driver.Step`."""
    state = claim.wiring.states.state(claim.tenant)
    if state not in REPAIRED_STATES:
        claim.save(replace(claim.job, state="stopped", reason=CLOSED.format(state=state)))
        return
    run, stages = RepairRun(claim), list(STAGES.values())
    if stages[run.at.stage].run(run):
        run.at.stage += 1
    counts = {"faults": run.faults, "broken": run.broken, "later": run.later}
    after = replace(
        claim.job,
        state="done" if run.at.stage == len(stages) else "running",
        cursor=jobs.cursor(run.at),
        done=claim.job.done + run.done,
        of=run.at.of,
        counts={name: claim.job.counts.get(name, 0) + more for name, more in counts.items()},
    )
    claim.save(after, run.writes)


def _count(run: RepairRun) -> bool:
    months, units = numbers.months(run.wiring.store, run.tenant), numbers.units(run.wiring.store, run.tenant)
    run.at.of = sum(month.count for month in months) + len(units)
    run.at.anchor = anchors.latest(run.wiring.vault, run.tenant)
    return True


def _anchors(run: RepairRun) -> bool:
    n = run.at.anchor
    if n:
        run.settle(f"anchor {n}", lambda: anchors.of_anchor(run.wiring, run.tenant, n))
        run.at.anchor = n - 1
    return run.at.anchor == 0


def _organisation(run: RepairRun) -> bool:
    for part in parts():
        run.settle(part.name, partial(part.of_organisation, run.wiring, run.tenant))
        if not run.checks:
            part.begin(run.wiring, run.tenant, run.claim.now)
    return True


def _records(run: RepairRun) -> bool:
    if run.at.place is not None:
        months = numbers.months(run.wiring.store, run.tenant)
        page, run.at.place = numbers.next_page(months, run.at.place, RECORDS)
    else:
        page = [number for number in numbers.units(run.wiring.store, run.tenant) if number > run.at.unit][:RECORDS]
        if not page:
            return True
        run.at.unit = page[-1]
    for number in page:
        found = partial(records.of_record, run.wiring, CaseRef(run.tenant, number), run.claim.now, checks=run.checks)
        run.settle(number, found)
    run.done += len(page)
    return False


def _statistics(run: RepairRun) -> bool:
    """Whether a figure is right shows only a new count of all records, so a check leaves them out."""
    run.settle("statistics", lambda: statistics.faults(run.wiring.store, run.tenant))
    if not run.checks:
        write, name = statistics_rebuild.by_repair(run.wiring.real_clock, run.tenant, run.claim.stored, run.claim.now)
        run.writes.append(write)
        run.at.jobs.append(name)
    return True


STAGES: dict[str, RepairStage] = {
    "count": RepairStage(_count),
    # Before the records, whose marks depend on what is anchored.
    "anchors": RepairStage(_anchors, kinds=("anchor",), lookups=("anchor", "anchored")),
    "organisation": RepairStage(_organisation),
    "records": RepairStage(_records),
    "statistics": RepairStage(
        _statistics,
        kinds=("statistics-head", "statistics-cell", "statistics-counted", "statistics-returning"),
        lookups=("statistics",),
    ),
}
"""By name, in this order. `parts.parts` are those of the organisation and of the records."""
