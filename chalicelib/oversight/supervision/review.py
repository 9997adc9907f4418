"""After a change of people: hands reports to the operators that nobody of the organisation may handle any more."""

from __future__ import annotations

from contextlib import suppress

import msgspec

from chalicelib.instants import Instant
from chalicelib.oversight.supervision import independence, loading
from chalicelib.oversight.supervision.custody import Custody
from chalicelib.oversight.supervision.hand_up import hand_up
from chalicelib.oversight.supervision.report import Report
from chalicelib.store import keys, paging
from chalicelib.store.port import CommitConflict
from chalicelib.wiring import Wiring


def review(wiring: Wiring, tenant: str, now: Instant) -> None:
    """Closed reports wait until their reporter adds something. A conflict is left to the next reading."""
    for row in list(paging.items(wiring.store, keys.reports(tenant))):
        custody = Custody(tenant, keys.listed_report(row.key))
        key = keys.report_head(custody.pk)
        head = wiring.store.get([key]).get(key)
        if head is not None and msgspec.json.decode(head.body, type=Report).state != "closed":
            _review(wiring, custody, now)


def _review(wiring: Wiring, custody: Custody, now: Instant) -> None:
    found = loading.read(wiring.store, wiring.sealer, custody)
    if found is None:
        return
    if independence.standing(wiring.store, custody.tenant, found.particulars, now).level == "operators":
        with suppress(CommitConflict):
            hand_up(wiring.store, wiring.sealer, found, now)
