"""Reissue a receipt: a complaint gets a new receipt, and the previous one stops working.

Use it for a receipt that came into the wrong hands, for example of a former member who filed on the complainant's
behalf. The holder of the current receipt may ask for it, and members who may see the complainant.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chalicelib.casework import commit, due_events
from chalicelib.casework.authorization import Credential, authorize, identify_caller
from chalicelib.casework.loading import Case, parse_complaint, read_entries
from chalicelib.complaints.envelope import Actor, Occurrence
from chalicelib.complaints.rights import confidentiality
from chalicelib.complaints.rights.permits import Asker, Grant, covering_grant
from chalicelib.crypto import receipts
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem
from chalicelib.limits.wrong_receipts import ReplacedReceipt
from chalicelib.ports import Secrets, TimeSource
from chalicelib.store import event_log
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.keys import CaseRef, InCase
from chalicelib.store.port import Entry, Key
from chalicelib.tenants import idempotency_records
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.wiring import Wiring

_NEWEST = 20
"""Events among which a request looks for the one that replaced its receipt a moment ago."""


class ReissueReceipt(InCase, frozen=True, kw_only=True):
    credential: Credential
    request: Request
    now: Instant


class ReissuedReceipt(msgspec.Struct, frozen=True, kw_only=True):
    number: str
    receipt: str


class _Reissued(msgspec.Struct, frozen=True, kw_only=True):
    """The stored answer, with which a replay makes the same receipt. `key`: the id of the server key. `event`: the
    sequence number of `receipt_reissued`."""

    key: str
    event: int


def reissue(wiring: Wiring, command: ReissueReceipt) -> Answer:
    """201 with a `ReissuedReceipt`. A repeated request returns the same receipt, as for a filing.

    Raises `Problem`: `complaint-unknown`, `forbidden`, `too-many-requests`, `conflict`.
    """
    detail = "Others acted on the complaint at the same time. Repeat the request."
    try:
        return retry_or_refuse(lambda: _attempt(wiring, command), detail)
    except Problem as refusal:
        receipt = command.credential.receipt
        if refusal.kind == "complaint-unknown" and receipt and _was_replaced(wiring, command.ref, receipt):
            raise ReplacedReceipt(refusal.kind, refusal.text) from None
        raise


def _was_replaced(wiring: Wiring, ref: CaseRef, receipt: str) -> bool:
    """True if the receipt was the complaint's own before one of its newest events."""
    first = event_log.key(ref.pk, 1)
    newest = event_log.read_newest(wiring.store, ref.pk, _NEWEST, None).events
    filed = event_log.find(wiring.store.get([first]), first)
    issued = [{} if filed is None else filed.fields, *(each["fields"] for each in newest)]
    hashes = [str(fields.get("receipt", "")) for fields in issued]
    return any(receipts.matches(wiring.secrets, ref, receipt, stored) for stored in hashes)


def _attempt(wiring: Wiring, command: ReissueReceipt) -> Answer:
    extra_keys = [*command.credential.keys(command.tenant), command.request.record_key]
    entries = read_entries(wiring.store, command.ref, extra_keys)
    asker = identify_caller(wiring.store, command.credential, command.tenant, entries, command.now)
    if asker is None and (known := _replay(wiring.secrets, wiring.real_clock, command, entries)):
        return known  # the receipt in the request no longer matches; the idempotency record belongs to it alone
    case = parse_complaint(wiring.compiled, command.ref, entries)
    caller = authorize(wiring.secrets, command.tenant, case, command.credential, asker)
    grant = _permitting_grant(case, caller)
    return _replay(wiring.secrets, wiring.real_clock, command, entries) or _reissue(
        wiring, command, case, caller.actor(grant)
    )


def _permitting_grant(case: Case, caller: Asker) -> Grant | None:
    """A member's grant; None for the complainant.

    A receipt shows all that the complainant sees. Only members who may see that already can get one. Raises
    `Problem("forbidden")`.
    """
    if caller.kind == "complainant":
        return None
    if not confidentiality.visible_classes(case.policy, case.complaint, caller) >= confidentiality.OWN_CLASSES:
        raise Problem("forbidden", "Only members who may see the complainant and the content may reissue a receipt.")
    seeing = confidentiality.who_sees_complainant(case.policy, case.complaint, caller)
    return None if seeing is None else covering_grant(seeing, case.complaint.unit)


def _reissue(wiring: Wiring, command: ReissueReceipt, case: Case, actor: Actor) -> Answer:
    tenant, number = command.tenant, command.number
    flow = due_events.apply(wiring.store, wiring.sealer, tenant, case, command.now)
    event = flow.complaint.seq + 1
    receipt, key_id = receipts.issue(wiring.secrets, CaseRef(tenant, number), _nonce(command.request, event))
    stored = receipts.keyed_hash(wiring.secrets, CaseRef(tenant, number), receipt, key_id)
    at = max(command.now, flow.complaint.at)
    about = flow.add("receipt_reissued", Occurrence(at, actor), {"receipt": stored}, changed=[])
    if actor.kind == "staff":
        flow.notify(["complainant"], about=about, at=at, wording="receipt_reissued")
    _, writes = commit.writes(wiring.sealer, tenant, flow, command.now)
    answer = Answer.of(201, _Reissued(key=key_id, event=event))
    earlier = case.entries.get(command.request.record_key)
    writes.append(idempotency_records.put(command.request, answer, wiring.real_clock(), found=earlier))
    wiring.store.commit(writes)
    return Answer.of(201, ReissuedReceipt(number=number, receipt=receipt))


def _replay(
    secrets: Secrets, real_clock: TimeSource, command: ReissueReceipt, entries: Mapping[Key, Entry]
) -> Answer | None:
    """The stored response does not hold the receipt: it is made again."""
    known = idempotency_records.replay(entries.get(command.request.record_key), command.request, real_clock())
    if known is None:
        return None
    stored = msgspec.convert(known.body, _Reissued)
    receipt, _ = receipts.issue(secrets, command.ref, _nonce(command.request, stored.event), stored.key)
    return Answer.of(known.status, ReissuedReceipt(number=command.number, receipt=receipt), replayed=True)


def _nonce(request: Request, event: int) -> str:
    """Used instead of a filing's idempotency key. It contains `/`, which keys cannot, so no receipt is made twice."""
    return f"{request.key}/{event}"
