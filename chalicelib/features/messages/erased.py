"""The erasure of messages, other effects, and the watermarks of the stream reconciliation."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.casework.composing.erased import Erased, Leaver
from chalicelib.features.messages.relay import stream_reconciliation
from chalicelib.store import keys


def _of_organisation(leaver: Leaver) -> Iterator[str]:
    """All effects, and who gets daily mails."""
    parts = ("pending", "failed", *(f"{month[:4]}-{month[4:]}" for month in leaver.months))
    yield from (keys.effects(leaver.tenant, part) for part in parts)
    yield keys.daily_mails(leaver.tenant)


ERASED = Erased(
    record=lambda ref: [keys.messages_of(ref.tenant, keys.complainant(ref.number))],
    person=lambda tenant, sub: [keys.messages_of(tenant, sub)],
    organisation=_of_organisation,
    # A watermark is only written while the complaint exists, and writing it does not change the complaint's version.
    with_snapshot=lambda ref: [stream_reconciliation.watermark_key(ref)],
)
