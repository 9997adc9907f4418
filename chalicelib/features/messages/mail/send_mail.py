"""Notices by e-mail: the mail's text in the reader's language, and its sending."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from chalicelib.complaints.envelope import Event
from chalicelib.features.messages.delivery import Delivery
from chalicelib.features.messages.inbox.recipients import Addressed, Recipient
from chalicelib.features.messages.inbox.rendering import Notice, render
from chalicelib.features.messages.mail import enclosures, ses_feedback
from chalicelib.features.messages.mail.subject_line import subject_line
from chalicelib.kit.mail import Mail, Own
from chalicelib.limits import returned_mail
from chalicelib.ports import DeliveryFailed, DeliveryRefused
from chalicelib.tenants import opening
from chalicelib.tenants.people import mail_trouble
from chalicelib.wiring import Wiring

_FOOTER = {
    "zh": ("此邮件由系统代 {organisation} 发出，请勿直接回复。办理情况请见 ", "。"),
    "en": ("Sent by {organisation}'s complaint handling system. Please do not reply to this message. See ", "."),
}
"""Before and behind the service's address."""


def send(wiring: Wiring, tenant: str, event: Event, delivery: Delivery, found: Addressed) -> None:
    """Send one notice to the delivery's reader. Raises as `Mailer.send`, and if the organisation is not open."""
    if not opening.is_open(wiring.states, tenant):
        raise DeliveryFailed("the organisation is not open yet")
    policy = wiring.compiled.get(tenant, event.policy)
    # The delivery's wording differs from the event's for owners who are notified of unstaffed roles.
    event = replace(event, fields={**event.fields, "wording": delivery.about})
    to = found.recipients[delivery.reader]
    notice = Notice(policy, event, event.fields.get("webhook", delivery.number), found.subject, found.units)
    language = "zh" if to.language == "zh" else "en"
    mail = compose_notice(
        subject_line(notice, to.kind, language),
        render(notice, to.kind)[language],
        enclosures.enclosed(wiring, tenant, event, delivery, language),
        language=language,
        organisation=to.organisation,
        address=wiring.address,
    )
    key = f"{tenant}/{delivery.event}/{delivery.reader}"
    tags = {**ses_feedback.tags_of(tenant, delivery), **returned_mail.tag(wiring.secrets, to.address)}
    stranger = to.address if to.kind == "complainant" else None
    _check_trouble(wiring, tenant, delivery, to)
    with wiring.budgets.notice(wiring.store, tenant, found.limits, stranger):
        wiring.mailer.send(to.address, mail, key=key, tags=tags)


def _check_trouble(wiring: Wiring, tenant: str, delivery: Delivery, to: Recipient) -> None:
    """Raises `DeliveryRefused` if mails to the address are stopped. The member's state is recorded when it changes."""
    again, real_now = delivery.asked_again, wiring.real_clock()
    trouble = returned_mail.trouble_of(wiring.store, wiring.secrets, tenant, to.address, real_now, again=again)
    if trouble != to.mail:
        mail_trouble.record(wiring.store, tenant, delivery.reader, trouble)
    if trouble is not None:
        raise DeliveryRefused(returned_mail.WHY[trouble], trouble)


def compose_notice(
    subject: str, text: str, enclosed: Sequence[str], *, language: str, organisation: str, address: str
) -> Mail:
    """Return the mail. It holds no personal data, except in `enclosed`.

    `text`: the wording with its placeholders filled. `enclosed`: what was written to the reader, one paragraph each.
    """
    before, behind = _FOOTER["zh" if language == "zh" else "en"]
    footer = f"-- \n{before.format(organisation=organisation)}"
    body: list[str | Own] = ["\n\n".join([text, *enclosed, footer]), Own(address), f"{behind}\n"]
    return Mail(language, subject, body)
