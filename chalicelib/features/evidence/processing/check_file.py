"""Checks a file: one pass over its bytes, and a malware scanner's verdict. No file is sealed without a verdict."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from chalicelib.features.evidence import file_limits, item, kinds
from chalicelib.features.evidence.check.examine import DeclaredFile, FoundFile, examine, examine_undeclared
from chalicelib.features.evidence.item import Evidence, RecordedVerdict
from chalicelib.features.evidence.processing import refuse, seal, unit_of_work
from chalicelib.features.evidence.processing.unit_of_work import LoadedEvidence
from chalicelib.features.evidence.refusal import Refusal
from chalicelib.kit.instants import Instant
from chalicelib.ports.files import ScanVerdict
from chalicelib.store import object_keys
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.ports.files import Objects, Scanner

_THUMBNAIL_TYPE = "image/jpeg"


def check(wiring: Wiring, loaded: LoadedEvidence, now: Instant) -> None:
    """Seals or refuses the file, or leaves it until the scanner's verdict comes.

    Raises if the store or the scanner does not answer.
    """
    if not loaded.evidence.passed:
        try:
            found, verdict = _examine(wiring.objects, wiring.scanner, loaded)
        except Refusal as refusal:
            refuse.refuse(wiring, loaded, refusal.reason, now)
            return
        loaded = _save_result(wiring, loaded, found, verdict, now)
    apply_verdict(wiring, loaded, now)


def apply_verdict(wiring: Wiring, loaded: LoadedEvidence, now: Instant) -> None:
    """Seals or refuses the file once there is a decisive verdict; otherwise does nothing."""
    verdict = decisive_verdict(loaded.evidence)
    if verdict is None:
        return
    if verdict.outcome == "clean":
        seal.seal(wiring, loaded, now)
    else:
        refuse.refuse(wiring, loaded, "malware" if verdict.outcome == "malware" else "not-scannable", now)


def decisive_verdict(evidence: Evidence) -> RecordedVerdict | None:
    """The verdict on the version that counts, once this service's own check is done."""
    verdict = evidence.verdict
    return verdict if evidence.passed and verdict is not None and verdict.version == evidence.version else None


def _examine(objects: Objects, scanner: Scanner, loaded: LoadedEvidence) -> tuple[FoundFile, ScanVerdict | None]:
    evidence = loaded.evidence
    chunks = _read(objects, object_keys.quarantine(*loaded.location), evidence.version or "")
    with scanner.scan() as scan:
        if evidence.by_form:
            types = kinds.allowed_types(loaded.case.policy, evidence.kind)
            return examine_undeclared(chunks, evidence.size, types, scan), scan.verdict()
        expected = DeclaredFile(evidence.size, evidence.sha256, evidence.media_type)
        copies = examine(chunks, expected, scan)
        return FoundFile(evidence.sha256, evidence.media_type, copies), scan.verdict()


def _read(objects: Objects, key: str, version: str) -> Iterator[bytes]:
    """The object's bytes. Raises `Refusal("gone")` at the first chunk if there is no such version."""
    try:
        yield from objects.read(key, version)
    except LookupError:
        raise Refusal("gone") from None


def _save_result(
    wiring: Wiring, loaded: LoadedEvidence, found: FoundFile, verdict: ScanVerdict | None, now: Instant
) -> LoadedEvidence:
    """Saves the copies, then marks the item as passed. If another run ended the check, the copies are deleted.

    The scanner's event may come at the same moment. Both update the same item, so one of them sees the other's change
    and applies the verdict.
    """
    location, copies = loaded.location, found.copies
    shown = thumbnail = None
    if copies is not None:
        shown = _put_once(wiring.objects, object_keys.shown(*location), copies.shown, found.media_type)
    if copies is not None and copies.thumbnail is not None:
        thumbnail = _put_once(wiring.objects, object_keys.thumbnail(*location), copies.thumbnail, _THUMBNAIL_TYPE)

    def attempt() -> LoadedEvidence:
        fresh = unit_of_work.load(wiring.store, wiring.compiled, *location) or loaded
        if fresh.evidence.passed or fresh.evidence.state not in item.AWAITED:
            return fresh
        recorded = fresh.evidence.verdict
        if verdict is not None:
            recorded = RecordedVerdict(verdict.outcome, verdict.scanner, verdict.stand_in, fresh.evidence.version or "")
        left = max(0, fresh.evidence.until - wiring.real_clock())
        wakes = now + (left if recorded is None else file_limits.RESUMED_AFTER)
        changes: dict[str, Any] = {"shown": shown, "thumbnail": thumbnail, "verdict": recorded}
        changes |= {"sha256": found.sha256, "media_type": found.media_type}
        return unit_of_work.update_item(wiring.store, fresh, wakes, passed=True, **changes)

    after = unit_of_work.retry(attempt)
    refuse.delete_unrecorded_copies(wiring.objects, after, shown, thumbnail)
    return after


def _put_once(objects: Objects, key: str, content: bytes, media_type: str) -> str:
    """Returns the copy's version. A copy from an earlier check that crashed is reused, so that there is only one."""
    existing = objects.latest_version(key)
    return objects.put(key, content, media_type=media_type) if existing is None else existing.version
