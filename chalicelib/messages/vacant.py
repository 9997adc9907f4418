"""A role that nobody has: it is on record that nobody was told, and the owners hear of work that waits there (P2.2)."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from chalicelib import observability
from chalicelib.complaints.envelope import Event
from chalicelib.instants import Instant
from chalicelib.messages.delivery import Delivery, delivery_of, held_in, key_of, new
from chalicelib.messages.relay import Effect
from chalicelib.store import keys
from chalicelib.store.port import Lost
from chalicelib.wiring import Wiring

OF_A_TIER = "tier_vacant"
OF_A_ROLE = "role_vacant"
WHY = "Nobody has this role."
_OWED = frozenset({"task_opened", "forwarded", "proposed"})
"""Events by which somebody owes something from then on."""


def told_before(wiring: Wiring, effect: Effect, event: Event, now: Instant) -> bool:
    """Whether somebody was: the daily walk relays events once more, and roles change hands meanwhile."""
    first = key_of(effect.tenant, _in_app(effect, event, "", now))
    page = wiring.store.query(first.pk, first=first.sk, last=f"{first.sk}~")
    found = [held.delivery for entry in page.entries if (held := held_in(entry))]
    return any(one.state == "sent" and one.about == event.fields["wording"] for one in found)


def note(wiring: Wiring, effect: Effect, event: Event, roles: Sequence[str], now: Instant) -> list[str]:
    """That nobody was told in these roles, each as an effect that failed; which of them were not noted before."""
    noted = []
    for role in roles:
        failed = replace(_in_app(effect, event, role, now), state="failed", why=WHY, ended=now)
        try:
            wiring.store.commit(new(effect.tenant, failed))
        except Lost:
            continue
        noted.append(role)
    return noted


def alarm(wiring: Wiring, effect: Effect, event: Event) -> Event | None:
    """The same notice in words for the owners, where work waits for the roles that nobody has; else None.

    Only notices of deadlines that are near or were missed name the clock.
    """
    if "clock" in event.fields:
        return _worded(event, OF_A_TIER)
    about = _about(wiring, effect, event)
    return _worded(event, OF_A_ROLE) if about is not None and about.type in _OWED else None


def count(effect: Effect, event: Event, roles: Sequence[str]) -> None:
    """The operators' alarm, once for each role."""
    for _ in roles:
        observability.error(
            "Nobody has the role that is told", tenant=effect.tenant, complaint=effect.number, event=event.id
        )
        observability.measure("TierVacant")


def _in_app(effect: Effect, event: Event, reader: str, now: Instant) -> Delivery:
    return delivery_of(effect.number, event, reader, "in_app", now)


def _worded(event: Event, wording: str) -> Event:
    return replace(event, fields={**event.fields, "wording": wording})


def _about(wiring: Wiring, effect: Effect, event: Event) -> Event | None:
    """The event that is told of, unless it was erased meanwhile."""
    number, _, seq = event.fields["about"].rpartition("/")
    if number != effect.number or not seq.isdecimal():
        return None
    key = keys.event(keys.aggregate(effect.tenant, number), int(seq))
    found = wiring.store.get([key]).get(key)
    return None if found is None else msgspec.json.decode(found.body, type=Event)
