"""Upload tickets: presigned requests that put a declared file into quarantine.

Tickets are not stored. Every answer has a new one for the same file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from chalicelib.evidence import file_limits, item
from chalicelib.evidence.item import Evidence
from chalicelib.evidence.storage import object_keys
from chalicelib.evidence.storage.objects import UploadPart
from chalicelib.instants import SECOND
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.evidence.storage.objects import Objects


def issue(wiring: Wiring, ref: CaseRef, evidence: Evidence, parts: Sequence[str], answer: Answer) -> Answer:
    """The answer with `ticket` added; null once the upload is done or has expired. `parts`: SHA-256 of each part."""
    left = (evidence.until - wiring.real_clock()) // SECOND
    ticket: dict[str, Any] | None = None
    if evidence.state == item.DECLARED and left > 0:
        key = object_keys.quarantine(ref.tenant, ref.number, evidence.id)
        ticket = (
            _parts(wiring.objects, key, evidence, parts, left) if parts else _post(wiring.objects, key, evidence, left)
        )
    return Answer(answer.status, {**answer.body, "ticket": ticket}, answer.replayed)


def reissue(wiring: Wiring, ref: CaseRef, parts: Sequence[str], answer: Answer) -> Answer:
    """For a repeated declaration: the stored answer with the present state and a new ticket, as `issue`."""
    key = keys.evidence(keys.complaint(ref.tenant, ref.number), answer.body["id"])
    evidence = item.parse(wiring.store.get([key])[key])
    current = Answer(answer.status, {**answer.body, "state": evidence.state}, answer.replayed)
    return issue(wiring, ref, evidence, parts, current)


def begin_upload(objects: Objects, ref: CaseRef, evidence_id: str, media_type: str) -> str:
    """The id of a new multipart upload. The bucket's lifecycle rule deletes uploads that are not completed."""
    return objects.begin(object_keys.quarantine(ref.tenant, ref.number, evidence_id), media_type=media_type)


def upload_parts(evidence: Evidence, sha256: Sequence[str]) -> list[UploadPart]:
    """`sha256`: the digest of each part."""
    sizes = file_limits.sizes_of_parts(evidence.size)
    return [UploadPart(number, *part) for number, part in enumerate(zip(sizes, sha256, strict=True), 1)]


def _post(objects: Objects, key: str, evidence: Evidence, left: int) -> dict[str, Any]:
    seconds = min(file_limits.TICKET_SECONDS, left)
    ticket = objects.upload_ticket(
        key, size=evidence.size, media_type=evidence.media_type, sha256=evidence.sha256, seconds=seconds
    )
    return {"url": ticket.url, "fields": dict(ticket.fields), "seconds": seconds}


def _parts(objects: Objects, key: str, evidence: Evidence, sha256: Sequence[str], left: int) -> dict[str, Any]:
    seconds = min(file_limits.PARTS_SECONDS, left)
    tickets = objects.part_tickets(key, evidence.upload or "", upload_parts(evidence, sha256), seconds=seconds)
    parts = [{"number": one.number, "url": one.url, "headers": dict(one.headers)} for one in tickets]
    return {"parts": parts, "part_size": file_limits.PART, "seconds": seconds}
