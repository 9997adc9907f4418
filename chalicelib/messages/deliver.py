"""Delivering: a `notified` event becomes messages of those whom it names, and mails to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from chalicelib.complaints.envelope import Event
from chalicelib.instants import Instant, from_text
from chalicelib.messages import recipients, send_mail, vacant
from chalicelib.messages.conclude import attempted
from chalicelib.messages.delivery import Delivery, Held, begun, delivery_of, new
from chalicelib.messages.message import Message, tells, text_of
from chalicelib.messages.recipients import Recipient
from chalicelib.messages.relay import Effect
from chalicelib.ports import NotReached
from chalicelib.store import keys
from chalicelib.store.port import Entry, Lost, Put, Write
from chalicelib.tenants import binding, deputies
from chalicelib.tenants.membership import Membership
from chalicelib.tenants.people import everybody
from chalicelib.wiring import Wiring

KIND = "message"
_BATCH = 24
"""Readers in one transaction: each has a message, two deliveries and a row, of the hundred items that it may hold."""


def deliver(wiring: Wiring, effect: Effect, event: Event, now: Instant) -> int:
    """How many readers were told anew. A repeat changes nothing: a message's key is its reader and its event.

    A mail that does not get through is tried again from the due index, however this call ends.
    """
    if not tells(event):
        return 0
    with binding.tenant(effect.tenant):
        readers = _readers(wiring, effect, event)
        told = 0
        if readers.vacant and vacant.is_alarm(event):
            alarm = vacant.to_owners(wiring, effect, event, readers.nobody, now)
            told = _tell(wiring, effect, alarm, _readers(wiring, effect, alarm).all, now)
        return told + _tell(wiring, effect, event, readers.all, now)


def _tell(wiring: Wiring, effect: Effect, event: Event, readers: list[str], now: Instant) -> int:
    reached = recipients.of_readers(wiring, effect.tenant, effect.number, readers) if readers else {}
    told = _write(wiring, effect, event, readers, reached, now)
    _mail(wiring, effect, event, {reader: reached[reader] for reader in told if reader in reached}, now)
    return len(told)


def _write(
    wiring: Wiring,
    effect: Effect,
    event: Event,
    readers: Sequence[str],
    reached: dict[str, Recipient],
    now: Instant,
) -> list[str]:
    """What each reader gets, in one transaction; who had not got it before."""
    policy = wiring.compiled.get(wiring.store, effect.tenant, event.policy)
    message = Message(
        id=event.id,
        number=effect.number,
        at=event.at,
        about=event.fields["about"],
        wording=event.fields["wording"],
        text=text_of(policy, event, effect.number),
    )
    body = msgspec.json.encode(message).decode()
    items = {
        reader: [
            Put(Entry(key=keys.message(effect.tenant, reader, event.id), kind=KIND, body=body)),
            *new(effect.tenant, _told(effect, event, reader, now)),
            *(new(effect.tenant, _mailed(effect, event, reader, now)) if reader in reached else []),
        ]
        for reader in readers
    }
    batches = [readers[first : first + _BATCH] for first in range(0, len(readers), _BATCH)]
    return [reader for batch in batches for reader in _put(wiring, effect, event, {one: items[one] for one in batch})]


def _put(wiring: Wiring, effect: Effect, event: Event, items: dict[str, list[Write]]) -> list[str]:
    """Those that are not there yet, in one transaction; one that lost the race is looked at again."""
    while True:
        there = wiring.store.get([keys.message(effect.tenant, reader, event.id) for reader in items])
        missing = [reader for reader in items if keys.message(effect.tenant, reader, event.id) not in there]
        try:
            if missing:
                wiring.store.commit([write for reader in missing for write in items[reader]])
        except Lost:
            continue
        return missing


def _told(effect: Effect, event: Event, reader: str, now: Instant) -> Delivery:
    """Done as soon as it is written, for it is written together with the message."""
    told = delivery_of(effect.number, event, reader, "in_app", now)
    return msgspec.structs.replace(told, state="sent", tries=1, ended=now)


def _mailed(effect: Effect, event: Event, reader: str, now: Instant) -> Delivery:
    return begun(delivery_of(effect.number, event, reader, "email", now), now)


def _mail(wiring: Wiring, effect: Effect, event: Event, reached: dict[str, Recipient], now: Instant) -> None:
    """One after the other; once the mail service is away, the rest wait without asking it."""
    away: str | None = None
    for reader, recipient in reached.items():
        held = Held(_mailed(effect, event, reader, now), 1)

        def send(mail: Delivery = held.delivery, to: Recipient = recipient, why: str | None = away) -> None:
            if why is not None:
                raise NotReached(why)
            send_mail.send(wiring, effect.tenant, event, mail, to)

        after = attempted(wiring, effect.tenant, held, now, send)
        away = after.why if after.state == "pending" else None


class _Readers(NamedTuple):
    all: list[str]
    """`C#<number>` for the complainant, else people's subs: each once."""
    nobody: list[str]
    """The roles in which nobody stands."""
    vacant: bool
    """Whether nobody stands in any role that is named: whoever is assigned beside it does not make up for it."""


def _readers(wiring: Wiring, effect: Effect, event: Event) -> _Readers:
    to = event.fields["to"]
    unit = event.fields.get("unit")
    members = list(everybody(wiring.store, effect.tenant)) if any(name[0] != "@" for name in to) else []
    found = {name: list(_named(name, unit, members, effect.number)) for name in to}
    told = list(dict.fromkeys(reader for named in found.values() for reader in named))
    standing_in = deputies.of_people(wiring.store, effect.tenant, told, members, from_text(event.at))
    nobody = [name for name, named in found.items() if not named and name[0] != "@"]
    vacant = not told or (bool(nobody) and all(name[0] == "@" or name in nobody for name in to))
    return _Readers(list(dict.fromkeys([*told, *standing_in])), nobody, vacant)


def _named(name: str, unit: str | None, members: list[Membership], number: str) -> Iterator[str]:
    if name == "complainant":
        yield f"C#{number}"
    elif name.startswith("@"):
        if not members or any(member.sub == name[1:] and member.active for member in members):
            yield name[1:]
    else:
        yield from (member.sub for member in members if member.may(name, unit))
