"""After a change of people: tells new handlers of their reports, and hands those without any to the operators."""

from __future__ import annotations

from contextlib import suppress

from chalicelib.features.messages.inbox import report_notices
from chalicelib.features.supervision import independence, loading, report
from chalicelib.features.supervision.custody import Custody, of_organisation
from chalicelib.features.supervision.hand_up import hand_up
from chalicelib.features.supervision.loading import Loaded
from chalicelib.kit.instants import Instant
from chalicelib.store import reads
from chalicelib.store.port import CommitConflict, Store
from chalicelib.wiring import Wiring


def review(wiring: Wiring, tenant: str, now: Instant) -> None:
    """Closed reports wait until their reporter adds something. A conflict is left to the next reading."""
    for custody, head in report.heads(wiring.store, of_organisation(wiring.store, tenant)):
        if head.state != "closed":
            _review(wiring, custody, now)


def _review(wiring: Wiring, custody: Custody, now: Instant) -> None:
    found = loading.read(wiring.store, wiring.sealer, custody)
    if found is None:
        return
    standing = independence.standing(wiring.store, custody.tenant, found.particulars, now)
    with suppress(CommitConflict):
        if standing.level == "operators":
            hand_up(wiring.store, wiring.sealer, found, now)
        else:
            _tell(wiring.store, found, list(standing.roles), now)


def _tell(store: Store, found: Loaded, handlers: list[str], now: Instant) -> None:
    """Those who have no message about the filing were no handlers then."""
    tenant, event_id = found.custody.tenant, found.events[0].event.id
    store.commit(reads.missing(store, [report_notices.notice(tenant, sub, event_id, now) for sub in handlers]))
