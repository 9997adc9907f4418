"""Messages: what a person, or a complaint's complainant, was told; the newest first."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chalicelib.messages.message import Message
from chalicelib.store import keys
from chalicelib.wiring import Wiring


class Inbox(msgspec.Struct, frozen=True):
    messages: list[Message]
    after: Mapping[str, str] | None


def inbox(wiring: Wiring, tenant: str, reader: str, limit: int, after: Mapping[str, str] | None) -> Inbox:
    """`reader`: a member's `sub` or `C#<number>`. The caller has checked that it is theirs to read."""
    pk = keys.message(tenant, reader, "").pk
    page = wiring.store.query(pk, limit=limit, after=after, newest_first=True)
    found = [msgspec.json.decode(entry.body, type=Message) for entry in page.entries]
    # Keys are event ids (design §6), whose text order is not quite the order of time.
    return Inbox(sorted(found, key=_order, reverse=True), page.after)


def _order(message: Message) -> tuple[str, str, int]:
    number, _, seq = message.id.partition("/")
    return message.at, number, int(seq)
