"""Arrived: an object lies in quarantine. Its first version is the one that counts, and its check begins.

The event may come twice, late, out of order or for what nobody declared: each changes nothing. It may never come: the
sweep looks for the object then (`wake`).
"""

from __future__ import annotations

from typing import NamedTuple

from chalicelib.access import binding
from chalicelib.evidence import check_file, cleanup, evidence_unit_of_work, item, limits
from chalicelib.evidence.evidence_unit_of_work import LoadedEvidence
from chalicelib.evidence.storage import object_keys
from chalicelib.evidence.storage.object_keys import Named
from chalicelib.instants import Instant, to_text
from chalicelib.wiring import Wiring


class Arrival(NamedTuple):
    """What the store announced: `size` in bytes."""

    key: str
    version: str
    size: int


def arrived(wiring: Wiring, arrival: Arrival, now: Instant) -> None:
    """Raises where it is to be announced again: the scanner or the store did not answer."""
    named = object_keys.in_quarantine(arrival.key)
    if named is None:
        return
    with binding.tenant(named.tenant):
        take(wiring, named, arrival, now)


def take(wiring: Wiring, named: Named, arrival: Arrival, now: Instant) -> None:
    """As `arrived`; the tenant is bound by the caller."""
    found = evidence_unit_of_work.attempts(lambda: _taken(wiring, named, arrival, now))
    if found is not None:
        check_file.check(wiring, found, now)


def _taken(wiring: Wiring, named: Named, arrival: Arrival, now: Instant) -> LoadedEvidence | None:
    """The evidence whose check begins, or goes on after a failure. Any other version is deleted."""
    found = evidence_unit_of_work.load(wiring, *named)
    if found is None:
        return None
    evidence = found.evidence
    if evidence.state == item.DECLARED:
        size = wiring.objects.size(arrival.key, arrival.version)
        if size == evidence.size:
            return _pinned(wiring, found, arrival, now)
        if size is None:
            return None
    elif arrival.version == evidence.version:
        if evidence.state in item.AWAITED:
            return found
        cleanup.leftovers(wiring, found)
        return None
    wiring.objects.delete(arrival.key, arrival.version)
    return None


def _pinned(wiring: Wiring, found: LoadedEvidence, arrival: Arrival, now: Instant) -> LoadedEvidence:
    evidence, at = found.evidence, to_text(max(now, found.case.complaint.at))
    return evidence_unit_of_work.happened(
        wiring,
        found,
        "evidence_uploaded",
        now,
        fields={"version": arrival.version, "size": evidence.size, "sha256": evidence.sha256, "checking_at": at},
        wakes=now + limits.RESUMED_AFTER,
        state=item.CHECKING,
        version=arrival.version,
        until=wiring.real_clock() + limits.CHECKED_WITHIN,
        uploaded_at=at,
        checking_at=at,
    )
