"""Refuses a file, and deletes objects that a check leaves behind. Objects that are already gone are no error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.features.evidence import file_limits, item
from chalicelib.features.evidence.processing import unit_of_work
from chalicelib.features.evidence.processing.unit_of_work import EvidenceEvent, LoadedEvidence
from chalicelib.kit.instants import Instant, to_text
from chalicelib.limits import evidence_quota
from chalicelib.store import object_keys
from chalicelib.store.object_keys import EvidenceLocation
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.ports.files import Objects


def delete_upload(objects: Objects, loaded: LoadedEvidence) -> None:
    """Deletes the upload's first version from quarantine. `arrival` deletes later versions when they are announced."""
    if loaded.evidence.version is not None:
        objects.delete(object_keys.quarantine(*loaded.location), loaded.evidence.version)


def delete_leftovers(objects: Objects, loaded: LoadedEvidence) -> None:
    """After a check has ended: deletes the upload and, if the file was refused, the image's copies."""
    delete_upload(objects, loaded)
    if loaded.evidence.state == item.REFUSED:
        delete_copies(objects, loaded)


def delete_copies(objects: Objects, loaded: LoadedEvidence) -> None:
    """Deletes the copies that the evidence's own check made."""
    delete_shown_copies(objects, loaded.location, loaded.evidence.shown, loaded.evidence.thumbnail)


def delete_unrecorded_copies(
    objects: Objects, loaded: LoadedEvidence, shown: str | None, thumbnail: str | None
) -> None:
    """Deletes the copies of one run of the check, except those that the evidence has. Both texts are version ids."""
    kept = loaded.evidence
    delete_shown_copies(
        objects,
        loaded.location,
        None if shown == kept.shown else shown,
        None if thumbnail == kept.thumbnail else thumbnail,
    )


def delete_shown_copies(objects: Objects, location: EvidenceLocation, shown: str | None, thumbnail: str | None) -> None:
    """`shown` (the file without metadata) and `thumbnail` are version ids."""
    if shown is not None:
        objects.delete(object_keys.shown(*location), shown)
    if thumbnail is not None:
        objects.delete(object_keys.thumbnail(*location), thumbnail)


def refuse(wiring: Wiring, loaded: LoadedEvidence, reason: str, now: Instant) -> None:
    """Idempotent. The object is deleted last; if that fails, the next sweep deletes it."""

    def attempt() -> LoadedEvidence | None:
        fresh = unit_of_work.load(wiring.store, wiring.compiled, *loaded.location)
        if fresh is None or fresh.evidence.state not in item.AWAITED:
            return fresh
        times = {"uploaded_at": fresh.evidence.uploaded_at, "checking_at": fresh.evidence.checking_at}
        return unit_of_work.record_event(
            wiring.store,
            wiring.sealer,
            fresh,
            EvidenceEvent("evidence_refused", now, {"reason": reason, **times}),
            wakes=now + file_limits.RESUMED_AFTER,
            more=[evidence_quota.release(fresh.tenant, fresh.evidence.size)],
            state=item.REFUSED,
            reason=reason,
            ended_at=to_text(now),
        )

    after = unit_of_work.retry(attempt)
    if after is not None and after.evidence.state == item.REFUSED:
        finish_refusal(wiring, after)


def finish_refusal(wiring: Wiring, loaded: LoadedEvidence) -> None:
    """Deletes the refused file, then takes the evidence off the sweep."""
    delete_leftovers(wiring.objects, loaded)
    unit_of_work.reschedule(wiring.store, wiring.compiled, loaded)
