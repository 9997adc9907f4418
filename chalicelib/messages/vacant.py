"""A tier with nobody on it: its alarm goes to the owners, and counts as a fault (P2.2: it never ends in silence)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from chalicelib import observability
from chalicelib.complaints.envelope import Event
from chalicelib.instants import Instant
from chalicelib.messages.delivery import delivery_of, new
from chalicelib.messages.relay import Effect
from chalicelib.store.port import Lost
from chalicelib.wiring import Wiring

WORDING = "tier_vacant"
WHY = "Nobody has this role."


def is_alarm(event: Event) -> bool:
    """Whether it warns of a deadline or says that one was missed: only such notices name the clock."""
    return "clock" in event.fields


def to_owners(wiring: Wiring, effect: Effect, event: Event, roles: Sequence[str], now: Instant) -> Event:
    """The same notice for the owners, in words of its own. `roles` that nobody has are on record as failed, each.

    A repeat changes nothing. The tenant is bound by the caller.
    """
    for role in roles:
        failed = replace(delivery_of(effect.number, event, role, "in_app", now), state="failed", why=WHY, ended=now)
        try:
            wiring.store.commit(new(effect.tenant, failed))
        except Lost:
            continue
        observability.error("Nobody stands on a tier", tenant=effect.tenant, complaint=effect.number, event=event.id)
        observability.measure("TierVacant")
    return replace(event, fields={**event.fields, "to": ["owner"], "wording": WORDING})
