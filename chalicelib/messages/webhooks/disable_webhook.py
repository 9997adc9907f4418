"""A webhook that cannot be reached, or wants nothing any more, is disabled; one that cannot take an event goes on.

The owners are told of either.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from chalicelib.complaints.envelope import SYSTEM, Event
from chalicelib.instants import DAY, Instant
from chalicelib.messages.delivery import Delivery, Way, new
from chalicelib.messages.inbox.message import Message, put, text_of
from chalicelib.messages.webhooks import webhook
from chalicelib.messages.webhooks.webhook import Webhook, Why
from chalicelib.store import keys
from chalicelib.store.port import Change, CommitConflict, Write
from chalicelib.tenants import organisation
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.people.queries import all_people
from chalicelib.wiring import Wiring

_MOST_OWNERS = 20
"""Told in the one transaction; each takes four items of its hundred."""


def disable(wiring: Wiring, tenant: str, name: str, why: Why, now: Instant) -> None:
    """A webhook that is disabled already, or gone, is left as it is."""
    said = {"because": why, "wording": "webhook_off"}

    def off(hook: Webhook) -> Webhook:
        return replace(hook, disabled=why, disabled_at=now)

    _change(wiring, tenant, name, "webhook_disabled", said, now, off)


def pass_over(wiring: Wiring, tenant: str, name: str, event: str, now: Instant) -> None:
    """It stays, without this event; the owners are told once a day that there are such."""
    said = {"event": event, "wording": "webhook_missed"}

    def told(hook: Webhook) -> Webhook | None:
        return None if hook.missed is not None and now < hook.missed + DAY else replace(hook, missed=now)

    _change(wiring, tenant, name, "webhook_passed_over", said, now, told)


def _change(
    wiring: Wiring,
    tenant: str,
    name: str,
    type_: str,
    said: dict[str, str],
    now: Instant,
    change: Callable[[Webhook], Webhook | None],
) -> None:
    """In one transaction: the webhook, the organisation's event, and each owner's message with its effects."""
    hooks_key, org_key = keys.webhooks(tenant), keys.snapshot(keys.organisation(tenant))
    while True:
        found = wiring.store.get([hooks_key, org_key])
        hooks, org = webhook.read(found.get(hooks_key)), organisation.parse(found[org_key])
        hook = hooks.find(name)
        changed = None if hook is None or hook.disabled is not None else change(hook)
        if changed is None:
            return
        fields = {"webhook": name, "to": [OWNER], "about": f"ORG/{org.seq + 1}", **said}
        after, event = organisation.record_event(org, type_, fields, "system", now, actor=SYSTEM)
        writes: list[Write] = [
            Change(webhook.entry_of(tenant, hooks.having(changed), hooks.version + 1), hooks.version),
            Change(organisation.entry_of(after), org.seq),
            event,
            *_told(wiring, tenant, msgspec.json.decode(event.entry.body, type=Event), now),
        ]
        try:
            wiring.store.commit(writes)
        except CommitConflict:
            continue
        return


def _told(wiring: Wiring, tenant: str, event: Event, now: Instant) -> list[Write]:
    policy = wiring.compiled.get(wiring.store, tenant, event.policy)
    message = Message(
        id=event.id,
        number=keys.ORGANISATION,
        at=event.at,
        about=event.id,
        wording=event.fields["wording"],
        text=text_of(policy, event, event.fields["webhook"]),
    )
    owners = [one.sub for one in all_people(wiring.store, tenant) if one.may(OWNER)][:_MOST_OWNERS]
    writes: list[Write] = []
    for sub in owners:
        writes.append(put(tenant, sub, message, now))
        writes.extend(new(tenant, replace(_delivery(event, sub, "in_app", now), state="sent", tries=1, ended=now)))
        writes.extend(new(tenant, replace(_delivery(event, sub, "email", now), again=now)))
    return writes


def _delivery(event: Event, sub: str, way: Way, now: Instant) -> Delivery:
    return Delivery(
        event=event.id,
        number=keys.ORGANISATION,
        seq=event.seq,
        at=event.recorded_at,
        about=event.fields["wording"],
        reader=sub,
        way=way,
        since=now,
    )
