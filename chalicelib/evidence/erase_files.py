"""Erasing files that were kept as long as the policy says. A legal hold goes before that, and the record says so."""

from __future__ import annotations

from chalicelib.evidence import cleanup, evidence_unit_of_work, item, queries
from chalicelib.evidence.case_status import has_ended
from chalicelib.evidence.evidence_unit_of_work import LoadedEvidence
from chalicelib.evidence.item import Evidence
from chalicelib.instants import DAY, Instant, to_text
from chalicelib.limits import evidence_quota
from chalicelib.wiring import Wiring

ASKED_AGAIN = 30 * DAY
"""A case that has not ended needs its files: it is asked again after this time."""


def when_kept_long_enough(wiring: Wiring, before: LoadedEvidence, now: Instant) -> int:
    """How many events were recorded."""
    place = (before.tenant, before.number, before.evidence.id)

    def attempt() -> LoadedEvidence | None:
        found = evidence_unit_of_work.load(wiring, *place)
        if found is None or found.evidence.state != item.SEALED:
            return None
        return _decided(wiring, found, now)

    after = evidence_unit_of_work.attempts(attempt)
    if after is not None and after.evidence.state == item.ERASED:
        objects_of(wiring, after)
    return 0 if after is None else after.case.complaint.seq - before.case.complaint.seq


def _decided(wiring: Wiring, found: LoadedEvidence, now: Instant) -> LoadedEvidence:
    complaint = found.case.complaint
    if complaint.held is not None:
        fields = {"conflict": "held", "hold": complaint.held, "asked_by": "retention"}
        return evidence_unit_of_work.happened(wiring, found, "noted", now, fields=fields, wakes=None, conflict=True)
    if not has_ended(found.case):
        return evidence_unit_of_work.note(wiring, found, now + ASKED_AGAIN)
    last = not _others(wiring, found)
    return evidence_unit_of_work.happened(
        wiring,
        found,
        "erased",
        now,
        fields={"asked_by": "retention"},
        wakes=now,
        more=[evidence_quota.release(found.tenant, found.evidence.size)] if last else [],
        state=item.ERASED,
        ended_at=to_text(now),
    )


def objects_of(wiring: Wiring, found: LoadedEvidence) -> None:
    """After the record: a failure in between is mended at the next sweep. Raises `objects.Locked`."""
    sealed = found.evidence.sealed
    if sealed is not None and not _others(wiring, found):
        # Only where the domain's clock runs ahead of real time, as on the local stack, is the lock still there.
        early = wiring.real_clock() < sealed.locked_until
        wiring.objects.delete(sealed.key, sealed.version, early=early)
        cleanup.copies_of(wiring, found, found.evidence.same_as or found.evidence.id, sealed.shown, sealed.thumbnail)
    evidence_unit_of_work.done(wiring, found)


def _others(wiring: Wiring, found: LoadedEvidence) -> list[Evidence]:
    """Other mentions of the same file, which still need it."""
    sealed = found.evidence.sealed
    return [
        other
        for other in queries.in_order(wiring, found.tenant, found.number)
        if other.id != found.evidence.id
        and other.state == item.SEALED
        and other.sealed is not None
        and sealed is not None
        and other.sealed.key == sealed.key
    ]
