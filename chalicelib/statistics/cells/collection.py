"""Collection: the hourly job takes over the marks of changed records, before anchoring removes them, and counts them.

It counts when many records are pending, and at least once a day, or every second day if only a few are pending: a
question counts these itself. The first run of a small organisation counts all its records. Nothing is counted while a
rebuild runs, nor before the rebuild that a new definition needs.
"""

from __future__ import annotations

from itertools import islice

from msgspec.structs import replace

from chalicelib.casework import anchor_marks, numbers
from chalicelib.jobs.hourly import Hour, HourlyStep
from chalicelib.kit import observability
from chalicelib.kit.instants import DAY, HOUR, Instant
from chalicelib.statistics.cells import head
from chalicelib.statistics.cells.consolidation import BATCH, consolidate
from chalicelib.statistics.cells.head import StatisticsHead
from chalicelib.statistics.counting.contribution import definition
from chalicelib.store.conflicts import retry_on_conflict
from chalicelib.store.port import Key
from chalicelib.store.sizes import MAX_KEYS
from chalicelib.wiring import Wiring

MOST_INLINE = 3 * BATCH
"""Records that one hourly run counts. More are left to the next runs."""
FEW = 5
"""Pending records up to which the consolidation waits for a second day, which halves its cost."""
_SLACK = HOUR
"""A daily consolidation must not slip by an hour each day."""


def collect(wiring: Wiring, tenant: str, now: Instant) -> list[Key]:
    """Adds the settled marks to the pending records, and returns them. The caller binds the tenant, and removes marks
    only afterwards.

    Raises `CommitConflict` if other runs changed the head during each of several tries.
    """
    return retry_on_conflict(lambda: _collect(wiring, tenant, now))


def _collect(wiring: Wiring, tenant: str, now: Instant) -> list[Key]:
    stored = head.read(wiring.store, tenant)
    marks = [key for page in anchor_marks.settled_marks(wiring.store, tenant, now, MAX_KEYS) for key in page]
    pending = sorted({*stored.head.pending, *anchor_marks.complaint_numbers(marks)})
    after = replace(stored.head, pending=pending)
    if not stored.version:
        after = _first(wiring, tenant, after)
    if after != stored.head:
        wiring.store.commit([stored.write(tenant, after, plain=True)])  # its own conflict finds the records pending
    return marks


def _first(wiring: Wiring, tenant: str, found: StatisticsHead) -> StatisticsHead:
    """Counts a small organisation from its beginning. A large one needs a rebuild."""
    known = list(islice(numbers.every(wiring.store, tenant), MOST_INLINE + 1))
    return found if len(known) > MOST_INLINE else replace(found, definition=definition(), pending=sorted(known))


def consolidate_if_due(wiring: Wiring, tenant: str, now: Instant) -> StatisticsHead | None:
    """Counts pending records. A failure is only logged: the records stay pending, and the next run tries again.

    Returns the head as it was before; None after a failure.
    """
    try:
        stored = head.read(wiring.store, tenant)
        found = stored.head
        waits = 2 * DAY if len(found.pending) <= FEW else DAY
        is_due = len(found.pending) >= BATCH or now - found.settled >= waits - _SLACK
        if found.pending and found.is_counted and is_due:
            consolidate(wiring, tenant, now, MOST_INLINE, stored)
    except Exception as error:  # noqa: BLE001  figures that are late must not stop the rest of the hourly job
        observability.error("The statistics were not consolidated", tenant=tenant, error=observability.frames(error))
        return None
    return found


def _take_marks(hour: Hour) -> None:
    hour.left[MARKS] = collect(hour.wiring, hour.tenant, hour.now)


def _consolidate(hour: Hour) -> None:
    hour.left[HEAD] = consolidate_if_due(hour.wiring, hour.tenant, hour.now)


MARKS, HEAD = "collection", "statistics"
COLLECTION = HourlyStep(MARKS, _take_marks, after=("reconciliation",))
"""Leaves the marks of changed records, which the statistics have taken over. None if these are damaged: a rebuild
counts all records again, and anchors do not wait for it."""
CONSOLIDATION = HourlyStep(HEAD, _consolidate, after=("next run",))
"""Leaves the head of the statistics, as it was before the run; nothing if they could not be counted."""
