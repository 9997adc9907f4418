"""Completes an upload in parts. S3 then announces the file like any other (`arrival`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec

from chalicelib.features.evidence import authorization, file_limits, item, tickets
from chalicelib.features.evidence.authorization import EvidenceRequest
from chalicelib.features.evidence.item import Evidence, EvidenceState
from chalicelib.kit.decoding import SEEN, RequestDocument
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.store import object_keys
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.ports.files import Objects


_ETAG = r'^"?[!#-~]+"?$'
"""Visible signs without space and quote, between quotes or not (RFC 9110 section 8.8.3)."""
_Sha256 = Annotated[str, SEEN, msgspec.Meta(min_length=64, max_length=64)]


class UploadedPart(RequestDocument, frozen=True, kw_only=True):
    """`etag`: the `ETag` header of the response to the part's upload."""

    number: int
    etag: Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=_ETAG)]
    sha256: _Sha256


class UploadedParts(RequestDocument, frozen=True, kw_only=True):
    parts: Annotated[list[UploadedPart], msgspec.Meta(min_length=1, max_length=400)]


class CompletedUpload(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    state: EvidenceState


class CompleteUpload(EvidenceRequest, frozen=True, kw_only=True):
    evidence: str
    parts: list[UploadedPart]


def complete(wiring: Wiring, command: CompleteUpload) -> CompletedUpload:
    """Puts the uploaded parts together. Returns the state before that. A repeated call changes nothing.

    Raises `Problem`: `not-found`, `invalid`, or as `authorization.load_case`.
    """
    key = item.key_of(command.ref, command.evidence)
    caller, _, entries = authorization.load_case(wiring, command, [key])
    evidence = item.find(entries, key)
    if evidence is None or not caller.gave(evidence) or evidence.upload is None:
        raise Problem("not-found", "You have no upload in parts with this id.")
    if evidence.state == item.DECLARED:
        _complete_multipart_upload(wiring.objects, command, evidence)
    return CompletedUpload(id=evidence.id, state=evidence.state)


def _complete_multipart_upload(objects: Objects, command: CompleteUpload, evidence: Evidence) -> None:
    sent, count = command.parts, file_limits.count_of_parts(evidence.size)
    if [part.number for part in sent] != list(range(1, count + 1)):
        raise _invalid(Text("must be the parts 1 to {count}, in order", count=count))
    declared = tickets.upload_parts(evidence, [part.sha256 for part in sent])
    etags = [part.etag for part in sent]
    key = object_keys.quarantine(command.ref, evidence.id)
    try:
        objects.complete(key, evidence.upload or "", list(zip(declared, etags, strict=True)))
    except ValueError:
        raise _invalid("are not those that were uploaded") from None
    except LookupError:
        return  # Completed before, and S3 will announce it; or abandoned, which is on the record.


def _invalid(why: str) -> Problem:
    return Problem("invalid", "The parts do not make up the declared file.", places=[Place("/parts", why)])
