"""Refuses a file: records the reason and deletes the file."""

from __future__ import annotations

from chalicelib.features.evidence import cleanup, evidence_unit_of_work, file_limits, item
from chalicelib.features.evidence.evidence_unit_of_work import EvidenceEvent, LoadedEvidence
from chalicelib.kit.instants import Instant, to_text
from chalicelib.limits import evidence_quota
from chalicelib.wiring import Wiring


def refuse(wiring: Wiring, loaded: LoadedEvidence, reason: str, now: Instant) -> None:
    """Idempotent. The object is deleted last; if that fails, the next sweep deletes it."""

    def attempt() -> LoadedEvidence | None:
        fresh = evidence_unit_of_work.load(wiring.store, wiring.compiled, *loaded.location)
        if fresh is None or fresh.evidence.state not in item.AWAITED:
            return fresh
        times = {"uploaded_at": fresh.evidence.uploaded_at, "checking_at": fresh.evidence.checking_at}
        return evidence_unit_of_work.record_event(
            wiring.store,
            wiring.sealer,
            fresh,
            EvidenceEvent("evidence_refused", now, {"reason": reason, **times}),
            wakes=now + file_limits.RESUMED_AFTER,
            more=[evidence_quota.release(fresh.tenant, fresh.evidence.size)],
            state=item.REFUSED,
            reason=reason,
            ended_at=to_text(now),
        )

    after = evidence_unit_of_work.retry(attempt)
    if after is not None and after.evidence.state == item.REFUSED:
        finish(wiring, after)


def finish(wiring: Wiring, loaded: LoadedEvidence) -> None:
    """Deletes the refused file, then takes the evidence off the sweep."""
    cleanup.delete_leftovers(wiring.objects, loaded)
    evidence_unit_of_work.reschedule(wiring.store, wiring.compiled, loaded)
