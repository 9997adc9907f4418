"""Checking a file: one pass over its bytes, and a scanner's verdict. No verdict, no sealing."""

from __future__ import annotations

from chalicelib.evidence import held, item, limits, object_keys, refuse, scanning, seal
from chalicelib.evidence.check.examine import Expected, examine
from chalicelib.evidence.check.images import Copies
from chalicelib.evidence.check.refusal import Refusal
from chalicelib.evidence.held import Held
from chalicelib.evidence.item import Verdict
from chalicelib.instants import Instant, to_text
from chalicelib.wiring import Wiring

_THUMBNAIL = "image/jpeg"


def check(wiring: Wiring, found: Held, now: Instant) -> None:
    """Seals or refuses, or waits for the scanner. Raises where the store or the scanner does not answer."""
    if not found.evidence.passed:
        wakes = now + limits.CHECKED_WITHIN
        found = held.note(wiring, found, wakes, state=item.CHECKING, checking_at=to_text(now))
        try:
            copies, verdict = _examined(wiring, found)
        except Refusal as refusal:
            refuse.refuse(wiring, found, refusal.reason, now)
            return
        found = _passed(wiring, found, copies, verdict, wakes)
    conclude(wiring, found, now)


def conclude(wiring: Wiring, found: Held, now: Instant) -> None:
    """What the verdict leads to, where there is one of the version that counts."""
    verdict = found.evidence.verdict
    if not found.evidence.passed or verdict is None or verdict.version != found.evidence.version:
        return
    if verdict.outcome == "clean":
        seal.seal(wiring, found, now)
    else:
        refuse.refuse(wiring, found, "malware" if verdict.outcome == "malware" else "not-scannable", now)


def _examined(wiring: Wiring, found: Held) -> tuple[Copies | None, scanning.Verdict | None]:
    evidence = found.evidence
    key = object_keys.quarantine(found.tenant, found.number, evidence.id)
    expected = Expected(evidence.size, evidence.sha256, evidence.media_type)
    try:
        chunks = wiring.objects.read(key, evidence.version or "")
        with wiring.scanner.scan() as scan:
            copies = examine(chunks, expected, scan)
            return copies, scan.verdict()
    except LookupError:
        raise Refusal("gone") from None


def _passed(
    wiring: Wiring, found: Held, copies: Copies | None, verdict: scanning.Verdict | None, wakes: Instant
) -> Held:
    """On the item at once: a scanner's event that came meanwhile finds it, or is found."""
    place = (found.tenant, found.number, found.evidence.id)
    shown = thumbnail = None
    if copies is not None:
        objects, kind = wiring.objects, found.evidence.media_type
        shown = objects.put(object_keys.shown(*place), copies.shown, media_type=kind)
        thumbnail = objects.put(object_keys.thumbnail(*place), copies.thumbnail, media_type=_THUMBNAIL)

    def attempt() -> Held:
        fresh = held.load(wiring, *place) or found
        said = fresh.evidence.verdict
        if verdict is not None:
            said = Verdict(verdict.outcome, verdict.scanner, verdict.stand_in, fresh.evidence.version or "")
        return held.note(wiring, fresh, wakes, passed=True, shown=shown, thumbnail=thumbnail, verdict=said)

    return held.attempts(attempt)
