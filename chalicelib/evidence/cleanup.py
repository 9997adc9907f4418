"""Deletes objects that a check leaves behind. Objects that are already gone are no error."""

from __future__ import annotations

from chalicelib.evidence import item
from chalicelib.evidence.evidence_unit_of_work import LoadedEvidence
from chalicelib.evidence.storage import object_keys
from chalicelib.evidence.storage.object_keys import EvidenceLocation
from chalicelib.wiring import Wiring


def delete_upload(wiring: Wiring, loaded: LoadedEvidence) -> None:
    """Deletes the upload's first version from quarantine. `arrival` deletes later versions when they are announced."""
    if loaded.evidence.version is not None:
        wiring.objects.delete(object_keys.quarantine(*loaded.location), loaded.evidence.version)


def delete_leftovers(wiring: Wiring, loaded: LoadedEvidence) -> None:
    """After a check has ended: deletes the upload and, if the file was refused, the image's copies."""
    delete_upload(wiring, loaded)
    if loaded.evidence.state == item.REFUSED:
        delete_copies(wiring, loaded)


def delete_copies(wiring: Wiring, loaded: LoadedEvidence) -> None:
    """Deletes the copies that the evidence's own check made."""
    delete_image_copies(wiring, loaded.location, loaded.evidence.shown, loaded.evidence.thumbnail)


def delete_image_copies(wiring: Wiring, location: EvidenceLocation, shown: str | None, thumbnail: str | None) -> None:
    """`shown` (the image without metadata) and `thumbnail` are version ids."""
    if shown is not None:
        wiring.objects.delete(object_keys.shown(*location), shown)
    if thumbnail is not None:
        wiring.objects.delete(object_keys.thumbnail(*location), thumbnail)
