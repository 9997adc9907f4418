"""Redrive: puts quarantined entries back on index `due` and enqueues them at once.

A redrive covers one aggregate, one tenant or the whole deployment. It passes over the list in several calls, each with
a time limit. An entry that was put back is no longer listed, so a repeated call changes nothing. An entry that cannot
be put back stays on the list and does not stop the entries behind it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import islice

import msgspec

from chalicelib.features.deadlines import quarantine
from chalicelib.features.deadlines.batch import DueBatch
from chalicelib.features.deadlines.quarantine import FORM, QuarantinedEntry, remove_from_list
from chalicelib.kit import observability
from chalicelib.kit.instants import SECOND
from chalicelib.kit.problem import Problem
from chalicelib.ports import Queue, QueueMessage
from chalicelib.store import reads
from chalicelib.store.port import CommitConflict, Entry, Store
from chalicelib.wiring import Wiring

MAX_ITEMS = 200
"""Entries per call."""
BUDGET = 10 * SECOND
"""Real time after which a call begins no further entry. The API's timeout is 28 seconds. The first entry of each tenant
takes longest."""
MAX_COUNTED = 10_000
_PAGE = 1000


class RedriveResult(msgspec.Struct, frozen=True, kw_only=True):
    redriven: int
    """Entries removed from the list: put back, or scheduled by an act before."""
    failed: int
    """Entries that are still listed; the log gives the reasons."""
    left: int
    """Entries behind `after`, not tried yet. `MAX_COUNTED` stands for that many or more."""
    after: Mapping[str, str] | None
    """Where the next call starts; None when nothing is left."""


def redrive(
    wiring: Wiring, tenant: str = "", aggregate: str = "", after: Mapping[str, str] | None = None
) -> RedriveResult:
    """Redrives one aggregate; without `aggregate` all of the tenant's; without `tenant` all tenants'.

    `after` is the position that the previous call returned. Raises `Problem("not-found")` if a named aggregate has no
    quarantined entry.
    """
    started, redriven, failed = wiring.real_clock(), 0, 0
    for entry in quarantine.page_of(wiring.store, tenant, aggregate, MAX_ITEMS, after).entries:
        if _try_to_put_back(wiring.store, wiring.due, entry):
            redriven += 1
        else:
            failed += 1
        after = {"pk": entry.key.pk, "sk": entry.key.sk}
        if wiring.real_clock() - started >= BUDGET:
            break
    if aggregate and after is None:
        raise Problem("not-found", "Nothing of this name is quarantined.")
    left = _count(wiring.store, tenant, aggregate, after)
    return RedriveResult(redriven=redriven, failed=failed, left=left, after=after if left else None)


def _try_to_put_back(store: Store, due_queue: Queue, entry: Entry) -> bool:
    item = FORM.read(entry)
    try:
        _put_back(store, due_queue, entry, item)
    except Exception as error:  # noqa: BLE001  logged and counted; it must not stop the entries behind it
        observability.error(
            "A quarantined entry could not be put back",
            tenant=item.tenant,
            complaint=item.hit.aggregate,
            error=observability.frames(error),
        )
        return False
    return True


def _put_back(store: Store, due_queue: Queue, entry: Entry, item: QuarantinedEntry) -> None:
    """The list entry is removed last. If the process dies before that, a repeated redrive completes the work.

    Raises `CommitConflict` if another transaction holds the item.
    """
    try:
        quarantine.put_back(store, item)
        due_queue.send([QueueMessage.of(DueBatch(item.tenant, [item.hit]))])
    except CommitConflict as lost:
        if not lost.positions:
            raise  # another transaction held the item, with an unknown outcome
        observability.info("A quarantined entry had changed before it was put back", tenant=item.tenant)
    remove_from_list(store, entry)


def _count(store: Store, tenant: str, aggregate: str, after: Mapping[str, str] | None) -> int:
    """The number of entries behind `after`, at most `MAX_COUNTED`. 0 for None: no entry was found, so none is left."""
    if after is None:
        return 0
    behind = reads.entries(partial(quarantine.page_of, store, tenant, aggregate, _PAGE), after)
    return sum(1 for _ in islice(behind, MAX_COUNTED))
