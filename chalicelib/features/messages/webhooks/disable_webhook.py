"""Disabling a webhook that cannot be reached or is gone, and reporting events that a working webhook missed.

In both cases the owners are notified.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from chalicelib.complaints.envelope import SYSTEM, Event
from chalicelib.features.messages import ways
from chalicelib.features.messages.delivery import delivered, delivery_of, insert_writes
from chalicelib.features.messages.inbox.message import Message, put_message
from chalicelib.features.messages.inbox.message_source import MessageSource
from chalicelib.features.messages.inbox.rendering import render
from chalicelib.features.messages.webhooks import webhook
from chalicelib.features.messages.webhooks.webhook import DisableReason, Webhook
from chalicelib.kit.instants import DAY, Instant
from chalicelib.store import event_log, keys, sizes
from chalicelib.store.conflicts import retry_on_conflict
from chalicelib.store.port import Store, Write
from chalicelib.tenants import organisation
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.people.queries import all_people

if TYPE_CHECKING:
    from chalicelib.wiring import CompiledPolicies


class _WebhookChange(msgspec.Struct, frozen=True):
    webhook: str
    event_type: str
    fields: dict[str, str]
    """Fields of the organisation's event."""
    apply: Callable[[Webhook], Webhook | None]
    """Returns None when there is nothing to change."""


def disable(
    store: Store, compiled: CompiledPolicies, tenant: str, webhook_id: str, reason: DisableReason, now: Instant
) -> None:
    """Disable the webhook. Does nothing when it is disabled already or was removed."""

    def apply(hook: Webhook) -> Webhook:
        return replace(hook, disabled=reason, disabled_at=now)

    fields = {"because": reason, "wording": "webhook_off"}
    _change(store, compiled, tenant, _WebhookChange(webhook_id, "webhook_disabled", fields, apply), now)


def report_missed_event(
    store: Store, compiled: CompiledPolicies, tenant: str, webhook_id: str, event: str, now: Instant
) -> None:
    """Report an event that the webhook missed. The owners are notified at most once a day."""

    def apply(hook: Webhook) -> Webhook | None:
        return None if hook.missed is not None and now < hook.missed + DAY else replace(hook, missed=now)

    fields = {"event": event, "wording": "webhook_missed"}
    _change(store, compiled, tenant, _WebhookChange(webhook_id, "webhook_passed_over", fields, apply), now)


def _change(store: Store, compiled: CompiledPolicies, tenant: str, change: _WebhookChange, now: Instant) -> None:
    retry_on_conflict(lambda: _attempt(store, compiled, tenant, change, now))


def _attempt(store: Store, compiled: CompiledPolicies, tenant: str, change: _WebhookChange, now: Instant) -> None:
    """Write the webhook, the organisation's event and the owners' messages with deliveries in one transaction.

    If there are more owners than the transaction takes, the first ones are notified.
    """
    found = store.get([webhook.key(tenant), organisation.key(tenant)])
    hooks, org = webhook.among(found, tenant), organisation.among(found, tenant)
    hook = hooks.find(change.webhook)
    changed = None if hook is None or hook.disabled is not None else change.apply(hook)
    if changed is None:
        return
    fields = {"webhook": change.webhook, "to": [OWNER], "about": f"ORG/{org.seq + 1}", **change.fields}
    after, event = organisation.record_event(org, change.event_type, fields, "system", now, actor=SYSTEM)
    writes: list[Write] = [
        webhook.change(tenant, hooks, hooks.with_webhook(changed)),
        organisation.change(after, org),
        event,
    ]
    messages = _owner_messages(store, compiled, tenant, event_log.decode(event.entry), now)
    most = sizes.groups_per_commit(messages, beside=len(writes))
    store.commit([*writes, *chain.from_iterable(messages[:most])])


def _owner_messages(
    store: Store, compiled: CompiledPolicies, tenant: str, event: Event, now: Instant
) -> list[list[Write]]:
    """Return, for each owner, the writes of the message and its deliveries."""
    policy = compiled.get(tenant, event.policy)
    message = Message(
        id=event.id,
        number=keys.ORGANISATION,
        at=event.at,
        about=event.id,
        wording=event.fields["wording"],
        text=render(MessageSource(policy, event, event.fields["webhook"]), "staff"),
    )
    owners = [member.sub for member in all_people(store, tenant) if member.may(OWNER)]
    messages: list[list[Write]] = []
    for sub in owners:
        writes: list[Write] = [put_message(tenant, sub, message, now)]
        for name, way in ways.of_people().items():
            new = delivery_of(keys.ORGANISATION, event, sub, name, now)
            writes += insert_writes(tenant, delivered(new, now) if way.send is None else replace(new, again=now))
        messages.append(writes)
    return messages
