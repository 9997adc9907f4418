"""Declares a file before its upload; the answer has an upload ticket for exactly that file (P1.2, P1.4, P5.2)."""

from __future__ import annotations

import re
import uuid
from typing import Annotated, Literal

import msgspec

from chalicelib.casework import commit, due_events
from chalicelib.casework.loading import Case
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import EventFields, Occurrence
from chalicelib.features.evidence import authorization, file_limits, item, kinds, tickets
from chalicelib.features.evidence.authorization import AuthorizedCase, EvidenceCaller, EvidenceRequest
from chalicelib.features.evidence.item import Evidence
from chalicelib.features.evidence.processing import unit_of_work
from chalicelib.features.evidence.tickets import StoredDeclaration
from chalicelib.kit.decoding import SEEN, RequestDocument, SeenText
from chalicelib.kit.instants import Instant, to_text
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.limits import evidence_quota, exceeded
from chalicelib.limits.plans import Plan
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import CommitConflict
from chalicelib.tenants import idempotency_records, organisation
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.wiring import Wiring

MOST_AWAITED = 50
"""Declared files of one complaint whose check has not ended."""
_SHA256 = r"[0-9a-f]{64}"
_Sha256 = Annotated[str, SEEN, msgspec.Meta(min_length=64, max_length=64)]


class NewEvidence(RequestDocument, frozen=True, kw_only=True):
    """`size` in bytes; `sha256` as 64 hex digits. `parts`: the digest of each 16 MiB part.

    Files above 100 MiB are uploaded in parts, and files above 16 MiB may be.
    """

    kind: Annotated[SeenText, msgspec.Meta(max_length=100)]
    name: Annotated[SeenText, msgspec.Meta(max_length=255)]
    size: int
    media_type: Annotated[str, SEEN, msgspec.Meta(min_length=3, max_length=127)]
    sha256: _Sha256
    parts: Annotated[list[_Sha256], msgspec.Meta(max_length=400)] = msgspec.field(default_factory=list)
    on_behalf_of: Literal["complainant"] | None = None
    """A member hands in a file of the complainant, for example at the counter."""


class FormFile(msgspec.Struct, frozen=True):
    """A file that the form of a page will send. The browser without JavaScript knows neither size, type nor hash."""

    kind: str
    on_behalf_of: Literal["complainant"] | None = None
    """As in `NewEvidence`."""


class DeclareEvidence(EvidenceRequest, frozen=True, kw_only=True):
    file: NewEvidence | FormFile
    request: Request | None
    place: str = ""
    """For callers without an account: the keyed hash of their IP address."""


def declare(wiring: Wiring, command: DeclareEvidence) -> Answer:
    """201 with an `UploadTicket`. A repeat with the same idempotency key gets a new ticket for the same file.

    A `FormFile` gets none: its page asks for one each time that it is shown (`form_uploads`).

    Raises `Problem`: `invalid`, `act-not-open`, `quota-exceeded`, `conflict`, or as `authorization.load_case`.
    """
    return unit_of_work.retry(lambda: _attempt(wiring, command))


def _attempt(wiring: Wiring, command: DeclareEvidence) -> Answer:
    tenant, number, request = command.tenant, command.number, command.request
    loaded = authorization.load_case(
        wiring, command, [organisation.key(tenant), *([request.record_key] if request else [])]
    )
    loaded = authorization.on_behalf_of(loaded, command.file.on_behalf_of)
    known = request and idempotency_records.replay(loaded.entries.get(request.record_key), request, wiring.real_clock())
    if known:
        return tickets.reissue(wiring, CaseRef(tenant, number), _parts(command.file), known)
    plan = organisation.among(loaded.entries, tenant).limits
    size = _reserved(loaded.case, plan, command.file)
    _check(loaded.case, loaded.caller, plan, command.file)
    if command.credential.sub is None:
        _check_shares(wiring, command, loaded.case, plan, size)
    return _commit(wiring, command, loaded, plan)


def _parts(file: NewEvidence | FormFile) -> list[str]:
    return file.parts if isinstance(file, NewEvidence) else []


def _reserved(case: Case, plan: Plan, file: NewEvidence | FormFile) -> int:
    """Bytes of the quota that the file takes until it arrives."""
    if isinstance(file, NewEvidence):
        return file.size
    return kinds.most_by_form(case.policy, plan.evidence_bytes, file.kind)


def _check(case: Case, caller: EvidenceCaller, plan: Plan, file: NewEvidence | FormFile) -> None:
    """Raises `Problem`: `invalid`, `act-not-open` (the case has ended), `quota-exceeded` (too many awaited files)."""
    places = kinds.kind_faults(case.policy, file.kind, caller.actor.gives_for)
    if caller.demand is not None and file.kind not in caller.kinds:
        places.append(Place("/kind", Text("must be one of: {known}", known=", ".join(caller.kinds))))
    if isinstance(file, NewEvidence):
        places += _declaration_faults(case, plan, file)
    if places:
        from chalicelib.complaints.acting import unmet  # only for this refusal

        refused = Problem("invalid", "The file cannot be accepted as declared.", places=places)
        raise unmet.in_words(refused, case.policy.document)
    if not case.takes_files:
        raise Problem("act-not-open", "The case has ended: no more evidence is taken.", extra={"acts": []})
    if case.complaint.awaited_files >= MOST_AWAITED:
        raise exceeded.quota_exceeded(
            "awaited_files", MOST_AWAITED, "Upload the files that were declared before this one."
        )


def _declaration_faults(case: Case, plan: Plan, file: NewEvidence) -> list[Place]:
    places = kinds.declaration_faults(
        case.policy, plan.evidence_bytes, kind=file.kind, name=file.name, size=file.size, media_type=file.media_type
    )
    if not re.fullmatch(_SHA256, file.sha256):
        places.append(Place("/sha256", "must be 64 lower-case hex digits"))
    return places + _parts_faults(file)


def _check_shares(wiring: Wiring, command: DeclareEvidence, case: Case, plan: Plan, size: int) -> None:
    """Raises `Problem`: `quota-exceeded`, `too-many-requests`. Reads the complaint's files only if some are awaited."""
    files = item.all_of(wiring.store, command.ref) if case.complaint.awaited_files else []
    awaited = sum(file.size for file in files if file.state == item.DECLARED)
    evidence_quota.check_awaited(awaited, size, plan)
    if command.place:
        now = wiring.real_clock()
        evidence_quota.take_from_address(wiring.store, now, command.tenant, command.place, size, plan)


def _parts_faults(file: NewEvidence) -> list[Place]:
    """A file of more than one part may be sent in parts, so that a bad connection repeats only one of them."""
    count = file_limits.count_of_parts(file.size) if file.size > file_limits.PART else 0
    if not file.parts and file.size <= file_limits.LARGEST_POST:
        return []
    if len(file.parts) == count and all(re.fullmatch(_SHA256, part) for part in file.parts):
        return []
    why = Text("must be the SHA-256 of each of {count} parts", count=count) if count else "are for files above 16 MiB"
    return [Place("/parts", why)]


def _commit(wiring: Wiring, command: DeclareEvidence, loaded: AuthorizedCase, plan: Plan) -> Answer:
    is_staff = command.credential.sub is not None
    flow: Flow = due_events.apply(wiring.store, wiring.sealer, command.tenant, loaded.case, command.now)
    now = max(command.now, flow.complaint.at)
    _require_open_demand(flow, loaded.caller)
    reserved = _reserved(loaded.case, plan, command.file)
    evidence = _evidence(wiring, command, loaded, flow, reserved)
    _record(flow, evidence, command.file, now)
    _, writes = commit.writes(wiring.sealer, command.tenant, flow, command.now)
    waited = evidence.until - wiring.real_clock()
    writes.append(item.write(command.ref, evidence, 0, command.now + waited))
    if command.request is not None:
        answer = Answer.of(201, StoredDeclaration(id=evidence.id, state=evidence.state))
        found = loaded.entries.get(command.request.record_key)
        writes.append(idempotency_records.put(command.request, answer, wiring.real_clock(), found=found))
    writes.append(evidence_quota.reserve(command.tenant, evidence.size, plan, staff=is_staff))
    try:
        wiring.store.commit(writes)
    except CommitConflict as conflict:
        evidence_quota.check(conflict, writes, plan, staff=is_staff)
        raise
    return Answer.of(201, tickets.issue(wiring.objects, wiring.real_clock, command.ref, evidence, _parts(command.file)))


def _require_open_demand(flow: Flow, caller: EvidenceCaller) -> None:
    if caller.demand is not None and flow.complaint.demand_to_answer(caller.demand.rpartition("/")[2]) is None:
        raise Problem("act-not-open", "The demand was answered, or its time is over.", extra={"acts": []})


def _evidence(wiring: Wiring, command: DeclareEvidence, loaded: AuthorizedCase, flow: Flow, size: int) -> Evidence:
    """`size`: the bytes reserved for it."""
    file, id_, parts = command.file, uuid.uuid4().hex, _parts(command.file)
    declared = file if isinstance(file, NewEvidence) else None
    upload = None
    if declared and parts:
        upload = tickets.begin_upload(wiring.objects, command.ref, id_, declared.media_type)
    return Evidence(
        id=id_,
        state=item.DECLARED,
        kind=file.kind,
        size=size,
        media_type="" if declared is None else declared.media_type,
        sha256="" if declared is None else declared.sha256,
        declared_at=to_text(max(command.now, flow.complaint.at)),
        by=loaded.caller.actor,
        seq=flow.complaint.seq + 1,
        demand=loaded.caller.demand,
        until=wiring.real_clock() + (file_limits.WAITED_FOR_PARTS if parts else file_limits.WAITED),
        by_form=declared is None,
        upload=upload,
    )


def _record(flow: Flow, evidence: Evidence, file: NewEvidence | FormFile, now: Instant) -> None:
    public: EventFields = {"evidence": evidence.id, "kind": evidence.kind}
    if isinstance(file, NewEvidence):
        public |= {"size": file.size, "media_type": file.media_type, "sha256": file.sha256, "given": ["name"]}
    else:
        public["most"] = evidence.size
    if evidence.demand is not None:
        public["demand"] = evidence.demand
    secrets = {evidence.name_class: {"name": file.name}} if isinstance(file, NewEvidence) else {}
    flow.add("evidence_declared", Occurrence(now, evidence.by), public, secrets=secrets)
