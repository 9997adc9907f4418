"""A scanner's verdict that comes by itself: GuardDuty Malware Protection's event (EventBridge).

AWS: "Monitoring S3 object scans with EventBridge". Only NO_THREATS_FOUND passes; without a verdict nothing is sealed.
"""

from __future__ import annotations

from typing import Any

from chalicelib.access import binding
from chalicelib.evidence import check_file, evidence_unit_of_work, item, limits
from chalicelib.evidence.evidence_unit_of_work import LoadedEvidence
from chalicelib.evidence.item import RecordedVerdict
from chalicelib.evidence.scanning.scanners import GUARDDUTY
from chalicelib.evidence.storage import object_keys
from chalicelib.instants import Instant
from chalicelib.wiring import Wiring

OUTCOMES = {"NO_THREATS_FOUND": "clean", "THREATS_FOUND": "malware", "UNSUPPORTED": "not-scannable"}
"""ACCESS_DENIED and FAILED are no verdicts: the file waits, and is given up in the end."""


def received(wiring: Wiring, detail: dict[str, Any], now: Instant) -> bool:
    """`detail` of the event. False where it holds no verdict, though it is about a file of ours."""
    what, status = detail["s3ObjectDetails"], detail["scanResultDetails"]["scanResultStatus"]
    named = object_keys.in_quarantine(what["objectKey"])
    if named is None:
        return True
    if status not in OUTCOMES:
        return False
    verdict = RecordedVerdict(OUTCOMES[status], GUARDDUTY, False, what["versionId"])
    with binding.tenant(named.tenant):
        found = evidence_unit_of_work.attempts(
            lambda: _kept(wiring, evidence_unit_of_work.load(wiring, *named), verdict, now)
        )
        if found is not None:
            check_file.conclude(wiring, found, now)
    return True


def _kept(
    wiring: Wiring, found: LoadedEvidence | None, verdict: RecordedVerdict, now: Instant
) -> LoadedEvidence | None:
    """It may come before the upload's own event, or while the check runs; the first of a version stays."""
    if found is None or found.evidence.state not in (item.DECLARED, *item.AWAITED):
        return None
    if found.evidence.version not in (None, verdict.version):
        return None
    known = found.evidence.verdict
    if known is not None and known.version == verdict.version:
        return found
    left = max(0, found.evidence.until - wiring.real_clock())
    wakes = now + (left if found.evidence.state == item.DECLARED else limits.RESUMED_AFTER)
    return evidence_unit_of_work.note(wiring, found, wakes, verdict=verdict)
