"""Arrived: an object lies in quarantine. Its first version is the one that counts, and its check begins.

The event may come twice, late, out of order or for what nobody declared: each changes nothing. It may never come: the
sweep looks for the object then (`wake`).
"""

from __future__ import annotations

from typing import NamedTuple

from chalicelib.evidence import check_file, drop, held, item, limits, object_keys
from chalicelib.evidence.held import Held
from chalicelib.evidence.object_keys import Named
from chalicelib.instants import Instant, to_text
from chalicelib.tenants import binding
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
    found = held.attempts(lambda: _taken(wiring, named, arrival, now))
    if found is not None:
        check_file.check(wiring, found, now)


def _taken(wiring: Wiring, named: Named, arrival: Arrival, now: Instant) -> Held | None:
    """The evidence whose check begins, or goes on after a failure. Any other version is deleted."""
    found = held.load(wiring, *named)
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
        drop.leftovers(wiring, found)
        return None
    wiring.objects.delete(arrival.key, arrival.version)
    return None


def _pinned(wiring: Wiring, found: Held, arrival: Arrival, now: Instant) -> Held:
    evidence, at = found.evidence, to_text(max(now, found.case.complaint.at))
    return held.happened(
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
