"""One step of a rebuild: it removes what is counted, and counts a page of records anew.

Until all are counted, queries do not read the cells, and consolidations wait. A step is conditional on the head, so one
that overlaps with another job's conflicts.
"""

from __future__ import annotations

from msgspec.structs import replace

from chalicelib.casework import numbers
from chalicelib.casework.numbers import NumberPosition
from chalicelib.jobs.claim import Claim
from chalicelib.jobs.job import cursor
from chalicelib.statistics.cells import head
from chalicelib.statistics.cells.consolidation import prepare
from chalicelib.statistics.cells.head import StoredHead
from chalicelib.statistics.counting.contribution import definition
from chalicelib.statistics.rebuild.start import StatisticsCursor
from chalicelib.store.port import Write
from chalicelib.store.sizes import MAX_WRITES

PAGE = 500
"""Records of one step: some seconds on DynamoDB."""
TAKEN_OVER = "A later rebuild has taken over."
_BESIDE = 2
"""Other writes of a step: the head and the job."""


def step(claim: Claim) -> None:
    """`driver.Step`. The job stops when a later rebuild has begun. After a release with another definition, it begins
    again."""
    at, stored = claim.job.at(StatisticsCursor), head.read(claim.wiring.store, claim.tenant)
    if at.definition and stored.head.job != claim.job.id:
        claim.save(replace(claim.job, state="stopped", reason=TAKEN_OVER))
    elif at.definition != definition():
        _begin(claim, stored)
    elif not at.cleared:
        removals, over = head.removals(claim.wiring.store, claim.tenant, MAX_WRITES - _BESIDE)
        _save(claim, replace(at, cleared=over), [stored.write(claim.tenant, stored.head), *removals])
    elif at.place is not None:
        _count_page(claim, at, stored)
    else:
        _complete(claim, at, stored)


def _begin(claim: Claim, stored: StoredHead) -> None:
    months = numbers.months(claim.wiring.store, claim.tenant)
    place = NumberPosition() if any(month.count for month in months) else None
    after = replace(stored.head, definition="", job=claim.job.id)
    _save(claim, StatisticsCursor(definition(), months, place), [stored.write(claim.tenant, after)])


def _count_page(claim: Claim, at: StatisticsCursor, stored: StoredHead) -> None:
    page, _ = numbers.next_page(at.months, at.place or NumberPosition(), PAGE)
    done = prepare(claim.wiring, claim.tenant, page)
    _, following = numbers.next_page(at.months, at.place or NumberPosition(), len(done.numbers))
    _save(claim, replace(at, place=following), [stored.write(claim.tenant, stored.head), *done.writes])


def _complete(claim: Claim, at: StatisticsCursor, stored: StoredHead) -> None:
    """Counts a page of units or, if none is left, lets queries read the cells."""
    units = [number for number in numbers.units(claim.wiring.store, claim.tenant) if number > at.unit][:PAGE]
    if units:
        done = prepare(claim.wiring, claim.tenant, units)
        _save(claim, replace(at, unit=done.numbers[-1]), [stored.write(claim.tenant, stored.head), *done.writes])
        return
    after = replace(stored.head, definition=at.definition, job="")
    _save(claim, at, [stored.write(claim.tenant, after)], over=True)


def _save(claim: Claim, at: StatisticsCursor, writes: list[Write], *, over: bool = False) -> None:
    place = at.place
    before = 0 if place is None else sum(month.count for month in at.months[: place.month]) + place.numbers
    done = at.total if place is None else before
    after = replace(claim.job, state="done" if over else "running", cursor=cursor(at), done=done, of=at.total)
    claim.save(after, writes)
