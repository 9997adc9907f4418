"""Messages: what a person, or a complaint's complainant, was told; the newest first."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chalicelib.messages.inbox.message import Message
from chalicelib.store import keys
from chalicelib.wiring import Wiring


class Inbox(msgspec.Struct, frozen=True):
    messages: list[Message]
    after: Mapping[str, str] | None


def inbox(wiring: Wiring, tenant: str, reader: str, limit: int, after: Mapping[str, str] | None) -> Inbox:
    """By when they were written, eventually consistent: the keys of the messages are event ids, which go by complaint.

    `reader`: a member's `sub` or `C#<number>`. The caller has checked that it is theirs to read.
    """
    page = wiring.store.listed(keys.inbox(tenant, reader), limit=limit, after=after, newest_first=True)
    return Inbox([msgspec.json.decode(entry.row or "", type=Message) for entry in page.entries], page.after)
