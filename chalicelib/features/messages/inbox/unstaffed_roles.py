"""Unstaffed roles: the missing reader is recorded, and the owners are notified of work that waits for it (P2.2)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from msgspec.structs import replace

from chalicelib.complaints.envelope import Event
from chalicelib.features.messages.delivery import Delivery, delivery_of, insert_writes, of_event
from chalicelib.features.messages.inbox import recipients
from chalicelib.features.messages.inbox.readers import Readers
from chalicelib.features.messages.inbox.rendering import ROUTE_WORDING, routed_role
from chalicelib.features.messages.relay.relay import RelayedEvent
from chalicelib.kit import observability
from chalicelib.kit.instants import Instant
from chalicelib.policy.language.vocabulary import OVERDUE, WITHOUT_WORK, event_term
from chalicelib.store import event_log
from chalicelib.store.port import CommitConflict, Store

DEADLINE_WORDING = "tier_vacant"
WORK_WORDING = "role_vacant"
EXCLUDED_WORDING = "nobody_left"
REASON = "Nobody has this role."


def recorded_deliveries(store: Store, relayed: RelayedEvent, event: Event, now: Instant) -> list[Delivery]:
    """Return the event's in-app deliveries so far. There are some on a retry, and when the daily job relays anew."""
    return of_event(store, relayed.tenant, _in_app(relayed, event, "", now))


def was_delivered(deliveries: Sequence[Delivery], event: Event) -> bool:
    """True when the notice reached a reader before. The roles may have changed hands since."""
    return any(one.state == "sent" and one.about == event.fields["wording"] for one in deliveries)


def unrecorded_roles(deliveries: Sequence[Delivery], roles: Sequence[str]) -> list[str]:
    recorded = {delivery.reader for delivery in deliveries}
    return [role for role in roles if role not in recorded]


def record_failures(store: Store, relayed: RelayedEvent, event: Event, roles: Sequence[str], now: Instant) -> None:
    """Record one failed delivery for each role."""
    for role in roles:
        failed = replace(_in_app(relayed, event, role, now), state="failed", why=REASON, ended=now)
        with suppress(CommitConflict):  # another run was faster
            store.commit(insert_writes(relayed.tenant, failed))


def owners_notice(store: Store, relayed: RelayedEvent, event: Event, readers: Readers) -> Event | None:
    """Return the event with the owners' wording, or None when no work waits for the unstaffed roles.

    Only notices of deadlines (near or missed) have the field `clock`. A complaint waits for the role to which it was
    routed, whatever other recipients there are.
    """
    wording = _owners_wording(event, readers)
    about = None if wording is not None else _subject(store, relayed, event)
    if about is not None:
        is_work = readers.all_unstaffed and event_term(about.type).gives_work and not _without_work(event)
        wording = WORK_WORDING if is_work else _route_wording(store, relayed, about, readers)
    return None if wording is None else replace(event, fields={**event.fields, "wording": wording})


def _without_work(event: Event) -> bool:
    return str(event.fields["wording"]).endswith(WITHOUT_WORK)


def _owners_wording(event: Event, readers: Readers) -> str | None:
    if not readers.all_unstaffed:
        return None
    if "clock" in event.fields:
        return WORK_WORDING if event.fields["wording"].endswith(OVERDUE) else DEADLINE_WORDING
    return EXCLUDED_WORDING if event.fields.get("excluded_by") else None


def _route_wording(store: Store, relayed: RelayedEvent, about: Event, readers: Readers) -> str | None:
    """The wording if the event routed the complaint to an unstaffed role."""
    role = routed_role(about)
    if role not in readers.unstaffed_roles:
        return None
    key = event_log.key(relayed.ref.pk, about.seq - 1)
    before = event_log.find(store.get([key]), key)
    return ROUTE_WORDING if before is None or routed_role(before) != role else None


def awaited_roles(notice: Event, roles: Sequence[str]) -> list[str]:
    """Those of the unstaffed roles for which the work of the owners' notice waits."""
    of_route = notice.fields["wording"] == ROUTE_WORDING
    return [role for role in roles if not of_route or role == routed_role(notice)]


def alert_operators(relayed: RelayedEvent, event: Event, roles: Sequence[str]) -> None:
    """Log and count each role, which raises the operators' alarm.

    Call it before `record_failures`: if the process ends in between, the roles are counted twice, not never.
    """
    for _ in roles:
        observability.error(
            "A role that is to be notified has no member",
            tenant=relayed.tenant,
            complaint=relayed.number,
            event=event.id,
        )
        observability.measure("TierVacant")


def _in_app(relayed: RelayedEvent, event: Event, reader: str, now: Instant) -> Delivery:
    return delivery_of(relayed.number, event, reader, "in_app", now)


def _subject(store: Store, relayed: RelayedEvent, notice: Event) -> Event | None:
    """Return the event that the notice is about, or None when it was erased."""
    about = recipients.possible_keys(relayed.ref, notice)
    return recipients.find(store.get(about), about, notice) if about else None
