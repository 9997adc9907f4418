"""Declare: somebody says which file comes, and gets a ticket for exactly that file (P1.2, P1.4, P5.2)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.casework import catch_up, commit
from chalicelib.casework.authorization import Credential
from chalicelib.casework.case import Case, read
from chalicelib.complaints.flow import Flow
from chalicelib.evidence import authorization, item, kinds, limits, tickets
from chalicelib.evidence.authorization import EvidenceCaller
from chalicelib.evidence.case_status import has_ended
from chalicelib.evidence.evidence_unit_of_work import attempts
from chalicelib.evidence.item import Evidence
from chalicelib.instants import Instant, to_text
from chalicelib.limits import evidence_quota, exceeded
from chalicelib.limits.plans import Plan
from chalicelib.problem import Place, Problem
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict, Entry, Key, Put
from chalicelib.tenants import idempotency_records, organisation
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.wiring import Wiring

MOST_AWAITED = 50
"""Files of one complaint that are on their way at a time."""
_SHA256 = r"[0-9a-f]{64}"


class File(msgspec.Struct, frozen=True, kw_only=True):
    """`parts`: the SHA-256 of each part, where the file is larger than a form may post."""

    kind: str
    name: str
    size: int
    media_type: str
    sha256: str
    parts: tuple[str, ...] = ()


class DeclareEvidence(msgspec.Struct, frozen=True, kw_only=True):
    tenant: str
    number: str
    credential: Credential
    file: File
    request: Request | None
    now: Instant


def declare(wiring: Wiring, command: DeclareEvidence) -> Answer:
    """201 with `{id, state, ticket}`. A repeat with the same key gets a fresh ticket for the same file."""
    return attempts(lambda: _attempt(wiring, command))


def _attempt(wiring: Wiring, command: DeclareEvidence) -> Answer:
    tenant, number, request = command.tenant, command.number, command.request
    org = keys.snapshot(keys.organisation(tenant))
    also = [org, *authorization.keys_of(wiring, tenant, number, command.credential)]
    entries = read(wiring, tenant, number, [*also, *([request.record_key] if request else [])])
    caller, case = authorization.caller(wiring, tenant, number, command.credential, entries, command.now)
    known = request and idempotency_records.replay(entries.get(request.record_key), request, wiring.real_clock())
    if known:
        return tickets.again(wiring, tenant, number, command.file.parts, known)
    plan = organisation.parse(entries[org]).limits
    _check(case, caller, plan, command.file)
    return _commit(wiring, command, case, caller, plan, entries)


def _check(case: Case, caller: EvidenceCaller, plan: Plan, file: File) -> None:
    """Raises `Problem` (invalid, act-not-open, quota-exceeded)."""
    places = kinds.faults(
        case.policy, plan.evidence_bytes, kind=file.kind, name=file.name, size=file.size, media_type=file.media_type
    )
    if caller.demand is not None and file.kind not in caller.kinds:
        places.append(Place("/kind", "must be one of: " + ", ".join(caller.kinds)))
    if not re.fullmatch(_SHA256, file.sha256):
        places.append(Place("/sha256", "must be 64 hex digits in small letters"))
    places += _parts(file)
    if places:
        raise Problem("invalid", "The file cannot be taken as it is declared.", places=places)
    if has_ended(case):
        raise Problem("act-not-open", "The case has ended: no more evidence is taken.", extra={"acts": []})
    if case.complaint.awaited_files >= MOST_AWAITED:
        raise exceeded.quota_exceeded(
            "awaited_files", MOST_AWAITED, "Upload the files that were declared before this one."
        )


def _parts(file: File) -> list[Place]:
    wanted = len(limits.sizes_of_parts(file.size)) if file.size > limits.LARGEST_POST else 0
    if len(file.parts) != wanted or not all(re.fullmatch(_SHA256, part) for part in file.parts):
        why = f"must be the SHA-256 of each of {wanted} parts" if wanted else "are for files above 100 MiB"
        return [Place("/parts", why)]
    return []


def _commit(
    wiring: Wiring,
    command: DeclareEvidence,
    case: Case,
    caller: EvidenceCaller,
    plan: Plan,
    entries: Mapping[Key, Entry],
) -> Answer:
    flow: Flow = catch_up.advanced(wiring, command.tenant, case, command.now)
    now = max(command.now, flow.complaint.at)
    _demand_open(flow, caller)
    evidence = _evidence(wiring, command, caller, flow, now)
    _record(flow, evidence, command.file.name, now)
    _, writes = commit.writes(wiring, command.tenant, flow, command.now)
    waited = evidence.until - wiring.real_clock()
    writes.append(Put(item.entry_of(command.tenant, command.number, evidence, 1, command.now + waited)))
    answer = Answer(201, {"id": evidence.id, "state": evidence.state})
    if command.request is not None:
        found = entries.get(command.request.record_key)
        writes.append(idempotency_records.put(command.request, answer, wiring.real_clock(), found=found))
    writes.append(evidence_quota.reserve(command.tenant, evidence.size, plan))
    try:
        wiring.store.commit(writes)
    except CommitConflict as lost:
        evidence_quota.check(lost, writes, plan)
        raise
    return tickets.first(wiring, command.tenant, command.number, evidence, command.file.parts, answer)


def _holder(evidence: Evidence) -> str:
    """A file may be called by a person's name: besides who gave it, others than the organisation get a neutral one."""
    return "complainant" if evidence.by.kind == "complainant" else "internal"


def _demand_open(flow: Flow, caller: EvidenceCaller) -> None:
    if caller.demand is not None and caller.demand.rpartition("/")[2] not in flow.complaint.demands:
        raise Problem("act-not-open", "The demand was answered, or its time is over.", extra={"acts": []})


def _evidence(wiring: Wiring, command: DeclareEvidence, caller: EvidenceCaller, flow: Flow, now: Instant) -> Evidence:
    file, id_ = command.file, uuid.uuid4().hex
    waited = limits.WAITED_FOR_PARTS if file.parts else limits.WAITED
    return Evidence(
        id=id_,
        state=item.DECLARED,
        kind=file.kind,
        size=file.size,
        media_type=file.media_type,
        sha256=file.sha256,
        declared_at=to_text(now),
        by=caller.actor,
        seq=flow.complaint.seq + 1,
        demand=caller.demand,
        until=wiring.real_clock() + waited,
        upload=tickets.begun(wiring, command.tenant, command.number, id_, file.media_type) if file.parts else None,
    )


def _record(flow: Flow, evidence: Evidence, name: str, now: Instant) -> None:
    public: dict[str, Any] = {
        "evidence": evidence.id,
        "kind": evidence.kind,
        "size": evidence.size,
        "media_type": evidence.media_type,
        "sha256": evidence.sha256,
        "given": ["name"],
    }
    if evidence.demand is not None:
        public["demand"] = evidence.demand
    flow.add("evidence_declared", at=now, actor=evidence.by, fields=public, secrets={_holder(evidence): {"name": name}})
