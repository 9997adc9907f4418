"""Wakes a piece of evidence that the sweep found due.

Expires late uploads, resumes checks that a crashed function left behind, and applies retention. Uploads and checks are
timed in real time, retention in domain time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from chalicelib.features.evidence import item
from chalicelib.features.evidence.processing import arrival, check_file, refuse, retention, seal, unit_of_work
from chalicelib.features.evidence.processing.arrival import AnnouncedFile
from chalicelib.features.evidence.processing.unit_of_work import EvidenceEvent, LoadedEvidence
from chalicelib.kit.instants import Instant, to_text
from chalicelib.limits import evidence_quota
from chalicelib.store import keys, object_keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Key, Store, Unavailable
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.wiring import CompiledPolicies


def wake(wiring: Wiring, ref: CaseRef, key: Key, now: Instant) -> int:
    """Returns the number of events recorded. The caller has bound the tenant.

    Does nothing for a stale index entry. Raises `Unavailable` if a later sweep is to try again.
    """
    loaded = unit_of_work.load(wiring.store, wiring.compiled, ref, keys.evidence_id(key))
    if loaded is None:
        return 0
    evidence, late = loaded.evidence, wiring.real_clock() >= loaded.evidence.until
    if evidence.state == item.DECLARED and late:
        return _accept_missed_upload(wiring, loaded, now) or _expire(wiring, loaded, now)
    if evidence.state in item.AWAITED:
        return _resume_check(wiring, loaded, now, late)
    if evidence.state == item.REFUSED:
        refuse.finish_refusal(wiring, loaded)
    if evidence.state == item.SEALED and evidence.kept_until is not None and evidence.kept_until <= now:
        return retention.erase_when_due(wiring, loaded, now)
    if evidence.state == item.SEALED and evidence.same_as is not None:
        seal.finish_duplicate(wiring, loaded)
    if evidence.state == item.ERASED:
        retention.delete_objects(wiring, loaded)
    return 0


def _accept_missed_upload(wiring: Wiring, loaded: LoadedEvidence, now: Instant) -> int:
    """For a file that was uploaded but whose announcement was lost."""
    key = object_keys.quarantine(*loaded.location)
    found = wiring.objects.latest_version(key)
    if found is None or not item.fits(loaded.evidence, found.size):
        return 0
    missed = AnnouncedFile(key, found.version, found.size)
    return _count_events(
        wiring.store, wiring.compiled, loaded, lambda: arrival.accept_arrival(wiring, loaded.location, missed, now)
    )


def _resume_check(wiring: Wiring, loaded: LoadedEvidence, now: Instant, late: bool) -> int:
    decided = check_file.decisive_verdict(loaded.evidence) is not None
    if late and not decided:
        refuse.refuse(wiring, loaded, "no-verdict", now)
        return 1
    if loaded.evidence.passed and not decided:
        return 0
    return _count_events(wiring.store, wiring.compiled, loaded, lambda: check_file.check(wiring, loaded, now))


def _count_events(
    store: Store, compiled: CompiledPolicies, before: LoadedEvidence, operation: Callable[[], None]
) -> int:
    """Runs the operation and returns the number of events recorded since `before`.

    Raises `Unavailable` if the store or the scanner does not answer, or equal bytes are being sealed.
    """
    try:
        operation()
    except (OSError, seal.SealingInProgress) as error:
        raise Unavailable from error
    after = unit_of_work.load(store, compiled, *before.location)
    return 0 if after is None else after.case.complaint.seq - before.case.complaint.seq


def _expire(wiring: Wiring, before: LoadedEvidence, now: Instant) -> int:
    """Expires a declaration without an upload. A file that is uploaded later is deleted when it is announced."""

    def attempt() -> LoadedEvidence | None:
        loaded = unit_of_work.load(wiring.store, wiring.compiled, *before.location)
        if loaded is None or loaded.evidence.state != item.DECLARED:
            return None
        return unit_of_work.record_event(
            wiring.store,
            wiring.sealer,
            loaded,
            EvidenceEvent("evidence_expired", now, {}),
            wakes=None,
            more=[evidence_quota.release(loaded.tenant, loaded.evidence.size)],
            state=item.EXPIRED,
            ended_at=to_text(now),
        )

    expired = unit_of_work.retry(attempt)
    if expired is not None and expired.evidence.upload is not None:
        wiring.objects.abort(object_keys.quarantine(*before.location), expired.evidence.upload)
    return 0 if expired is None else 1
