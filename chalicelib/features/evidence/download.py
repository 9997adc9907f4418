"""Issues a download link for a file. The read log has an entry before the link is given out."""

from __future__ import annotations

import msgspec

from chalicelib.casework import private_values
from chalicelib.casework.views import read_log
from chalicelib.casework.views.read_log import Disclosure, ReadContext
from chalicelib.features.evidence import evidence_queries, file_limits
from chalicelib.features.evidence.authorization import EvidenceRequest
from chalicelib.features.evidence.evidence_queries import VisibleEvidence
from chalicelib.features.evidence.item import Evidence, SealedFile
from chalicelib.kit.problem import Problem
from chalicelib.ports import Sealer
from chalicelib.store import object_keys
from chalicelib.store.port import Store
from chalicelib.wiring import Wiring

_JPEG = "image/jpeg"


class Link(msgspec.Struct, frozen=True, kw_only=True):
    url: str
    seconds: int
    name: str
    media_type: str


def download(wiring: Wiring, request: EvidenceRequest, evidence_id: str, copy: str, route: str) -> Link:
    """Raises `Problem("not-found")` for a copy that the caller may not have."""
    visible = evidence_queries.get_visible(wiring, request, evidence_id)
    sealed = visible.evidence.sealed
    if sealed is None or copy not in evidence_queries.available_copies(visible):
        raise Problem("not-found", "There is no such copy that you may download.")
    key, version, media_type = _object(request, visible.evidence, sealed, copy)
    name = _file_name(wiring.store, wiring.sealer, request, visible, copy, media_type)
    context = ReadContext(visible.caller.asker, route, request.now, visible.evidence.id)
    disclosure = Disclosure(visible.case.policy, visible.case.complaint, {evidence_queries.CONTENT})
    read_log.record_file_link(wiring.store, request.tenant, context, disclosure)
    url = wiring.objects.link(key, version, name=name, media_type=media_type, seconds=file_limits.LINK_SECONDS)
    return Link(url=url, seconds=file_limits.LINK_SECONDS, name=name, media_type=media_type)


def _object(request: EvidenceRequest, evidence: Evidence, sealed: SealedFile, copy: str) -> tuple[str, str, str]:
    """Key, version and media type. A duplicate's copies are stored under the first evidence's id."""
    location = (request.ref, evidence.same_as or evidence.id)
    if copy == evidence_queries.THUMBNAIL:
        return object_keys.thumbnail(*location), sealed.thumbnail or "", _JPEG
    if copy == evidence_queries.SHOWN:
        return object_keys.shown(*location), sealed.shown or "", evidence.media_type
    return sealed.key, sealed.version, evidence.media_type


def _file_name(
    store: Store, sealer: Sealer, request: EvidenceRequest, visible: VisibleEvidence, copy: str, media_type: str
) -> str:
    """The declared name, for callers who may have the original. It may identify a person; others get a neutral name."""
    evidence, caller = visible.evidence, visible.caller
    if copy == evidence_queries.ORIGINAL and (caller.gave(evidence) or caller.is_staff):
        entries = store.get(private_values.keys_of_event(request.ref, evidence.seq))
        for entry in entries.values():
            value = private_values.try_open(sealer, request.ref, entry)
            if value is None:
                continue
            if "name" in value.values and (value.holder in visible.classes or caller.gave(evidence)):
                return file_limits.download_name(str(value.values["name"]), media_type)
    return file_limits.neutral_name(evidence.kind, evidence.id, media_type)
