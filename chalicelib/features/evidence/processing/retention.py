"""Retention: how long files are kept (`intake.evidence_kept`, `retention` in the policy), and their erasure afterwards.

A legal hold prevails over retention; the record then has an event that says so.
"""

from __future__ import annotations

from functools import partial

from chalicelib.casework.composing.committed_event import CommittedEvent
from chalicelib.casework.composing.erased import Erased
from chalicelib.features.evidence import item
from chalicelib.features.evidence.item import Evidence
from chalicelib.features.evidence.processing import refuse, unit_of_work
from chalicelib.features.evidence.processing.unit_of_work import EvidenceEvent, LoadedEvidence
from chalicelib.kit.instants import DAY, Instant, to_text
from chalicelib.limits import evidence_quota
from chalicelib.policy.compiled import Policy
from chalicelib.policy.worktime import due_time, parse_limit
from chalicelib.ports import Sealer
from chalicelib.store.object_keys import EvidenceLocation
from chalicelib.store.port import Store
from chalicelib.wiring import Wiring

POSTPONED = 30 * DAY
"""A complaint that has not ended needs its files. Retention looks at them again after this time."""


def kept_until(policy: Policy, now: Instant) -> Instant | None:
    """The domain time until which a file sealed now is kept. None: the policy sets no limit."""
    kept = policy.document.intake.evidence_kept
    return None if kept is None else due_time(policy.calendar, parse_limit(kept), now).due


def erase_when_due(wiring: Wiring, before: LoadedEvidence, now: Instant) -> int:
    """Erases a file whose retention has ended, unless the complaint or a legal hold still needs it.

    Returns the number of events recorded.
    """

    def attempt() -> LoadedEvidence | None:
        loaded = unit_of_work.load(wiring.store, wiring.compiled, *before.location)
        if loaded is None or loaded.evidence.state != item.SEALED:
            return None
        return _erase_or_postpone(wiring.store, wiring.sealer, loaded, now)

    after = unit_of_work.retry(attempt)
    if after is not None and after.evidence.state == item.ERASED:
        delete_objects(wiring, after)
    return 0 if after is None else after.case.complaint.seq - before.case.complaint.seq


def _erase_or_postpone(store: Store, sealer: Sealer, loaded: LoadedEvidence, now: Instant) -> LoadedEvidence:
    complaint = loaded.case.complaint
    if complaint.held is not None:
        fields = {"conflict": "held", "hold": complaint.held, "asked_by": "retention"}
        noted = EvidenceEvent("noted", now, fields)
        return unit_of_work.record_event(store, sealer, loaded, noted, wakes=None, conflict=True)
    if not loaded.case.has_ended:
        return unit_of_work.update_item(store, loaded, now + POSTPONED)
    is_last = not _others_with_same_file(store, loaded)
    return unit_of_work.record_event(
        store,
        sealer,
        loaded,
        EvidenceEvent("erased", now, {"asked_by": "retention"}),
        wakes=now,
        more=[evidence_quota.release(loaded.tenant, loaded.evidence.size)] if is_last else [],
        state=item.ERASED,
        ended_at=to_text(now),
    )


def delete_objects(wiring: Wiring, loaded: LoadedEvidence) -> None:
    """Deletes the erased file and its copies, unless other evidence has the same file. Then ends the retention.

    Runs after the event is recorded; if it fails, the next sweep repeats it. For evidence that was never sealed it
    deletes nothing. Raises `ObjectLocked`, and `Problem("conflict")` as `evidence_unit_of_work.reschedule`.
    """
    sealed = loaded.evidence.sealed
    if sealed is not None and not _others_with_same_file(wiring.store, loaded):
        # The lock is still in force only where the domain clock runs ahead of real time, as on the local stack.
        early = wiring.real_clock() < sealed.locked_until
        wiring.objects.delete(sealed.key, sealed.version, early=early)
        location = loaded.location._replace(evidence=loaded.evidence.same_as or loaded.evidence.id)
        refuse.delete_shown_copies(wiring.objects, location, sealed.shown, sealed.thumbnail)
    unit_of_work.reschedule(wiring.store, wiring.compiled, loaded)


def _others_with_same_file(store: Store, loaded: LoadedEvidence) -> list[Evidence]:
    sealed = loaded.evidence.sealed
    return [
        other
        for other in item.all_of(store, loaded.ref)
        if other.id != loaded.evidence.id
        and other.state == item.SEALED
        and other.sealed is not None
        and sealed is not None
        and other.sealed.key == sealed.key
    ]


def _end_with_values(wiring: Wiring, committed: CommittedEvent, now: Instant) -> None:
    """The next sweep erases files whose lock has ended, and the others when it ends: nothing here lifts a lock."""
    for evidence in item.all_of(wiring.store, committed.ref):
        if evidence.state == item.SEALED and evidence.sealed is not None:
            until = max(now, evidence.sealed.locked_until)
            location = EvidenceLocation(committed.ref, evidence.id)
            unit_of_work.retry(partial(_keep_until, wiring, location, until))


def _keep_until(wiring: Wiring, location: EvidenceLocation, until: Instant) -> None:
    loaded = unit_of_work.load(wiring.store, wiring.compiled, *location)
    if loaded is not None and loaded.evidence.state == item.SEALED:
        kept = loaded.evidence.kept_until
        until = until if kept is None else min(kept, until)
        unit_of_work.update_item(wiring.store, loaded, until, kept_until=until)


ERASED = Erased(values_of=_end_with_values)
