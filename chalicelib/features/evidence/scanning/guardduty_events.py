"""Handles scan results that Amazon GuardDuty Malware Protection sends as EventBridge events.

AWS: "Monitoring S3 object scans with EventBridge". A file is sealed only after NO_THREATS_FOUND.
"""

from __future__ import annotations

from typing import Any

from chalicelib.access import binding
from chalicelib.features.evidence import file_limits, item
from chalicelib.features.evidence.item import RecordedVerdict
from chalicelib.features.evidence.processing import check_file, unit_of_work
from chalicelib.features.evidence.processing.unit_of_work import LoadedEvidence
from chalicelib.features.evidence.scanning.scanners import GUARDDUTY
from chalicelib.kit.instants import Instant
from chalicelib.store import object_keys
from chalicelib.store.object_keys import EvidenceLocation
from chalicelib.wiring import Wiring

OUTCOMES = {"NO_THREATS_FOUND": "clean", "THREATS_FOUND": "malware", "UNSUPPORTED": "not-scannable"}
"""ACCESS_DENIED and FAILED are not verdicts: the file waits for one until its time is over (`CHECKED_WITHIN`)."""


def handle_scan_result(wiring: Wiring, detail: dict[str, Any], now: Instant) -> bool:
    """`detail`: the event's. Returns False if it concerns a file in quarantine but has no verdict."""
    scanned, status = detail["s3ObjectDetails"], detail["scanResultDetails"]["scanResultStatus"]
    location = object_keys.parse_quarantine_key(scanned["objectKey"])
    if location is None:
        return True
    if status not in OUTCOMES:
        return False
    verdict = RecordedVerdict(OUTCOMES[status], GUARDDUTY, False, scanned["versionId"])
    with binding.tenant(location.ref.tenant):
        loaded = unit_of_work.retry(lambda: _save_verdict(wiring, location, verdict, now))
        if loaded is not None:
            check_file.apply_verdict(wiring, loaded, now)
    return True


def _save_verdict(
    wiring: Wiring, location: EvidenceLocation, verdict: RecordedVerdict, now: Instant
) -> LoadedEvidence | None:
    """Saves the verdict, which may come before the upload's event or during the check. None if it does not apply.

    The first verdict on a version counts.
    """
    loaded = unit_of_work.load(wiring.store, wiring.compiled, *location)
    if loaded is None or loaded.evidence.state not in (item.DECLARED, *item.AWAITED):
        return None
    if loaded.evidence.version not in (None, verdict.version):
        return None
    known = loaded.evidence.verdict
    if known is not None and known.version == verdict.version:
        return loaded
    left = max(0, loaded.evidence.until - wiring.real_clock())
    wakes = now + (left if loaded.evidence.state == item.DECLARED else file_limits.RESUMED_AFTER)
    return unit_of_work.update_item(wiring.store, loaded, wakes, verdict=verdict)
