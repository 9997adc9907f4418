"""An in-app message, and the reader's inbox.

Those who handle a report about the office are told that there is one, and nothing of its content.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from chalicelib.complaints.envelope import Event
from chalicelib.kit import catalogue
from chalicelib.kit.instants import MINUTE, Instant, to_text
from chalicelib.store import keys, reads
from chalicelib.store.port import Put, Store, Write
from chalicelib.store.stored_form import Form, read_rows

KIND = "message"
_PROMPT = MINUTE
"""Messages that come within this time are listed in the order of what happened, whichever was delivered first."""


def is_notice(event: Event) -> bool:
    """True for an event that notifies people. The act `notify` has the same type and notifies no one."""
    return event.type == "notified" and event.act is None


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """The stored row. `id` is the id of the `notified` event, `about` the id of the event it is about. `encloses`:
    this event names values of the act, which are read with the message. `daily`: the reader's next daily mail tells of
    it."""

    id: str
    number: str
    at: str
    about: str
    wording: str
    text: dict[str, str]
    encloses: bool = False
    daily: bool = False


FORM = Form(KIND, Message, keeps=False, version=3)
"""The message is the row; the body is empty."""


class Enclosure(msgspec.Struct, frozen=True, kw_only=True):
    """What an act wrote to a party. `own_words`: false for a choice, whose `text` is its label. `label`: of
    the field. `label` and `text` by language (zh, en)."""

    name: str
    own_words: bool
    label: dict[str, str]
    text: dict[str, str]


class MessageView(msgspec.Struct, frozen=True, kw_only=True):
    """`id`: of the event that notified the reader; `about`: of the event it is about. `text` by language (zh, en).
    `enclosed`: what the act wrote to the party, such as an offer."""

    id: str
    number: str
    at: str
    about: str
    wording: str
    text: dict[str, str]
    enclosed: list[Enclosure] = []


class InboxPage(msgspec.Struct, frozen=True):
    messages: list[MessageView]
    after: Mapping[str, str] | None
    """Where the next page starts; None on the last page."""
    enclosing: frozenset[str] = frozenset()
    """The ids of the messages that enclose something (`enclosing.read_inbox`)."""


def put_message(tenant: str, reader: str, message: Message, written: Instant, recorded: Instant | None = None) -> Put:
    """Return the write of a message. It is read from index `list` only, so it is all in the row, not in the body.

    `reader`: as in `read_inbox`. `written`: the time of this write. `recorded`: that of its event, by default now.
    """
    listed_at = written if recorded is None or written - recorded >= _PROMPT else recorded
    return Put(
        FORM.of_row(
            keys.message(tenant, reader, message.id),
            message,
            keys.inbox_message(tenant, reader, listed_at, message.at, message.id),
        )
    )


def readers_without(store: Store, tenant: str, readers: Sequence[str], event_id: str) -> list[str]:
    """The readers who do not have the event's message."""
    wanted = {keys.message(tenant, reader, event_id): reader for reader in readers}
    present = reads.read_all(store, list(wanted))
    return [reader for key, reader in wanted.items() if key not in present]


def read_inbox(store: Store, tenant: str, reader: str, limit: int, after: Mapping[str, str] | None) -> InboxPage:
    """Return one page of a reader's messages, newest first, eventually consistent, without what they enclose.

    `reader`: a member's `sub` or `C#<number>`. The caller checks that the reader may read them. The table's own order
    would not do: the messages' keys are event ids, which are ordered by complaint.
    """
    page = store.listed(keys.inbox(tenant, reader), limit=limit, after=after, newest_first=True)
    found = list(read_rows(page.entries, Message))
    return InboxPage([_view(one) for one in found], page.after, frozenset(one.id for one in found if one.encloses))


class InboxPeriod(NamedTuple):
    """From `since` until before `until`, in domain time."""

    since: Instant
    until: Instant


def within(store: Store, tenant: str, sub: str, period: InboxPeriod, most: int) -> tuple[list[Message], bool]:
    """The member's first messages that were listed in the period, oldest first, and whether there are more.

    Eventually consistent.
    """
    first, last = to_text(period.since), to_text(period.until)
    page = store.listed(keys.inbox(tenant, sub), first=first, last=last, limit=most)
    return list(read_rows(page.entries, Message)), page.after is not None


def _view(message: Message) -> MessageView:
    return MessageView(
        id=message.id,
        number=message.number,
        at=message.at,
        about=message.about,
        wording=message.wording,
        text=message.text,
    )


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
