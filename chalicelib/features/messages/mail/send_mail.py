"""Notices by e-mail: the text in the reader's language, what is enclosed, and the sending.

A mail to a party encloses what an act wrote to them, in their language where it has two; a respondent's has masks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

from msgspec.structs import replace

from chalicelib.complaints.envelope import Event
from chalicelib.crypto import receipts
from chalicelib.features.messages.delivery import Delivery
from chalicelib.features.messages.inbox import enclosing
from chalicelib.features.messages.inbox.message_source import MessageSource
from chalicelib.features.messages.inbox.recipients import Addressed, Recipient
from chalicelib.features.messages.inbox.rendering import render
from chalicelib.features.messages.inbox.subject_line import subject_line
from chalicelib.features.messages.mail import ses_feedback, unreached
from chalicelib.kit import catalogue
from chalicelib.kit.mail import Mail, Own
from chalicelib.limits import returned_mail
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.wording.contact_lines import contact_lines
from chalicelib.policy.language.wording.default_wording import ReaderKind
from chalicelib.ports import DeliveryFailed, DeliveryRefused
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from chalicelib.tenants import opening
from chalicelib.tenants.people import mail_trouble
from chalicelib.wiring import Wiring


class MailPage(NamedTuple):
    """Where a reader of the mail goes on."""

    address: str
    needs_receipt: bool = False


def send(wiring: Wiring, tenant: str, event: Event, delivery: Delivery, found: Addressed) -> None:
    """Send one notice to the delivery's reader. Raises as `Mailer.send`, and if the organisation is not open."""
    if not opening.is_open(wiring.states, tenant):
        raise DeliveryFailed("the organisation is not open yet")
    policy = wiring.compiled.get(tenant, event.policy)
    # The delivery's wording differs from the event's for owners who are notified of unstaffed roles.
    event = replace(event, fields={**event.fields, "wording": delivery.about})
    to = found.recipients[delivery.reader]
    number = event.fields.get("webhook", delivery.number)
    notice = MessageSource(policy, event, number, found.subject, found.units, found.people, in_mail=True)
    language = "zh" if to.language == "zh" else "en"
    mail = compose_notice(
        subject_line(notice, to.kind, language),
        render(notice, to.kind)[language],
        [
            *_receipt(wiring, tenant, event, to, language),
            *enclosed(wiring, tenant, event, delivery, to.kind, language),
            *_reached(policy, to, language),
        ],
        language=language,
        organisation=to.organisation,
        page=_page_of(wiring.address, tenant, notice, to.kind),
    )
    key = f"{tenant}/{delivery.event}/{delivery.reader}"
    tags = {**ses_feedback.tags_of(tenant, delivery), **returned_mail.tag(wiring.secrets, to.address)}
    stranger = to.address if to.kind == "complainant" else None
    try:
        _check_trouble(wiring, tenant, delivery, to)
        with wiring.budgets.notice(wiring.store, tenant, found.limits, stranger):
            wiring.mailer.send(to.address, mail, key=key, tags=tags)
    except DeliveryRefused:
        unreached.record(wiring, tenant, delivery, unreached.NOT_SENT, wiring.clock(), is_final=True)
        raise
    except DeliveryFailed:
        if unreached.is_too_late(delivery, wiring.clock()):
            unreached.record(wiring, tenant, delivery, unreached.NOT_SENT, wiring.clock(), is_final=False)
        raise


def _page_of(service: str, tenant: str, notice: MessageSource, reader: ReaderKind) -> MailPage:
    """The page of the complainant's case, without its receipt. Other readers get that of the desk, or the desk."""
    desk, number = f"{service}/t/{tenant}/desk", quote(notice.number, safe="")
    if reader == "complainant" and not keys.is_unit(notice.number):
        return MailPage(f"{service}/t/{tenant}/case/{number}", needs_receipt=True)
    is_case = keys.has_deadlines(keys.aggregate_name(notice.number)) and "webhook" not in notice.event.fields
    return MailPage(f"{desk}/complaints/{number}" if is_case and not keys.is_unit(notice.number) else desk)


def _check_trouble(wiring: Wiring, tenant: str, delivery: Delivery, to: Recipient) -> None:
    """Raises `DeliveryRefused` if mails to the address are stopped. The member's state is recorded when it changes."""
    again, real_now = delivery.asked_again, wiring.real_clock()
    trouble = returned_mail.trouble_of(wiring.store, wiring.secrets, tenant, to.address, real_now, again=again)
    if trouble != to.mail:
        mail_trouble.record(wiring.store, tenant, delivery.reader, trouble)
    if trouble is not None:
        raise DeliveryRefused(returned_mail.WHY[trouble], trouble)


def compose_notice(
    subject: str, text: str, enclosed: Sequence[str], *, language: str, organisation: str, page: MailPage
) -> Mail:
    """Return the mail. It holds no personal data, except in `enclosed`.

    `text`: the wording with its placeholders filled. `enclosed`: what was written to the reader, and how the
    organisation is reached, one paragraph each.
    """
    spoken = "zh" if language == "zh" else "en"
    words = catalogue.words("mail_footer", spoken)
    behind = words["behind_case" if page.needs_receipt else "behind"]
    footer = f"-- \n{words['before'].format(organisation=organisation)}"
    body: list[str | Own] = ["\n\n".join([text, *enclosed, footer]), Own(page.address), f"{behind}\n"]
    return Mail(language, subject, body)


def _reached(policy: Policy, to: Recipient, language: str) -> list[str]:
    """How the organisation is reached, for complainants: without addresses of mail and web, which a mail loses."""
    if to.kind != "complainant":
        return []
    between = "：" if language == "zh" else ": "
    lines = [one for one in contact_lines(policy.document.contact, language) if one.key != "email"]
    return ["\n".join(f"{one.label}{between}{one.text}" for one in lines)] if lines else []


def _receipt(wiring: Wiring, tenant: str, event: Event, to: Recipient, language: str) -> list[str]:
    """The new receipt, in the mail that brings it to the complainant."""
    made_by = event.fields.get("receipt_of")
    if made_by is None or to.kind != "complainant":
        return []
    number = event.fields["about"].partition("/")[0]
    receipt, _ = receipts.mailed(wiring.secrets, CaseRef(tenant, number), *made_by)
    return [catalogue.words("receipt", language)["line"].format(receipt=receipt)]


def enclosed(
    wiring: Wiring, tenant: str, event: Event, delivery: Delivery, kind: ReaderKind, language: str
) -> list[str]:
    """Return what was written to the party, for parties only. Erased texts are missing."""
    number = event.fields["about"].partition("/")[0]
    is_of_another = kind == "complainant" and delivery.reader != keys.complainant(number)
    if not event.fields.get("encloses") or kind == "staff" or is_of_another:
        return []
    found = enclosing.enclosures(wiring, CaseRef(tenant, number), event, delivery.reader)
    return enclosing.lines(found, language)
