"""Upload tickets: presigned requests that put a declared file into quarantine.

Tickets are not stored. Every answer has a new one for the same file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from chalicelib.features.evidence import file_limits, item
from chalicelib.features.evidence.item import Evidence, EvidenceState
from chalicelib.kit.instants import SECOND
from chalicelib.ports import TimeSource
from chalicelib.ports.files import UploadPart
from chalicelib.store import object_keys
from chalicelib.store.keys import CaseRef
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.ports.files import Objects


class PartUpload(msgspec.Struct, frozen=True, kw_only=True):
    """A `PUT` of one part, with these headers."""

    number: int
    url: str
    headers: dict[str, str]


class UploadForm(msgspec.Struct, frozen=True, kw_only=True):
    """Valid for `seconds`. `url` and `fields`: a form upload (POST). `parts` of `part_size` bytes: a large file."""

    url: str | msgspec.UnsetType = msgspec.UNSET
    fields: dict[str, str] | msgspec.UnsetType = msgspec.UNSET
    parts: list[PartUpload] | msgspec.UnsetType = msgspec.UNSET
    part_size: int | msgspec.UnsetType = msgspec.UNSET
    seconds: int


class StoredDeclaration(msgspec.Struct, frozen=True, kw_only=True):
    """The stored answer to a declaration."""

    id: str
    state: EvidenceState


class UploadTicket(msgspec.Struct, frozen=True, kw_only=True):
    """`ticket`: null if the file has been uploaded already, or if the time for its upload is over."""

    id: str
    state: EvidenceState
    ticket: UploadForm | None


def issue(
    objects: Objects, real_clock: TimeSource, ref: CaseRef, evidence: Evidence, parts: Sequence[str]
) -> UploadTicket:
    """`ticket` is null once the upload is done or has expired, and for a form. `parts`: SHA-256 of each part."""
    left = (evidence.until - real_clock()) // SECOND
    ticket: UploadForm | None = None
    if evidence.state == item.DECLARED and left > 0 and not evidence.by_form:
        key = object_keys.quarantine(ref, evidence.id)
        ticket = _parts(objects, key, evidence, parts, left) if parts else _post(objects, key, evidence, left)
    return UploadTicket(id=evidence.id, state=evidence.state, ticket=ticket)


def form(objects: Objects, real_clock: TimeSource, ref: CaseRef, evidence: Evidence, back: str) -> UploadForm | None:
    """The ticket for the form of a page. None once a file has arrived, or its time is over. `back`: a URL."""
    left = (evidence.until - real_clock()) // SECOND
    if not evidence.by_form or evidence.state != item.DECLARED or left <= 0:
        return None
    seconds = min(file_limits.FORM_SECONDS, left)
    key = object_keys.quarantine(ref, evidence.id)
    ticket = objects.form_ticket(key, most=evidence.size, back=back, seconds=seconds)
    return UploadForm(url=ticket.url, fields=dict(ticket.fields), seconds=seconds)


def reissue(wiring: Wiring, ref: CaseRef, parts: Sequence[str], answer: Answer) -> Answer:
    """For a repeated declaration: the present state and a new ticket, as `issue`. `answer`: the stored answer."""
    declared = msgspec.convert(answer.body, StoredDeclaration)
    key = item.key_of(ref, declared.id)
    evidence = item.parse(wiring.store.get([key])[key])
    issued = issue(wiring.objects, wiring.real_clock, ref, evidence, parts)
    return Answer.of(answer.status, issued, replayed=answer.replayed)


def begin_upload(objects: Objects, ref: CaseRef, evidence_id: str, media_type: str) -> str:
    """The id of a new multipart upload. The bucket's lifecycle rule deletes uploads that are not completed."""
    return objects.begin(object_keys.quarantine(ref, evidence_id), media_type=media_type)


def upload_parts(evidence: Evidence, sha256: Sequence[str]) -> list[UploadPart]:
    """`sha256`: the digest of each part."""
    sizes = file_limits.sizes_of_parts(evidence.size)
    return [UploadPart(number, *part) for number, part in enumerate(zip(sizes, sha256, strict=True), 1)]


def _post(objects: Objects, key: str, evidence: Evidence, left: int) -> UploadForm:
    seconds = min(file_limits.TICKET_SECONDS, left)
    ticket = objects.upload_ticket(
        key, size=evidence.size, media_type=evidence.media_type, sha256=evidence.sha256, seconds=seconds
    )
    return UploadForm(url=ticket.url, fields=dict(ticket.fields), seconds=seconds)


def _parts(objects: Objects, key: str, evidence: Evidence, sha256: Sequence[str], left: int) -> UploadForm:
    seconds = min(file_limits.PARTS_SECONDS, left)
    tickets = objects.part_tickets(key, evidence.upload or "", upload_parts(evidence, sha256), seconds=seconds)
    parts = [PartUpload(number=one.number, url=one.url, headers=dict(one.headers)) for one in tickets]
    return UploadForm(parts=parts, part_size=file_limits.PART, seconds=seconds)
