"""Tickets: how a declared file gets into quarantine. None is kept: each answer has a fresh one for the same file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chalicelib.evidence import item, limits
from chalicelib.evidence.item import Evidence
from chalicelib.evidence.storage import object_keys
from chalicelib.evidence.storage.objects import UploadPart
from chalicelib.instants import SECOND
from chalicelib.store import keys
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.wiring import Wiring


def first(wiring: Wiring, tenant: str, number: str, evidence: Evidence, parts: Sequence[str], answer: Answer) -> Answer:
    return _with_ticket(wiring, tenant, number, evidence, parts, answer)


def again(wiring: Wiring, tenant: str, number: str, parts: Sequence[str], answer: Answer) -> Answer:
    """For a repeated declaration: a fresh ticket while the file is still waited for; the state as it is then."""
    key = keys.evidence(keys.complaint(tenant, number), answer.body["id"])
    evidence = item.parse(wiring.store.get([key])[key])
    known = Answer(answer.status, {**answer.body, "state": evidence.state}, answer.replayed)
    return _with_ticket(wiring, tenant, number, evidence, parts, known)


def begun(wiring: Wiring, tenant: str, number: str, evidence_id: str, media_type: str) -> str:
    """The id of an upload in parts. One that nobody uses is dropped by the bucket's lifecycle rule."""
    return wiring.objects.begin(object_keys.quarantine(tenant, number, evidence_id), media_type=media_type)


def parts_of(evidence: Evidence, sha256: Sequence[str]) -> list[UploadPart]:
    sizes = limits.sizes_of_parts(evidence.size)
    return [UploadPart(position, *both) for position, both in enumerate(zip(sizes, sha256, strict=True), 1)]


def _with_ticket(
    wiring: Wiring, tenant: str, number: str, evidence: Evidence, parts: Sequence[str], answer: Answer
) -> Answer:
    left = (evidence.until - wiring.real_clock()) // SECOND
    ticket: dict[str, Any] | None = None
    if evidence.state == item.DECLARED and left > 0:
        key = object_keys.quarantine(tenant, number, evidence.id)
        ticket = _parts(wiring, key, evidence, parts, left) if parts else _post(wiring, key, evidence, left)
    return Answer(answer.status, {**answer.body, "ticket": ticket}, answer.replayed)


def _post(wiring: Wiring, key: str, evidence: Evidence, left: int) -> dict[str, Any]:
    seconds = min(limits.TICKET_SECONDS, left)
    ticket = wiring.objects.ticket(
        key, size=evidence.size, media_type=evidence.media_type, sha256=evidence.sha256, seconds=seconds
    )
    return {"url": ticket.url, "fields": dict(ticket.fields), "seconds": seconds}


def _parts(wiring: Wiring, key: str, evidence: Evidence, sha256: Sequence[str], left: int) -> dict[str, Any]:
    seconds = min(limits.PARTS_SECONDS, left)
    made = wiring.objects.part_tickets(key, evidence.upload or "", parts_of(evidence, sha256), seconds=seconds)
    shown = [{"number": one.number, "url": one.url, "headers": dict(one.headers)} for one in made]
    return {"parts": shown, "part_size": limits.PART, "seconds": seconds}
