"""Opens a report for its reporter, or for a member who may handle it. All others get the answer for an unknown id."""

from __future__ import annotations

from typing import NamedTuple

from chalicelib.crypto import receipts
from chalicelib.features.supervision import events
from chalicelib.features.supervision.custody import Custody
from chalicelib.features.supervision.events import Loaded, not_found
from chalicelib.features.supervision.hand_up import hand_up
from chalicelib.features.supervision.people import independence
from chalicelib.features.supervision.people.independence import Standing
from chalicelib.features.supervision.report import About, Particulars
from chalicelib.kit.instants import Instant
from chalicelib.store import reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Store
from chalicelib.tenants.people import membership
from chalicelib.wiring import Wiring


class OpenedReport(NamedTuple):
    """`standing`: who may handle it at this time; None if the operators do."""

    loaded: Loaded
    standing: Standing | None


def for_handler(wiring: Wiring, tenant: str, report_id: str, sub: str, now: Instant) -> OpenedReport:
    """Makes the same reads for an unknown report and for one that the member may not see.

    Raises `Problem`: `forbidden` (no member), `not-found`.
    """
    check_member(wiring.store, tenant, sub)
    loaded = events.load(wiring.store, wiring.sealer, Custody(tenant, report_id))
    known = _nothing(sub) if loaded is None else loaded.particulars
    found = independence.standing(wiring.store, tenant, known, now)
    if loaded is None:
        raise not_found()
    if loaded.report.moved or found.level == "operators":
        hand_up(wiring.store, wiring.sealer, loaded, now)
        raise not_found()
    if sub not in found.roles:
        raise not_found()
    return OpenedReport(loaded, found)


def check_member(store: Store, tenant: str, sub: str) -> None:
    """Raises `NotMember`."""
    membership.parse(reads.find(store, membership.key(tenant, sub)))


def _nothing(sub: str) -> Particulars:
    """In place of a report that does not exist."""
    return Particulars(
        about=About(),
        to="supervisors",
        complaint=None,
        contact=None,
        by=None,
        body_hash="",
        roles=[],
        supervisors=[sub],
        owners=[],
    )


def for_reporter(wiring: Wiring, tenant: str, report_id: str, receipt: str, now: Instant) -> OpenedReport:
    """Hands the report to the operators if no member may handle it any more. Raises `Problem("not-found")`."""
    loaded = events.find(wiring.store, wiring.sealer, tenant, report_id)
    ref = CaseRef(tenant, report_id)
    if loaded is None or not receipts.matches(wiring.secrets, ref, receipt, loaded.report.receipt):
        raise not_found()
    if loaded.custody.operators:
        return OpenedReport(loaded, None)
    found = independence.standing(wiring.store, tenant, loaded.particulars, now)
    if loaded.report.moved or found.level == "operators":
        return OpenedReport(hand_up(wiring.store, wiring.sealer, loaded, now), None)
    return OpenedReport(loaded, found)
