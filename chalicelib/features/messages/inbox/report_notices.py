"""Messages to those who handle a report about the office: that there is one, and nothing of its content."""

from __future__ import annotations

from chalicelib.features.messages.inbox.message import Message, put_message
from chalicelib.kit import catalogue
from chalicelib.kit.instants import Instant, to_text
from chalicelib.store.port import Write

WORDING = "supervision_reported"


def notice(tenant: str, reader: str, event_id: str, now: Instant) -> Write:
    """The write of the message. `event_id`: `supervision/<id>/<seq>`.

    There is no delivery item: owners see deliveries, and an owner may be the one reported.
    """
    report_id = event_id.split("/")[1]
    said = catalogue.texts("notices")["about_office"]
    text = {"zh": said.zh, "en": said.en}
    message = Message(id=event_id, number=report_id, at=to_text(now), about=event_id, wording=WORDING, text=text)
    return put_message(tenant, reader, message, now)
