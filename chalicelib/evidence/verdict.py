"""A scanner's verdict that comes by itself: GuardDuty Malware Protection's event (EventBridge).

AWS: "Monitoring S3 object scans with EventBridge". Only NO_THREATS_FOUND passes; without a verdict nothing is sealed.
"""

from __future__ import annotations

from typing import Any

from chalicelib.evidence import check_file, held, item, limits, object_keys
from chalicelib.evidence.held import Held
from chalicelib.evidence.item import Verdict
from chalicelib.evidence.scanners import GUARDDUTY
from chalicelib.instants import Instant
from chalicelib.tenants import binding
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
    verdict = Verdict(OUTCOMES[status], GUARDDUTY, False, what["versionId"])
    with binding.tenant(named.tenant):
        found = held.attempts(lambda: _kept(wiring, held.load(wiring, *named), verdict, now))
        if found is not None:
            check_file.conclude(wiring, found, now)
    return True


def _kept(wiring: Wiring, found: Held | None, verdict: Verdict, now: Instant) -> Held | None:
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
    return held.note(wiring, found, wakes, verdict=verdict)
