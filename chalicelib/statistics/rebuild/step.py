"""One step of a rebuild: counts a page of records into a new generation, which queries read when it is complete.

Consolidations count into both generations meanwhile. A step and a consolidation that overlap conflict on the head.
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


def step(claim: Claim) -> None:
    """`driver.Step`. The job stops when a later rebuild has begun."""
    at, stored = claim.job.at(StatisticsCursor), head.read(claim.wiring.store, claim.tenant)
    if not at.generation:
        _begin(claim, stored)
    elif at.units:
        _clear(claim, at)
    elif stored.head.building != at.generation:
        claim.save(replace(claim.job, state="stopped", reason=TAKEN_OVER))
    elif at.place is not None:
        _count_page(claim, at, stored)
    else:
        _complete(claim, at, stored)


def _begin(claim: Claim, stored: StoredHead) -> None:
    months = numbers.months(claim.wiring.store, claim.tenant)
    generation = max(stored.head.live, stored.head.building) + 1
    place = NumberPosition() if any(month.count for month in months) else None
    at = StatisticsCursor(generation, months, place, definition=definition())
    _save(claim, at, [stored.write(claim.tenant, replace(stored.head, building=generation, job=claim.job.id))])


def _count_page(claim: Claim, at: StatisticsCursor, stored: StoredHead) -> None:
    page, _ = numbers.next_page(at.months, at.place or NumberPosition(), PAGE)
    done = prepare(claim.wiring, claim.tenant, [at.generation], page)
    _, following = numbers.next_page(at.months, at.place or NumberPosition(), len(done.numbers))
    _save(claim, replace(at, place=following), [stored.write(claim.tenant, stored.head), *done.writes])


def _complete(claim: Claim, at: StatisticsCursor, stored: StoredHead) -> None:
    """Counts a page of units or, if none is left, lets queries read the generation.

    The head names the definition of the first page: after a release meanwhile, the hourly job starts a further rebuild.
    """
    units = [number for number in numbers.units(claim.wiring.store, claim.tenant) if number > at.unit][:PAGE]
    if units:
        done = prepare(claim.wiring, claim.tenant, [at.generation], units)
        _save(claim, replace(at, unit=done.numbers[-1]), [stored.write(claim.tenant, stored.head), *done.writes])
        return
    after = replace(stored.head, live=at.generation, building=0, job="", definition=at.definition)
    _save(claim, replace(at, units=True), [stored.write(claim.tenant, after)])


def _clear(claim: Claim, at: StatisticsCursor) -> None:
    """Removes a page of what earlier generations left."""
    found, over = head.removals_before(claim.wiring.store, claim.tenant, at.generation, MAX_WRITES - 1)
    _save(claim, at, found, over=over)


def _save(claim: Claim, at: StatisticsCursor, writes: list[Write], *, over: bool = False) -> None:
    place = at.place
    before = 0 if place is None else sum(month.count for month in at.months[: place.month]) + place.numbers
    done = at.total if place is None else before
    after = replace(claim.job, state="done" if over else "running", cursor=cursor(at), done=done, of=at.total)
    claim.save(after, writes)
