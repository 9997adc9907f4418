"""Replace a lost receipt of a report: the new one goes by mail to the address that its reporter gave as their contact.

The reference of a report has 50 random bits, and requests from a network are counted, so that they cannot look for
reports. The page answers alike for each reference and address.
"""

from __future__ import annotations

import hmac
import re

import msgspec
from msgspec.structs import replace

from chalicelib.complaints.envelope import SYSTEM
from chalicelib.crypto import receipts
from chalicelib.features.supervision import changes, events
from chalicelib.features.supervision.events import Draft, Loaded
from chalicelib.features.supervision.report import change
from chalicelib.kit import catalogue, observability
from chalicelib.kit.email_address import EMAIL_PATTERN, MAX_ADDRESS_LENGTH, mailbox
from chalicelib.kit.instants import DAY, Instant, from_text
from chalicelib.kit.mail import Mail, Own
from chalicelib.limits import returned_mail
from chalicelib.ports import DeliveryFailed, DeliveryRefused
from chalicelib.store.keys import CaseRef
from chalicelib.tenants.organisation import Organisation
from chalicelib.wiring import Wiring

A_DAY = 3
"""Receipts by mail for one report in a day."""
MOST = 20
"""Receipts by mail for one report."""
_BETWEEN = re.compile(r"[\s,;:<>，、；：（）]+")


class LostReportReceipt(msgspec.Struct, frozen=True, kw_only=True):
    """`address`: as the request says it. `network`: of its sender. `language`: of the mail."""

    org: Organisation
    report: str
    address: str
    network: str
    language: str
    now: Instant


def replace_receipt(wiring: Wiring, lost: LostReportReceipt) -> None:
    """Issues a receipt and mails it, if the report has this address. The old one ends.

    Raises `Problem`: `too-many-requests` for an IP address that asks too often, `conflict`.
    """
    wiring.wrong_receipts.count_lost(lost.network)
    found = events.find(wiring.store, wiring.sealer, lost.org.id, lost.report)
    address = "" if found is None else address_in(found.particulars.contact or "")
    if not hmac.compare_digest(mailbox(address).encode(), mailbox(lost.address).encode()):
        return
    trouble = returned_mail.trouble_of(wiring.store, wiring.secrets, lost.org.id, address, wiring.real_clock())
    if trouble is not None:
        return  # the old receipt stays: no mail would bring the new one
    try:
        with wiring.budgets.notice(wiring.store, lost.org.id, lost.org.limits, address):
            _send(wiring, lost, address)
    except (DeliveryFailed, DeliveryRefused) as error:
        observability.error(
            "A receipt of a report was not mailed", tenant=lost.org.id, error=observability.frames(error)
        )


def address_in(contact: str) -> str:
    """The first e-mail address in a contact; empty without one."""
    words = (word for word in _BETWEEN.split(contact) if len(word) <= MAX_ADDRESS_LENGTH)
    return next((word for word in words if re.fullmatch(EMAIL_PATTERN, word)), "")


def _send(wiring: Wiring, lost: LostReportReceipt, address: str) -> None:
    issued = changes.until_unchanged(lambda: _issue(wiring, lost))
    if issued is None:
        return
    seq, receipt = issued
    mail = _mail(wiring, receipt, lost)
    tags = returned_mail.tag(wiring.secrets, address)
    wiring.mailer.send(address, mail, key=f"{lost.org.id}/{lost.report}/{seq}", tags=tags)


def _issue(wiring: Wiring, lost: LostReportReceipt) -> tuple[int, str] | None:
    """The number of the event and the receipt. None if the report has had as many as it gets."""
    found = events.find(wiring.store, wiring.sealer, lost.org.id, lost.report)
    if found is None or _is_used_up(found, lost.now):
        return None
    ref, seq = CaseRef(lost.org.id, lost.report), found.report.seq + 1
    receipt, key_id = receipts.mailed(wiring.secrets, ref, seq)
    after = replace(found.report, receipt=receipts.keyed_hash(wiring.secrets, ref, receipt, key_id))
    added = events.add(wiring.sealer, found.custody, after, Draft(events.MAILED, SYSTEM), lost.now)
    with found.custody.bound():
        wiring.store.commit([change(found.custody, found.report, added.report), added.put])
    return seq, receipt


def _is_used_up(found: Loaded, now: Instant) -> bool:
    mailed = [from_text(one.event.at) for one in found.events if one.event.type == events.MAILED]
    return len(mailed) >= MOST or sum(at > now - DAY for at in mailed) >= A_DAY


def _mail(wiring: Wiring, receipt: str, lost: LostReportReceipt) -> Mail:
    address = f"{wiring.address}/t/{lost.org.id}/report/{lost.report}"
    words = catalogue.words("mailed_receipt_of_report", lost.language)
    given = {"receipt": receipt, "organisation": lost.org.name}
    return Mail(lost.language, words["subject"].format(**given), [words["text"].format(**given), Own(address), "\n"])
