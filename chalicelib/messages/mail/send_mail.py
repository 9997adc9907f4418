"""Sending one notice by e-mail."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from chalicelib.casework import private_values
from chalicelib.complaints.confidentiality import OF_THEIR_OWN
from chalicelib.complaints.envelope import Event
from chalicelib.messages.delivery import Delivery
from chalicelib.messages.inbox.message import text_of
from chalicelib.messages.inbox.recipients import Recipient
from chalicelib.messages.mail import ses_feedback
from chalicelib.messages.mail.notice import notice
from chalicelib.wiring import Wiring


def send(wiring: Wiring, tenant: str, event: Event, delivery: Delivery, to: Recipient) -> None:
    """Raises `Refused` or `NotReached`."""
    policy = wiring.compiled.get(wiring.store, tenant, event.policy)
    event = replace(event, fields={**event.fields, "wording": delivery.about})  # the owners' has other words (`vacant`)
    language = "zh" if to.language == "zh" else "en"
    mail = notice(
        text_of(policy, event, event.fields.get("webhook", delivery.number))[language],
        _enclosed(wiring, tenant, event, delivery),
        language=language,
        organisation=to.organisation,
        address=wiring.address,
    )
    key = f"{tenant}/{delivery.event}/{delivery.reader}"
    tags = ses_feedback.tags_of(tenant, delivery)
    wiring.mailer.send(to.address, mail.subject, mail.text, key=key, tags=tags)


def _enclosed(wiring: Wiring, tenant: str, event: Event, delivery: Delivery) -> list[str]:
    """What was written to the complainant, for the complainant alone. What was erased meanwhile is not there."""
    wanted = event.fields.get("encloses", [])
    number, _, seq = event.fields["about"].partition("/")
    if not wanted or delivery.reader != f"C#{number}" or not seq.isdecimal():
        return []
    found = wiring.store.get(private_values.keys_of_event(tenant, number, int(seq)))
    values = [private_values.open_value(wiring, tenant, number, entry) for entry in found.values()]
    said: dict[str, Any] = private_values.visible(values, OF_THEIR_OWN)
    return [str(said[name]) for name in wanted if name in said]
