"""A role that nobody has: it is on record that nobody was told, and the owners hear of work that waits there (P2.2)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import msgspec
from msgspec.structs import replace

from chalicelib import observability
from chalicelib.complaints.envelope import Event
from chalicelib.instants import Instant
from chalicelib.messages.delivery import Delivery, delivery_of, held_in, key_of, new
from chalicelib.messages.relay.relay import Effect
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict
from chalicelib.wiring import Wiring

OF_A_TIER = "tier_vacant"
OF_A_ROLE = "role_vacant"
WHY = "Nobody has this role."
_OWED = frozenset({"task_opened", "forwarded", "proposed"})
"""Events by which somebody owes something from then on."""


def of_before(wiring: Wiring, effect: Effect, event: Event, now: Instant) -> list[Delivery]:
    """Of the same event in the application: it may be a repeat, and the daily walk relays events once more."""
    first = key_of(effect.tenant, _in_app(effect, event, "", now))
    page = wiring.store.query(first.pk, first=first.sk, last=f"{first.sk}~")
    return [held.delivery for entry in page.entries if (held := held_in(entry))]


def reached(before: Sequence[Delivery], event: Event) -> bool:
    """Whether somebody was told: roles change hands meanwhile."""
    return any(one.state == "sent" and one.about == event.fields["wording"] for one in before)


def unnoted(before: Sequence[Delivery], roles: Sequence[str]) -> list[str]:
    noted = {one.reader for one in before}
    return [role for role in roles if role not in noted]


def note(wiring: Wiring, effect: Effect, event: Event, roles: Sequence[str], now: Instant) -> None:
    """That nobody was told in these roles, each as an effect that failed."""
    for role in roles:
        failed = replace(_in_app(effect, event, role, now), state="failed", why=WHY, ended=now)
        with suppress(CommitConflict):  # another run was faster
            wiring.store.commit(new(effect.tenant, failed))


def alarm(wiring: Wiring, effect: Effect, event: Event) -> Event | None:
    """The same notice in words for the owners, where work waits for the roles that nobody has; else None.

    Only notices of deadlines that are near or were missed name the clock.
    """
    if "clock" in event.fields:
        return _worded(event, OF_A_TIER)
    about = _about(wiring, effect, event)
    return _worded(event, OF_A_ROLE) if about is not None and about.type in _OWED else None


def count(effect: Effect, event: Event, roles: Sequence[str]) -> None:
    """The operators' alarm, for each role. Before it is noted: a run that dies in between has it counted twice, and
    not never."""
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
