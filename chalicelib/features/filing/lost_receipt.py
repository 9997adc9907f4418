"""Replace a lost receipt: the new one goes by mail to the address of the complaint.

The request answers alike for each number and address: it is counted and put on the queue. What it finds out, only the
owner of the address learns. It says the address, because a number alone is on letters and can be counted up.
"""

from __future__ import annotations

import hashlib
import hmac

import msgspec

from chalicelib.access import binding
from chalicelib.casework import commit, due_events, private_values
from chalicelib.casework.loading import Case, parse_complaint, read_entries
from chalicelib.complaints.applying import contact
from chalicelib.complaints.envelope import SYSTEM, Occurrence
from chalicelib.crypto import receipts
from chalicelib.kit import canonical
from chalicelib.kit.email_address import mailbox
from chalicelib.kit.instants import DAY, Instant, from_text
from chalicelib.kit.problem import Problem
from chalicelib.limits import returned_mail
from chalicelib.ports import QueueMessage, Secrets
from chalicelib.store import event_log
from chalicelib.store.conflicts import retry_on_conflict
from chalicelib.store.keys import CaseRef
from chalicelib.wiring import Wiring

A_DAY = 3
"""Receipts by mail for one complaint in a day: who knows number and address cannot end receipts without end."""
_NEWEST = 20
_PURPOSE = "lookup"


class LostReceipt(msgspec.Struct, frozen=True, tag="lost-receipt"):
    """A message of the effects queue. `address`: the keyed hash of the address that the request says."""

    tenant: str
    number: str
    address: str


def ask(wiring: Wiring, tenant: str, number: str, address: str, network: str) -> None:
    """Raises `Problem("too-many-requests")` for an IP address that asks too often."""
    wiring.wrong_receipts.count_lost(network)
    key_id = wiring.secrets.current(_PURPOSE).id
    hashed = _hash(wiring.secrets, key_id, CaseRef(tenant, number), address)
    wiring.effects.send([QueueMessage.of(LostReceipt(tenant, number, hashed))])


def replace(wiring: Wiring, lost: LostReceipt, now: Instant) -> None:
    """Issue a receipt and tell the complainant, if the complaint has this address. It can be handled twice: then the
    second receipt counts."""
    with binding.tenant(lost.tenant):
        retry_on_conflict(lambda: _attempt(wiring, lost, now))


def _attempt(wiring: Wiring, lost: LostReceipt, now: Instant) -> None:
    ref = CaseRef(lost.tenant, lost.number)
    try:
        case = parse_complaint(wiring.compiled, ref, read_entries(wiring.store, ref))
    except Problem as problem:
        if problem.kind != "complaint-unknown":
            raise
        return
    address = _address(wiring, ref, case)
    if address is None or not _is_said(wiring.secrets, lost, address):
        return
    if returned_mail.trouble_of(wiring.store, wiring.secrets, lost.tenant, address, wiring.real_clock()) is not None:
        return  # the old receipt stays: no mail would bring the new one
    if _mailed_lately(wiring, ref, now) >= A_DAY:
        return
    flow = due_events.apply(wiring.store, wiring.sealer, lost.tenant, case, now)
    seq = flow.complaint.seq + 1
    receipt, key_id = receipts.mailed(wiring.secrets, ref, seq)
    stored = receipts.keyed_hash(wiring.secrets, ref, receipt, key_id)
    at = max(now, flow.complaint.at)
    about = flow.add("receipt_reissued", Occurrence(at, SYSTEM), {"receipt": stored}, changed=[])
    flow.notify(["complainant"], about=about, at=at, wording="receipt_mailed", receipt_of=[seq, key_id])
    _, writes = commit.writes(wiring.sealer, lost.tenant, flow, now)
    wiring.store.commit(writes)


def _address(wiring: Wiring, ref: CaseRef, case: Case) -> str | None:
    wanted = private_values.keys_of_event(ref, case.complaint.contact.get(contact.MAIL, 1))
    found = wiring.store.get(wanted)
    opened = [private_values.try_open(wiring.sealer, ref, found[key]) for key in wanted if key in found]
    values = private_values.visible_values([one for one in opened if one is not None], [contact.COMPLAINANT])
    return contact.address(case.policy.document, values)


def _is_said(secrets: Secrets, lost: LostReceipt, address: str) -> bool:
    hashed = _hash(secrets, lost.address.partition(".")[0], CaseRef(lost.tenant, lost.number), address)
    return hmac.compare_digest(hashed, lost.address)


def _mailed_lately(wiring: Wiring, ref: CaseRef, now: Instant) -> int:
    """How often the complaint got a receipt by mail in the last day, among its newest events."""
    newest = event_log.read_newest(wiring.store, ref.pk, _NEWEST, None).events
    return sum("receipt_of" in one["fields"] and from_text(one["recorded_at"]) > now - DAY for one in newest)


def _hash(secrets: Secrets, key_id: str, ref: CaseRef, address: str) -> str:
    """`<key id>.<hash>`. Empty if the server key is gone."""
    key = secrets.by_id(_PURPOSE, key_id)
    if key is None:
        return ""
    text = canonical.encode(["lost-receipt", ref.tenant, ref.number, mailbox(address)])
    return f"{key_id}.{hmac.new(key.secret, text, hashlib.sha256).hexdigest()}"
