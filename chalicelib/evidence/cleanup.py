"""Deleting what the check leaves behind. What is gone already is no error."""

from __future__ import annotations

from chalicelib.evidence import item
from chalicelib.evidence.evidence_unit_of_work import LoadedEvidence
from chalicelib.evidence.storage import object_keys
from chalicelib.wiring import Wiring


def quarantined(wiring: Wiring, found: LoadedEvidence) -> None:
    """The upload's first version; later ones go when they are announced."""
    evidence = found.evidence
    if evidence.version is not None:
        key = object_keys.quarantine(found.tenant, found.number, evidence.id)
        wiring.objects.delete(key, evidence.version)


def leftovers(wiring: Wiring, found: LoadedEvidence) -> None:
    """Of a check that has ended: the upload, and copies that its file does not need."""
    quarantined(wiring, found)
    if found.evidence.state == item.REFUSED:
        copies(wiring, found)


def copies(wiring: Wiring, found: LoadedEvidence) -> None:
    """The image without metadata, and the thumbnail."""
    copies_of(wiring, found, found.evidence.id, found.evidence.shown, found.evidence.thumbnail)


def copies_of(
    wiring: Wiring, found: LoadedEvidence, evidence_id: str, shown: str | None, thumbnail: str | None
) -> None:
    """`shown` and `thumbnail` are the copies' versions."""
    place = (found.tenant, found.number, evidence_id)
    if shown is not None:
        wiring.objects.delete(object_keys.shown(*place), shown)
    if thumbnail is not None:
        wiring.objects.delete(object_keys.thumbnail(*place), thumbnail)
