"""Waking a piece of evidence: what was waited for too long, what a dead process left behind, what was kept long enough.

Uploads and checks are waited for in real time; how long files are kept is the domain's time.
"""

from __future__ import annotations

from collections.abc import Callable

from chalicelib.evidence import arrival as arrived
from chalicelib.evidence import check_file, erase_files, evidence_unit_of_work, item, refuse, seal
from chalicelib.evidence.arrival import Arrival
from chalicelib.evidence.evidence_unit_of_work import LoadedEvidence
from chalicelib.evidence.storage import object_keys
from chalicelib.instants import Instant, to_text
from chalicelib.limits import evidence_quota
from chalicelib.store.port import Key, Unavailable
from chalicelib.wiring import Wiring

PREFIX = "V#"


def wake(wiring: Wiring, tenant: str, number: str, key: Key, now: Instant) -> int:
    """How many events were recorded. The tenant is bound by the caller. A stale index hit finds nothing to do."""
    found = evidence_unit_of_work.load(wiring, tenant, number, key.sk.removeprefix(PREFIX))
    if found is None:
        return 0
    evidence, late = found.evidence, wiring.real_clock() >= found.evidence.until
    if evidence.state == item.DECLARED and late:
        return _missed(wiring, found, now) or _expire(wiring, found, now)
    if evidence.state in item.AWAITED:
        return _resume(wiring, found, now, late)
    if evidence.state == item.REFUSED:
        refuse.dropped(wiring, found)
    if evidence.state == item.SEALED and evidence.kept_until is not None and evidence.kept_until <= now:
        return erase_files.when_kept_long_enough(wiring, found, now)
    if evidence.state == item.SEALED and evidence.same_as is not None:
        seal.needs_no_copies(wiring, found)
    if evidence.state == item.ERASED:
        erase_files.objects_of(wiring, found)
    return 0


def _missed(wiring: Wiring, found: LoadedEvidence, now: Instant) -> int:
    """The file came, and its event was lost."""
    named = object_keys.Named(found.tenant, found.number, found.evidence.id)
    kept = wiring.objects.newest(object_keys.quarantine(*named))
    if kept is None or kept.size != found.evidence.size:
        return 0
    arrival = Arrival(object_keys.quarantine(*named), kept.version, kept.size)
    return _events(wiring, found, lambda: arrived.take(wiring, named, arrival, now))


def _resume(wiring: Wiring, found: LoadedEvidence, now: Instant, late: bool) -> int:
    """Raises `Unavailable`, for a later sweep, where the scanner or another's sealing is still waited for."""
    evidence = found.evidence
    decided = check_file.decisive(evidence) is not None
    if late and not decided:
        refuse.refuse(wiring, found, "no-verdict", now)
        return 1
    if evidence.passed and not decided:
        return 0
    return _events(wiring, found, lambda: check_file.check(wiring, found, now))


def _events(wiring: Wiring, before: LoadedEvidence, deed: Callable[[], None]) -> int:
    """How many the deed recorded."""
    try:
        deed()
    except (OSError, seal.Pending) as error:
        raise Unavailable from error
    after = evidence_unit_of_work.load(wiring, before.tenant, before.number, before.evidence.id)
    return 0 if after is None else after.case.complaint.seq - before.case.complaint.seq


def _expire(wiring: Wiring, before: LoadedEvidence, now: Instant) -> int:
    """Nothing came. What comes now is deleted when it is announced."""
    place = (before.tenant, before.number, before.evidence.id)

    def attempt() -> LoadedEvidence | None:
        found = evidence_unit_of_work.load(wiring, *place)
        if found is None or found.evidence.state != item.DECLARED:
            return None
        return evidence_unit_of_work.happened(
            wiring,
            found,
            "evidence_expired",
            now,
            fields={},
            wakes=None,
            more=[evidence_quota.release(found.tenant, found.evidence.size)],
            state=item.EXPIRED,
            ended_at=to_text(now),
        )

    expired = evidence_unit_of_work.attempts(attempt)
    if expired is not None and expired.evidence.upload is not None:
        wiring.objects.abort(object_keys.quarantine(*place), expired.evidence.upload)
    return 0 if expired is None else 1
