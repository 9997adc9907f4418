"""Reissue: a complaint gets another receipt, and the one before opens nothing any more.

For a receipt that somebody has who should not: a member who filed on the complainant's behalf and has left, or anybody
whom the complainant gave it. Asked for by whoever holds the present one, or a member who sees the complainant anyway.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chalicelib.casework import catch_up, commit, receipts
from chalicelib.casework.authorization import Credential, member, party
from chalicelib.casework.case import Case, case_in, read
from chalicelib.complaints import confidentiality
from chalicelib.complaints.envelope import Occurrence
from chalicelib.complaints.permits import Asker, Grant, covers
from chalicelib.instants import Instant
from chalicelib.problem import Problem
from chalicelib.store.port import CommitConflict, Entry, Key
from chalicelib.tenants import idempotency_records
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.wiring import Wiring

ATTEMPTS = 3


class ReissueReceipt(msgspec.Struct, frozen=True, kw_only=True):
    tenant: str
    number: str
    credential: Credential
    request: Request
    now: Instant


def reissue(wiring: Wiring, command: ReissueReceipt) -> Answer:
    """201 with `{number, receipt}`. A repeat shows the same receipt again, as a filing's does.

    Raises `Problem`: `complaint-unknown`, `forbidden`, `too-many-requests`, `conflict`.
    """
    for _ in range(ATTEMPTS):
        try:
            return _attempt(wiring, command)
        except CommitConflict:
            continue
    raise Problem("conflict", "Others acted on the complaint at the same time. Repeat the request.")


def _attempt(wiring: Wiring, command: ReissueReceipt) -> Answer:
    also = [*command.credential.keys(command.tenant), command.request.record_key]
    entries = read(wiring, command.tenant, command.number, also)
    asker = member(wiring, command.credential, command.tenant, entries, command.now)
    if asker is None and (known := _replay(wiring, command, entries)):
        return known  # the receipt that asked for it fits no more; the record is its own and no other's
    case = case_in(wiring, command.tenant, command.number, entries)
    who = party(wiring, command.tenant, case, command.credential, asker)
    grant = _permitted(case, who)
    return _replay(wiring, command, entries) or _reissued(wiring, command, case, who, grant, entries)


def _permitted(case: Case, who: Asker) -> Grant | None:
    """Whoever is given a receipt sees what the complainant sees, so nobody is who may not see it now."""
    if who.kind == "complainant":
        return None
    if not confidentiality.visible_classes(case.policy, case.complaint, who) >= confidentiality.OWN_CLASSES:
        raise Problem("forbidden", "Only who sees the complainant and the content may hand out a receipt.")
    return next(grant for grant in who.grants if covers(grant, case.complaint.unit))


def _reissued(
    wiring: Wiring, command: ReissueReceipt, case: Case, who: Asker, grant: Grant | None, entries: Mapping[Key, Entry]
) -> Answer:
    tenant, number = command.tenant, command.number
    flow = catch_up.advanced(wiring, tenant, case, command.now)
    event = flow.complaint.seq + 1
    receipt, key_id = receipts.issue(wiring.secrets, tenant, number, _nonce(command.request, event))
    kept = receipts.hashed(wiring.secrets, tenant, number, receipt)
    at = max(command.now, flow.complaint.at)
    flow.add("receipt_reissued", Occurrence(at, who.actor(grant)), {"receipt": kept}, changed=[])
    _, writes = commit.writes(wiring, tenant, flow, command.now)
    answer = Answer(201, {"key": key_id, "event": event})
    found = entries.get(command.request.record_key)
    writes.append(idempotency_records.put(command.request, answer, wiring.real_clock(), found=found))
    wiring.store.commit(writes)
    return Answer(201, {"number": number, "receipt": receipt})


def _replay(wiring: Wiring, command: ReissueReceipt, entries: Mapping[Key, Entry]) -> Answer | None:
    """The kept answer holds no receipt: it is made again."""
    known = idempotency_records.replay(entries.get(command.request.record_key), command.request, wiring.real_clock())
    if known is None:
        return None
    nonce = _nonce(command.request, known.body["event"])
    receipt, _ = receipts.issue(wiring.secrets, command.tenant, command.number, nonce, known.body["key"])
    return Answer(known.status, {"number": command.number, "receipt": receipt}, replayed=True)


def _nonce(request: Request, event: int) -> str:
    """In the place of a filing's key, and never one, since keys have no `/`: so no receipt is made twice."""
    return f"{request.key}/{event}"
