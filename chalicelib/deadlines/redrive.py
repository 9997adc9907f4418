"""Redriving: what is parked is put back on index `due` and enqueued at once; one aggregate's, a tenant's, or all of it.

A pass over the list, in calls that each do what they have time for. What was put back has left the list, so a repeat
changes nothing; what cannot be put back stays on it, and stops nothing behind it.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chalicelib import observability
from chalicelib.access import binding
from chalicelib.deadlines.batch import DueBatch
from chalicelib.deadlines.quarantine import QuarantinedItem, bound, unlist
from chalicelib.instants import SECOND
from chalicelib.ports import QueueMessage
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict, Entry, Key, Page, Schedule
from chalicelib.wiring import Wiring

MOST = 200
"""Items of one call."""
BUDGET = 10 * SECOND
"""Real time after which a call begins no further item: the API has 28 seconds, and each tenant's first costs most."""
COUNTED = 10_000
_PAGE = 1000


class Redriven(msgspec.Struct, frozen=True, kw_only=True):
    redriven: int
    """Taken off the list: put back, or acted on by somebody before."""
    failed: int
    """Listed as before; the log says why."""
    left: int
    """Not tried yet, behind `after`; `COUNTED` stands for as many or more."""
    after: Mapping[str, str] | None


def redrive(wiring: Wiring, tenant: str = "", aggregate: str = "", after: Mapping[str, str] | None = None) -> Redriven:
    """Without `aggregate` all of the tenant's, without `tenant` everybody's. `after`: where the call before came to.

    Raises `Problem("not-found")` where nothing of an aggregate that is named is parked.
    """
    under = keys.parked_under(tenant, aggregate)
    begun, redriven, failed = wiring.real_clock(), 0, 0
    for entry in _listed(wiring, under, MOST, after).entries:
        if _put_back(wiring, entry):
            redriven += 1
        else:
            failed += 1
        after = {"pk": entry.key.pk, "sk": entry.key.sk}
        if wiring.real_clock() - begun >= BUDGET:
            break
    if aggregate and after is None:
        raise Problem("not-found", "Nothing of this name is parked.")
    left = _count(wiring, under, after)
    return Redriven(redriven=redriven, failed=failed, left=left, after=after if left else None)


def _put_back(wiring: Wiring, entry: Entry) -> bool:
    found = msgspec.json.decode(entry.body, type=QuarantinedItem)
    try:
        _redrive(wiring, entry, found)
    except Exception as error:  # noqa: BLE001  logged and counted; it must not stop those behind it
        observability.error(
            "A parked item could not be put back",
            tenant=found.tenant,
            complaint=found.hit.aggregate,
            error=observability.frames(error),
        )
        return False
    return True


def _redrive(wiring: Wiring, entry: Entry, found: QuarantinedItem) -> None:
    """Whoever dies in between leaves it listed, and a repeat does the rest.

    Raises `Lost` where another transaction has the item at that moment.
    """
    try:
        with bound(found.tenant, found.hit):
            wiring.store.commit([Schedule(found.hit.key, found.due, found.version)])
        wiring.due.send([QueueMessage.of(DueBatch(found.tenant, [found.hit]))])
    except CommitConflict as lost:
        if not lost.positions:
            raise  # somebody else had it at that moment, which says nothing of what became of it
        observability.info("A parked item was acted on before it was put back", tenant=found.tenant)
    unlist(wiring, entry)


def _count(wiring: Wiring, under: Key, after: Mapping[str, str] | None) -> int:
    count = 0
    while after is not None and count < COUNTED:
        page = _listed(wiring, under, _PAGE, after)
        count, after = count + len(page.entries), page.after
    return min(count, COUNTED)


def _listed(wiring: Wiring, under: Key, limit: int, after: Mapping[str, str] | None) -> Page:
    last = under.sk + "~" if under.sk else None
    with binding.directory():
        return wiring.store.query(under.pk, first=under.sk, last=last, limit=limit, after=after)
