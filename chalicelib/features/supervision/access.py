"""Opens a report for its reporter, or for a member who may handle it. All others get the answer for an unknown id."""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple

from msgspec.structs import replace

from chalicelib.complaints.envelope import SYSTEM
from chalicelib.crypto import receipts
from chalicelib.features.messages.inbox import message
from chalicelib.features.supervision import events, report
from chalicelib.features.supervision.custody import Custody, of_organisation
from chalicelib.features.supervision.events import Draft, Loaded, Stored, not_found, wrong_receipt
from chalicelib.features.supervision.people import independence
from chalicelib.features.supervision.people.independence import Standing
from chalicelib.features.supervision.report import About, Particulars, change, puts
from chalicelib.kit.instants import Instant
from chalicelib.ports import Sealer
from chalicelib.store import reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import CommitConflict, Store
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
        raise wrong_receipt()
    if loaded.custody.operators:
        return OpenedReport(loaded, None)
    found = independence.standing(wiring.store, tenant, loaded.particulars, now)
    if loaded.report.moved or found.level == "operators":
        return OpenedReport(hand_up(wiring.store, wiring.sealer, loaded, now), None)
    return OpenedReport(loaded, found)


def hand_up(store: Store, sealer: Sealer, found: Loaded, now: Instant) -> Loaded:
    """The report as the operators have it. The caller binds the tenant. Raises `CommitConflict` if it has changed."""
    held = found
    if not found.report.moved:
        added = events.add(sealer, found.custody, found.report, Draft("moved", SYSTEM), now)
        store.commit([change(found.custody, found.report, added.report), added.put])
        held = found._replace(report=added.report, events=[*found.events, added.stored])
    moved = _sealed_anew(sealer, held)
    with suppress(CommitConflict), moved.custody.bound():  # a conflict: an earlier attempt has written it
        store.commit([*puts(moved.custody, moved.report), *(events.put(moved.custody, one) for one in moved.events)])
        moved.custody.tell_operators()
    events.remove(store, found.custody, found.report)
    return events.load(store, sealer, moved.custody) or moved


def _sealed_anew(sealer: Sealer, held: Loaded) -> Loaded:
    target = Custody(held.custody.tenant, held.custody.report, operators=True)
    stored = [_opened_and_sealed(sealer, held.custody, target, one) for one in held.events]
    report = replace(held.report, sealed=target.seal(sealer, held.particulars))
    return Loaded(target, report, held.particulars, stored)


def _opened_and_sealed(sealer: Sealer, source: Custody, target: Custody, stored: Stored) -> Stored:
    value = events.private_value(sealer, source, stored)
    return replace(stored, sealed=None if value is None else target.seal(sealer, value))


def review(wiring: Wiring, tenant: str, now: Instant) -> None:
    """Closed reports wait until their reporter adds something. A conflict is left to the next reading."""
    for custody, head in report.heads(wiring.store, of_organisation(wiring.store, tenant)):
        if head.state != "closed":
            _review(wiring, custody, now)


def _review(wiring: Wiring, custody: Custody, now: Instant) -> None:
    found = events.load(wiring.store, wiring.sealer, custody)
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
    store.commit(reads.missing(store, [message.notice(tenant, sub, event_id, now) for sub in handlers]))
