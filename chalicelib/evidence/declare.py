"""Declare: a party or a member says which file comes, and gets a ticket for exactly that file (P1.2, P5.2)."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import Any

from chalicelib.casework import commit, owed
from chalicelib.casework.callers import Credential, member, party
from chalicelib.casework.case import Case, case_in, read
from chalicelib.complaints import demands
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.permits import Asker, covering
from chalicelib.evidence import item, object_keys
from chalicelib.evidence.item import Evidence
from chalicelib.instants import Instant, to_text
from chalicelib.policy.vocabulary import EVIDENCE_KINDS
from chalicelib.problem import Place, Problem
from chalicelib.store.port import Entry, Key, Lost, Put
from chalicelib.tenants import idempotency
from chalicelib.tenants.idempotency import Answer, Request
from chalicelib.wiring import Wiring

LARGEST = 100 * 1024 * 1024
"""Bytes; larger files come in parts (the evidence issue)."""
TICKET_SECONDS = 300
ATTEMPTS = 3
MEDIA_TYPES = frozenset(
    {
        "image/jpeg",
        "image/png",
        "image/webp",
        "image/heic",
        "application/pdf",
        "audio/mpeg",
        "audio/mp4",
        "audio/wav",
        "video/mp4",
        "text/plain",
        "application/zip",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)
"""What may be declared; svg, html, xml and executables never."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    kind: str
    name: str
    size: int
    media_type: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    tenant: str
    number: str
    credential: Credential
    file: File
    request: Request | None
    now: Instant


def declare(wiring: Wiring, command: Command) -> Answer:
    """201 with `{id, state, ticket}`. A repeat with the same key gets a fresh ticket for the same file."""
    _check(command.file)
    for _ in range(ATTEMPTS):
        try:
            return _attempt(wiring, command)
        except Lost:
            continue
    raise Problem("conflict", "Others acted on the complaint at the same time. Repeat the request.")


def _check(file: File) -> None:
    places = []
    if not 1 <= file.size <= LARGEST:
        places.append(Place("/size", f"must be 1 to {LARGEST} bytes"))
    if file.media_type not in MEDIA_TYPES:
        places.append(Place("/media_type", "must be one of: " + ", ".join(sorted(MEDIA_TYPES))))
    if not _SHA256.fullmatch(file.sha256):
        places.append(Place("/sha256", "must be 64 hex digits in small letters"))
    if not file.name.strip() or len(file.name) > 255 or not file.name.isprintable():
        places.append(Place("/name", "must be 1 to 255 printable characters"))
    if places:
        raise Problem("invalid", "The file cannot be taken as it is declared.", places=places)


def _attempt(wiring: Wiring, command: Command) -> Answer:
    also = [*command.credential.keys(command.tenant), *([command.request.record_key] if command.request else [])]
    entries = read(wiring, command.tenant, command.number, also)
    asker = member(wiring, command.credential, command.tenant, entries, command.now)
    case = case_in(wiring, command.tenant, command.number, entries)
    who = party(wiring, command.tenant, case, command.credential, asker)
    if command.request is not None:
        known = idempotency.replay(entries.get(command.request.record_key), command.request, wiring.real_clock())
        if known is not None:
            return _with_ticket(wiring, command, known)
    _open_for_evidence(case, command.file)
    return _with_ticket(wiring, command, _commit(wiring, command, case, who, entries))


def _open_for_evidence(case: Case, file: File) -> None:
    kinds = list(case.policy.document.intake.evidence) or EVIDENCE_KINDS
    if file.kind not in kinds:
        raise Problem(
            "invalid",
            "There is no such kind of evidence.",
            places=[Place("/kind", "must be one of: " + ", ".join(kinds))],
        )
    if not case.policy.document.stages[case.complaint.stage].acts:
        raise Problem("act-not-open", "The case has ended: no more evidence is taken.", extra={"acts": []})


def _commit(wiring: Wiring, command: Command, case: Case, who: Asker, entries: dict[Key, Entry]) -> Answer:
    file = command.file
    flow: Flow = owed.advanced(wiring, command.tenant, case, command.now)
    now = max(command.now, flow.complaint.at)
    evidence = Evidence(
        id=uuid.uuid4().hex,
        state=item.DECLARED,
        kind=file.kind,
        size=file.size,
        media_type=file.media_type,
        sha256=file.sha256,
        declared_at=to_text(now),
        declared_by=who.kind,
    )
    public: dict[str, Any] = {
        "evidence": evidence.id,
        "kind": file.kind,
        "size": file.size,
        "media_type": file.media_type,
        "sha256": file.sha256,
        "given": ["name"],
    }
    actor = who.actor(covering(who, case.complaint.unit))
    flow.add("evidence_declared", at=now, actor=actor, fields=public, secrets={_holder(who): {"name": file.name}})
    demands.declared(flow, file.kind, actor, now)
    _, writes = commit.writes(wiring, command.tenant, flow, command.now)
    writes.append(Put(item.entry_of(command.tenant, command.number, evidence, 1)))
    answer = Answer(201, {"id": evidence.id, "state": evidence.state})
    if command.request is not None:
        found = entries.get(command.request.record_key)
        writes.append(idempotency.put(command.request, answer, wiring.real_clock(), found=found))
    wiring.store.commit(writes)
    return answer


def _holder(who: Asker) -> str:
    """A complainant's file may be called by their name."""
    return "complainant" if who.kind == "complainant" else "content"


def _with_ticket(wiring: Wiring, command: Command, answer: Answer) -> Answer:
    """Tickets are never kept: each answer has a fresh one for the same file."""
    ticket = wiring.objects.ticket(
        object_keys.evidence(command.tenant, command.number, answer.body["id"]),
        size=command.file.size,
        media_type=command.file.media_type,
        sha256=command.file.sha256,
        seconds=TICKET_SECONDS,
    )
    shown = {"url": ticket.url, "fields": dict(ticket.fields), "seconds": TICKET_SECONDS}
    return Answer(answer.status, {**answer.body, "ticket": shown}, answer.replayed)
