"""Downloading a file: a link for two minutes, on the read log before it is given out."""

from __future__ import annotations

from typing import Any

from chalicelib.casework import private_values, read_log
from chalicelib.casework.read_log import Looked
from chalicelib.evidence import file_names, limits, queries
from chalicelib.evidence.item import Evidence, Sealed
from chalicelib.evidence.queries import EvidenceRequest, VisibleEvidence
from chalicelib.evidence.storage import object_keys
from chalicelib.problem import Problem
from chalicelib.wiring import Wiring

_JPEG = "image/jpeg"


def download(wiring: Wiring, asked: EvidenceRequest, evidence_id: str, copy: str, route: str) -> dict[str, Any]:
    """`{url, seconds, name, media_type}`. Raises `Problem("not-found")` for a copy that is not the caller's to have."""
    seen = queries.one(wiring, asked, evidence_id)
    sealed = seen.evidence.sealed
    if sealed is None or copy not in queries.copies(seen):
        raise Problem("not-found", "There is no such copy of it that you may have.")
    key, version, media_type = _object(asked, seen.evidence, sealed, copy)
    name = _name(wiring, asked, seen, copy, media_type)
    looked = Looked(seen.caller.asker, route, asked.now, seen.evidence.id)
    read_log.given_out(wiring, asked.tenant, looked, seen.case.policy, seen.case.complaint, {queries.CONTENT})
    url = wiring.objects.link(key, version, name=name, media_type=media_type, seconds=limits.LINK_SECONDS)
    return {"url": url, "seconds": limits.LINK_SECONDS, "name": name, "media_type": media_type}


def _object(asked: EvidenceRequest, evidence: Evidence, sealed: Sealed, copy: str) -> tuple[str, str, str]:
    """Key, version and media type. Copies of bytes that came twice lie under the first one's name."""
    place = (asked.tenant, asked.number, evidence.same_as or evidence.id)
    if copy == queries.THUMBNAIL:
        return object_keys.thumbnail(*place), sealed.thumbnail or "", _JPEG
    if copy == queries.SHOWN:
        return object_keys.shown(*place), sealed.shown or "", evidence.media_type
    return sealed.key, sealed.version, evidence.media_type


def _name(wiring: Wiring, asked: EvidenceRequest, seen: VisibleEvidence, copy: str, media_type: str) -> str:
    """The name that it was given, for whoever may have the original; it may say whose it is."""
    evidence = seen.evidence
    if copy == queries.ORIGINAL and (seen.caller.gave(evidence) or seen.caller.is_staff):
        entries = wiring.store.get(private_values.keys_of_event(asked.tenant, asked.number, evidence.seq))
        for entry in entries.values():
            value = private_values.opened(wiring, asked.tenant, asked.number, entry)
            if value is None:
                continue
            if "name" in value.values and (value.holder in seen.classes or seen.caller.gave(evidence)):
                return str(value.values["name"])
    return file_names.neutral(evidence.kind, evidence.id, media_type)
