"""Handles the arrival of an uploaded file in quarantine and starts its check.

Only the first version of the object counts. S3 may announce it twice, late, out of order, or for a key that was never
declared: none of these changes anything. If the announcement is lost, the sweep finds the object (`wake_evidence`).
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import astuple

from chalicelib.access import binding
from chalicelib.features.evidence import file_limits, item
from chalicelib.features.evidence.processing import check_file, refuse, unit_of_work
from chalicelib.features.evidence.processing.unit_of_work import EvidenceEvent, LoadedEvidence
from chalicelib.kit.instants import Instant, to_text
from chalicelib.limits import evidence_quota
from chalicelib.store import object_keys
from chalicelib.wiring import Wiring


class AnnouncedFile(NamedTuple):
    """An object that S3 announced. `size` in bytes. `name`: as `ArrivedFile` has it, once the object was looked at."""

    key: str
    version: str
    size: int
    name: str = ""


def handle_arrival(wiring: Wiring, arrival: AnnouncedFile, now: Instant) -> None:
    """Binds the tenant that the key names. Ignores keys outside quarantine.

    Raises when the scanner or the store does not answer, so that S3's event is delivered again.
    """
    location = object_keys.parse_quarantine_key(arrival.key)
    if location is None:
        return
    with binding.tenant(location.ref.tenant):
        accept_arrival(wiring, location, arrival, now)


def accept_arrival(
    wiring: Wiring, location: object_keys.EvidenceLocation, arrival: AnnouncedFile, now: Instant
) -> None:
    """Like `handle_arrival`, but the caller has bound the tenant."""
    loaded = unit_of_work.retry(lambda: _accept(wiring, location, arrival, now))
    if loaded is not None:
        check_file.check(wiring, loaded, now)


def _accept(
    wiring: Wiring, location: object_keys.EvidenceLocation, arrival: AnnouncedFile, now: Instant
) -> LoadedEvidence | None:
    """Returns the evidence to check, or None. Deletes every version but the one that counts."""
    loaded = unit_of_work.load(wiring.store, wiring.compiled, *location)
    if loaded is None:
        return None
    evidence = loaded.evidence
    if evidence.state == item.DECLARED:
        found = wiring.objects.arrived(arrival.key, arrival.version)
        if found is not None and item.fits(evidence, found.size):
            return _record_upload(wiring, loaded, AnnouncedFile(arrival.key, arrival.version, *astuple(found)), now)
        if found is None:
            return None
    elif arrival.version == evidence.version:
        if evidence.state in item.AWAITED:
            return loaded
        refuse.delete_leftovers(wiring.objects, loaded)
        return None
    wiring.objects.delete(arrival.key, arrival.version)
    return None


def _record_upload(wiring: Wiring, loaded: LoadedEvidence, arrival: AnnouncedFile, now: Instant) -> LoadedEvidence:
    evidence, at = loaded.evidence, to_text(max(now, loaded.case.complaint.at))
    known = {} if evidence.by_form else {"sha256": evidence.sha256}
    name = file_limits.cleaned_name(arrival.name) if evidence.by_form else ""
    named = {"given": ["name"]} if name else {}
    fields = {"version": arrival.version, "size": arrival.size, **known, "checking_at": at, **named}
    unused = evidence.size - arrival.size
    return unit_of_work.record_event(
        wiring.store,
        wiring.sealer,
        loaded,
        EvidenceEvent("evidence_uploaded", now, fields, {evidence.name_class: {"name": name}} if name else {}),
        wakes=now + file_limits.RESUMED_AFTER,
        more=[evidence_quota.release(loaded.tenant, unused)] if unused else [],
        state=item.CHECKING,
        size=arrival.size,
        version=arrival.version,
        until=wiring.real_clock() + file_limits.CHECKED_WITHIN,
        uploaded_at=at,
        checking_at=at,
    )
