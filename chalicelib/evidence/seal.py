"""Sealing: the file is copied out of quarantine, under Object Lock, and the record says which bytes it has.

The same bytes twice in a complaint are one file with two mentions: whoever is first claims them (`V##<sha256>`).
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from chalicelib.evidence import cleanup, evidence_unit_of_work, item, limits, retention
from chalicelib.evidence.evidence_unit_of_work import LoadedEvidence
from chalicelib.evidence.item import Sealed
from chalicelib.evidence.storage import object_keys
from chalicelib.evidence.storage.objects import SealPlan
from chalicelib.instants import DAY, Instant, to_text
from chalicelib.limits import evidence_quota
from chalicelib.store import keys
from chalicelib.store.port import Change, Entry, Key, Put
from chalicelib.wiring import Wiring

CLAIM_KIND = "evidence-bytes"


class Pending(RuntimeError):
    """The same bytes are being sealed under another name at this moment: to be tried again."""


def seal(wiring: Wiring, found: LoadedEvidence, now: Instant) -> None:
    """A repeat changes nothing; one after a failure goes on where it was."""
    after = evidence_unit_of_work.attempts(lambda: _attempt(wiring, found, now)) or found
    cleanup.leftovers(wiring, after)
    if after.evidence.same_as is not None:
        needs_no_copies(wiring, after)


def needs_no_copies(wiring: Wiring, found: LoadedEvidence) -> None:
    """Of bytes that the complaint had already, those that the check made go, and then it is kept like any other."""
    cleanup.copies(wiring, found)
    evidence_unit_of_work.done(wiring, found, found.evidence.kept_until)


def _attempt(wiring: Wiring, before: LoadedEvidence, now: Instant) -> LoadedEvidence | None:
    claim = keys.evidence_bytes(keys.complaint(before.tenant, before.number), before.evidence.sha256)
    found = evidence_unit_of_work.load(wiring, before.tenant, before.number, before.evidence.id, [claim])
    if found is None or found.evidence.state not in item.AWAITED:
        return found
    first = _claimed(wiring, found, claim)
    if first is None:
        return _record(wiring, found, _copied(wiring, found, now), now, {})
    if first.evidence.sealed is not None:
        return _record(wiring, found, first.evidence.sealed, now, {"same_as": first.evidence.id})
    raise Pending("the same bytes are being sealed under another name")


def _claimed(wiring: Wiring, found: LoadedEvidence, key: Key) -> LoadedEvidence | None:
    """The other evidence that has these bytes; None where they are this one's now. Raises `Lost`."""
    claim = found.entries.get(key)
    mine = Entry(key=key, kind=CLAIM_KIND, body=found.evidence.id, version=1)
    if claim is None:
        wiring.store.commit([Put(mine)])
        return None
    if claim.body == found.evidence.id:
        return None
    other = evidence_unit_of_work.load(wiring, found.tenant, found.number, claim.body)
    if other is not None and other.evidence.state in (*item.AWAITED, item.SEALED):
        return other
    version = claim.version or 0
    wiring.store.commit([Change(replace(mine, version=version + 1), version)])
    return None


def _copied(wiring: Wiring, found: LoadedEvidence, now: Instant) -> Sealed:
    evidence = found.evidence
    place = (found.tenant, found.number, evidence.id)
    until = retention.until(found.case.policy, now)
    plan = SealPlan(
        media_type=evidence.media_type,
        until=wiring.real_clock() + (wiring.lock_days * DAY if until is None else until - now),
        hold=found.case.complaint.held is not None,
    )
    target = object_keys.sealed(*place)
    copy = wiring.objects.seal(object_keys.quarantine(*place), evidence.version or "", target, plan)
    if copy.size != evidence.size or copy.sha256 not in (None, evidence.sha256):
        raise RuntimeError("the sealed copy is not what was checked")
    return Sealed(target, copy.version, plan.until, evidence.shown, evidence.thumbnail)


def _record(
    wiring: Wiring, found: LoadedEvidence, sealed: Sealed, now: Instant, same: dict[str, Any]
) -> LoadedEvidence:
    evidence = found.evidence
    verdict = evidence.verdict
    until = retention.until(found.case.policy, now)
    said: dict[str, Any] = {
        "version": sealed.version,
        "size": evidence.size,
        "sha256": evidence.sha256,
        "media_type": evidence.media_type,
        "uploaded_at": evidence.uploaded_at,
        "checking_at": evidence.checking_at,
        **same,
    }
    if verdict is not None:
        said |= {"scanner": verdict.scanner, "stand_in": verdict.stand_in}
    if evidence.demand is not None:
        said["demand"] = evidence.demand
    return evidence_unit_of_work.happened(
        wiring,
        found,
        "evidence_sealed",
        now,
        fields=said,
        wakes=now + limits.RESUMED_AFTER if same else until,
        more=[evidence_quota.release(found.tenant, evidence.size)] if same else [],
        state=item.SEALED,
        sealed=sealed,
        ended_at=to_text(now),
        kept_until=until,
        **same,
    )
