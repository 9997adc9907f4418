"""Seals a file: copies it out of quarantine under Object Lock, and records its SHA-256.

Equal files in one complaint are stored once. The first evidence to claim the bytes (`V##<sha256>`) has the sealed
object; later ones refer to it (`same_as`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from chalicelib.complaints.envelope import EventFields
from chalicelib.features.evidence import file_limits, item
from chalicelib.features.evidence.item import SealedFile
from chalicelib.features.evidence.processing import refuse, retention, unit_of_work
from chalicelib.features.evidence.processing.unit_of_work import EvidenceEvent, LoadedEvidence
from chalicelib.kit.instants import DAY, Instant, to_text
from chalicelib.limits import evidence_quota
from chalicelib.ports import Sealer
from chalicelib.ports.files import SealPlan
from chalicelib.store import keys, object_keys
from chalicelib.store.port import Key, Put, Store, Update
from chalicelib.store.stored_form import Form
from chalicelib.tenants import names
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.wiring import CompiledPolicies

CLAIM = Form("evidence-bytes", str)


class SealingInProgress(RuntimeError):
    """Other evidence with the same bytes is being sealed. Try again later."""


def seal(wiring: Wiring, loaded: LoadedEvidence, now: Instant) -> None:
    """Idempotent: a repeat after a failure resumes at the step that failed.

    Raises `SealingInProgress` while other evidence with the same bytes is being sealed.
    """
    after = unit_of_work.retry(lambda: _attempt(wiring, loaded, now)) or loaded
    refuse.delete_leftovers(wiring.objects, after)
    if after.evidence.same_as is not None:
        finish_duplicate(wiring, after)


def finish_duplicate(wiring: Wiring, loaded: LoadedEvidence) -> None:
    """Deletes the copies that a duplicate's check made, then schedules its retention."""
    refuse.delete_copies(wiring.objects, loaded)
    unit_of_work.reschedule(wiring.store, wiring.compiled, loaded, loaded.evidence.kept_until)


def _attempt(wiring: Wiring, before: LoadedEvidence, now: Instant) -> LoadedEvidence | None:
    claim = keys.evidence_bytes(keys.complaint(before.tenant, before.number), before.evidence.sha256)
    loaded = unit_of_work.load(wiring.store, wiring.compiled, *before.location, [claim])
    if loaded is None or loaded.evidence.state not in item.AWAITED:
        return loaded
    first = _claim_bytes(wiring.store, wiring.compiled, loaded, claim)
    if first is None:
        return _record(wiring.store, wiring.sealer, loaded, _copy(wiring, loaded, now), now, {})
    if first.evidence.sealed is not None:
        return _record(wiring.store, wiring.sealer, loaded, first.evidence.sealed, now, {"same_as": first.evidence.id})
    raise SealingInProgress("other evidence with the same bytes is being sealed")


def _claim_bytes(store: Store, compiled: CompiledPolicies, loaded: LoadedEvidence, key: Key) -> LoadedEvidence | None:
    """Returns the other evidence that has claimed these bytes, or None if this one has.

    Raises `CommitConflict` if another claims them at the same time.
    """
    claim = loaded.entries.get(key)
    mine = CLAIM.entry(key, loaded.evidence.id, version=1)
    if claim is None:
        store.commit([Put(mine)])
        return None
    if claim.body == loaded.evidence.id:
        return None
    other = unit_of_work.load(store, compiled, loaded.ref, claim.body)
    if other is not None and other.evidence.state in (*item.AWAITED, item.SEALED):
        return other
    version = claim.version or 0
    store.commit([Update(replace(mine, version=version + 1), version)])
    return None


def _lock(wiring: Wiring, loaded: LoadedEvidence, now: Instant) -> Instant:
    """The time for which the bucket locks the file. In compliance mode it outlasts the organisation."""
    if names.is_practice(loaded.tenant):
        return DAY
    until = retention.kept_until(loaded.case.policy, now)
    return wiring.lock_days * DAY if until is None else until - now


def _copy(wiring: Wiring, loaded: LoadedEvidence, now: Instant) -> SealedFile:
    evidence = loaded.evidence
    plan = SealPlan(
        media_type=evidence.media_type,
        until=wiring.real_clock() + _lock(wiring, loaded, now),
        hold=loaded.case.complaint.held is not None and not names.is_practice(loaded.tenant),
        parts=file_limits.sizes_of_parts(evidence.size) if evidence.size > file_limits.LARGEST_POST else (),
    )
    source, target = object_keys.quarantine(*loaded.location), object_keys.sealed(*loaded.location)
    copy = wiring.objects.seal(source, evidence.version or "", target, plan)
    if copy.size != evidence.size or copy.sha256 not in (None, evidence.sha256):
        raise RuntimeError("the sealed copy differs from the file that was checked")
    return SealedFile(target, copy.version, plan.until, evidence.shown, evidence.thumbnail)


def _record(
    store: Store, sealer: Sealer, loaded: LoadedEvidence, sealed: SealedFile, now: Instant, duplicate: EventFields
) -> LoadedEvidence:
    """`duplicate`: `{same_as}` if the bytes were sealed before. Its quota is released: the file is stored once."""
    evidence = loaded.evidence
    verdict = evidence.verdict
    until = retention.kept_until(loaded.case.policy, now)
    fields: EventFields = {
        "version": sealed.version,
        "size": evidence.size,
        "sha256": evidence.sha256,
        "media_type": evidence.media_type,
        "uploaded_at": evidence.uploaded_at,
        "checking_at": evidence.checking_at,
        **duplicate,
    }
    if verdict is not None:
        fields |= {"scanner": verdict.scanner, "stand_in": verdict.stand_in}
    if evidence.demand is not None:
        fields["demand"] = evidence.demand
    return unit_of_work.record_event(
        store,
        sealer,
        loaded,
        EvidenceEvent("evidence_sealed", now, fields),
        wakes=now + file_limits.RESUMED_AFTER if duplicate else until,
        more=[evidence_quota.release(loaded.tenant, evidence.size)] if duplicate else [],
        state=item.SEALED,
        sealed=sealed,
        ended_at=to_text(now),
        kept_until=until,
        **duplicate,
    )
