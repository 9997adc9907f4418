"""Delivering: a `notified` event becomes in-app messages of the people and the complainant whom it names."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from chalicelib.complaints.envelope import Event
from chalicelib.instants import from_text
from chalicelib.messages.message import Message, tells, text_of
from chalicelib.messages.relay import Effect
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key, Lost, Put
from chalicelib.tenants import binding, deputies
from chalicelib.tenants.membership import Membership
from chalicelib.tenants.people import everybody
from chalicelib.wiring import Wiring

KIND = "message"
_BATCH = 90


def deliver(wiring: Wiring, effect: Effect) -> int:
    """How many messages were new. A repeat changes nothing: a message's key is its reader and its event."""
    with binding.tenant(effect.tenant):
        key = keys.event(keys.complaint(effect.tenant, effect.number), effect.seq)
        entry = wiring.store.get([key]).get(key)
        if entry is None:
            return 0
        event = msgspec.json.decode(entry.body, type=Event)
        if not tells(event):
            return 0
        return _write(wiring, effect, event)


def _write(wiring: Wiring, effect: Effect, event: Event) -> int:
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
    wanted = [keys.message(effect.tenant, reader, event.id) for reader in _readers(wiring, effect, event)]
    return sum(_put(wiring, wanted[first : first + _BATCH], body) for first in range(0, len(wanted), _BATCH))


def _put(wiring: Wiring, wanted: list[Key], body: str) -> int:
    """Those that are not there yet, in one transaction; one that lost the race is looked at again."""
    while True:
        there = wiring.store.get(wanted)
        missing = [key for key in wanted if key not in there]
        try:
            if missing:
                wiring.store.commit([Put(Entry(key=key, kind=KIND, body=body)) for key in missing])
        except Lost:
            continue
        return len(missing)


def _readers(wiring: Wiring, effect: Effect, event: Event) -> list[str]:
    """`C#<number>` for the complainant, else people's subs: each once."""
    to = event.fields["to"]
    unit = event.fields.get("unit")
    members = list(everybody(wiring.store, effect.tenant)) if any(name[0] != "@" for name in to) else []
    found = [reader for name in to for reader in _named(name, unit, members, effect.number)]
    told = list(dict.fromkeys(found))
    standing_in = deputies.of_people(wiring.store, effect.tenant, told, members, from_text(event.at))
    return list(dict.fromkeys([*told, *standing_in]))


def _named(name: str, unit: str | None, members: list[Membership], number: str) -> Iterator[str]:
    if name == "complainant":
        yield f"C#{number}"
    elif name.startswith("@"):
        yield name[1:]
    else:
        yield from (member.sub for member in members if member.may(name, unit))
