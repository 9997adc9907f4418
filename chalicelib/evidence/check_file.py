"""Checking a file: one pass over its bytes, and a scanner's verdict. No verdict, no sealing."""

from __future__ import annotations

from chalicelib.evidence import evidence_unit_of_work, item, limits, refuse, seal
from chalicelib.evidence.check.examine import DeclaredFile, examine
from chalicelib.evidence.check.images import Copies
from chalicelib.evidence.check.refusal import Refusal
from chalicelib.evidence.evidence_unit_of_work import LoadedEvidence
from chalicelib.evidence.item import Evidence, RecordedVerdict
from chalicelib.evidence.scanning import port
from chalicelib.evidence.storage import object_keys
from chalicelib.instants import Instant
from chalicelib.wiring import Wiring

_THUMBNAIL = "image/jpeg"


def check(wiring: Wiring, found: LoadedEvidence, now: Instant) -> None:
    """Seals or refuses, or waits for the scanner. Raises where the store or the scanner does not answer."""
    if not found.evidence.passed:
        try:
            copies, verdict = _examined(wiring, found)
        except Refusal as refusal:
            refuse.refuse(wiring, found, refusal.reason, now)
            return
        found = _passed(wiring, found, copies, verdict, now)
    conclude(wiring, found, now)


def conclude(wiring: Wiring, found: LoadedEvidence, now: Instant) -> None:
    """What the verdict leads to, where there is one of the version that counts."""
    verdict = decisive(found.evidence)
    if verdict is None:
        return
    if verdict.outcome == "clean":
        seal.seal(wiring, found, now)
    else:
        refuse.refuse(wiring, found, "malware" if verdict.outcome == "malware" else "not-scannable", now)


def decisive(evidence: Evidence) -> RecordedVerdict | None:
    """The verdict on the version that counts, once the service's own check is done."""
    verdict = evidence.verdict
    return verdict if evidence.passed and verdict is not None and verdict.version == evidence.version else None


def _examined(wiring: Wiring, found: LoadedEvidence) -> tuple[Copies | None, port.ScanVerdict | None]:
    evidence = found.evidence
    key = object_keys.quarantine(found.tenant, found.number, evidence.id)
    expected = DeclaredFile(evidence.size, evidence.sha256, evidence.media_type)
    try:
        chunks = wiring.objects.read(key, evidence.version or "")
        with wiring.scanner.scan() as scan:
            copies = examine(chunks, expected, scan)
            return copies, scan.verdict()
    except LookupError:
        raise Refusal("gone") from None


def _passed(
    wiring: Wiring, found: LoadedEvidence, copies: Copies | None, verdict: port.ScanVerdict | None, now: Instant
) -> LoadedEvidence:
    """On the item at once: a scanner's event that came meanwhile finds it, or is found."""
    place = (found.tenant, found.number, found.evidence.id)
    shown = thumbnail = None
    if copies is not None:
        shown = _kept(wiring, object_keys.shown(*place), copies.shown, found.evidence.media_type)
        thumbnail = _kept(wiring, object_keys.thumbnail(*place), copies.thumbnail, _THUMBNAIL)

    def attempt() -> LoadedEvidence:
        fresh = evidence_unit_of_work.load(wiring, *place) or found
        if fresh.evidence.passed or fresh.evidence.state not in item.AWAITED:
            return fresh
        said = fresh.evidence.verdict
        if verdict is not None:
            said = RecordedVerdict(verdict.outcome, verdict.scanner, verdict.stand_in, fresh.evidence.version or "")
        left = max(0, fresh.evidence.until - wiring.real_clock())
        wakes = now + (left if said is None else limits.RESUMED_AFTER)
        return evidence_unit_of_work.note(
            wiring, fresh, wakes, passed=True, shown=shown, thumbnail=thumbnail, verdict=said
        )

    return evidence_unit_of_work.attempts(attempt)


def _kept(wiring: Wiring, key: str, content: bytes, media_type: str) -> str:
    """The copy's version. One that a check made which then died is as good, and there shall be no two."""
    before = wiring.objects.newest(key)
    return wiring.objects.put(key, content, media_type=media_type) if before is None else before.version
