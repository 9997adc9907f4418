"""Refusing a file: the record says why, and nothing of it is kept."""

from __future__ import annotations

from chalicelib.evidence import cleanup, evidence_unit_of_work, item, limits
from chalicelib.evidence.check.refusal import Reason
from chalicelib.evidence.evidence_unit_of_work import LoadedEvidence
from chalicelib.instants import Instant, to_text
from chalicelib.limits import evidence_quota
from chalicelib.wiring import Wiring


def refuse(wiring: Wiring, found: LoadedEvidence, reason: Reason, now: Instant) -> None:
    """A repeat changes nothing. The object goes last: a failure before that is mended at the next sweep."""
    place = (found.tenant, found.number, found.evidence.id)

    def attempt() -> LoadedEvidence | None:
        fresh = evidence_unit_of_work.load(wiring, *place)
        if fresh is None or fresh.evidence.state not in item.AWAITED:
            return fresh
        times = {"uploaded_at": fresh.evidence.uploaded_at, "checking_at": fresh.evidence.checking_at}
        return evidence_unit_of_work.happened(
            wiring,
            fresh,
            "evidence_refused",
            now,
            fields={"reason": reason, **times},
            wakes=now + limits.RESUMED_AFTER,
            more=[evidence_quota.release(fresh.tenant, fresh.evidence.size)],
            state=item.REFUSED,
            reason=reason,
            ended_at=to_text(now),
        )

    after = evidence_unit_of_work.attempts(attempt)
    if after is not None and after.evidence.state == item.REFUSED:
        dropped(wiring, after)


def dropped(wiring: Wiring, found: LoadedEvidence) -> None:
    """Nobody need look at it again."""
    cleanup.leftovers(wiring, found)
    evidence_unit_of_work.done(wiring, found)
