"""Messages to those who handle a report about the office: that there is one, and nothing of its content."""

from __future__ import annotations

from chalicelib.features.messages.inbox.message import Message, put_message
from chalicelib.kit.instants import Instant, to_text
from chalicelib.store.port import Write

WORDING = "supervision_reported"
_TEXTS = {
    "zh": "有一份监督举报需要处理：新提交、尚未处理，或举报人有新的补充，请查看。",
    "en": "A report about the office needs your attention: it is new, it waits, or its reporter has added to it.",
}


def notice(tenant: str, reader: str, event_id: str, now: Instant) -> Write:
    """The write of the message. `event_id`: `supervision/<id>/<seq>`.

    There is no delivery item: owners see deliveries, and an owner may be the one reported.
    """
    report_id = event_id.split("/")[1]
    message = Message(id=event_id, number=report_id, at=to_text(now), about=event_id, wording=WORDING, text=_TEXTS)
    return put_message(tenant, reader, message, now)
