"""Webhooks (Standard Webhooks): they send events to an organisation's own systems. One item holds all of a tenant.

One item, because each event is checked against the tenant's webhooks, and this must cost one small read.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from typing import Literal

import msgspec

from chalicelib.complaints.envelope import Event
from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.instants import HOUR, Instant, from_text, to_text
from chalicelib.kit.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key, Store, Write
from chalicelib.store.stored_form import Form
from chalicelib.tenants.people import queries

KIND = "webhooks"
SECRET_OVERLAP = 24 * 60 * 60 * 1000
"""Milliseconds after a rotation during which the old secret signs too, so that receivers can change over."""
DELIVERED_RESOLUTION = HOUR
"""`delivered` is updated at most this often, not with each delivery: all webhooks of a tenant are one item."""
DISABLED_REASON = "the webhook is disabled"
"""`why` of deliveries to a disabled webhook."""
EXCLUDED_REASON = "the complaint excludes a person who created or changed the webhook"
"""`why` of deliveries that are not sent because of `Webhook.by`."""
_SECRET_BYTES = 32

DisableReason = Literal["owner", "unreachable", "gone"]


class Secret(StoredPart, frozen=True, omit_defaults=True):
    """`sealed`: encrypted under the tenant's data key. `until`: when it stops signing; None for the newest."""

    sealed: str
    until: Instant | None = None


class Webhook(StoredPart, frozen=True, kw_only=True, omit_defaults=True):
    id: str
    url: str
    events: list[str] = []
    """Types of the events to send; empty for all."""
    secrets: list[Secret]
    """The newest first."""
    created: Instant
    by: list[str] = []
    """The people (`sub`) who created or changed it: it sends nothing of a complaint that excludes one of them."""
    disabled: DisableReason | None = None
    """Why it is disabled: by an owner, after three days of failures, or because it answered 410 (gone)."""
    disabled_at: Instant | None = None
    delivered: Instant | None = None
    """When a delivery last arrived, to within `DELIVERED_RESOLUTION`: it may have arrived an hour later."""
    missed: Instant | None = None
    """When its owners were last notified of a delivery that failed for good."""

    def arrived_since(self, since: Instant) -> bool:
        """True if a delivery may have arrived since then."""
        return self.delivered is not None and self.delivered + DELIVERED_RESOLUTION > since

    def wants(self, event: Event) -> bool:
        """True if the event is to be sent. The daily job also relays events from before the webhook: they are not."""
        return (not self.events or event.type in self.events) and from_text(event.recorded_at) >= self.created


FORM = Form(KIND, list[Webhook])


class WebhookView(msgspec.Struct, frozen=True, kw_only=True):
    """`secret`: `whsec_…`, only in the response that creates it. `disabled_because`: owner, unreachable or gone."""

    id: str
    url: str
    events: list[str]
    state: str
    disabled_because: str | None
    disabled_at: str | None
    created_at: str
    secret: str | msgspec.UnsetType = msgspec.UNSET


class Webhooks(msgspec.Struct, frozen=True, kw_only=True):
    """A tenant's webhooks. `version`: of the item; 0 when there is none yet."""

    all: list[Webhook] = []
    version: int = 0

    def find(self, webhook_id: str) -> Webhook | None:
        return next((one for one in self.all if one.id == webhook_id), None)

    def with_webhook(self, hook: Webhook) -> list[Webhook]:
        """Return the list with this webhook added, or replaced when it has the same id."""
        if self.find(hook.id) is None:
            return [*self.all, hook]
        return [hook if one.id == hook.id else one for one in self.all]

    def without(self, webhook_id: str) -> list[Webhook]:
        return [one for one in self.all if one.id != webhook_id]


def key(tenant: str) -> Key:
    return keys.webhooks(tenant)


def load(store: Store, tenant: str) -> Webhooks:
    return among(store.get([key(tenant)]), tenant)


def among(entries: Mapping[Key, Entry], tenant: str) -> Webhooks:
    """The webhooks, from a read with `key`."""
    return parse(entries.get(key(tenant)))


def parse(entry: Entry | None) -> Webhooks:
    if entry is None:
        return Webhooks()
    return Webhooks(all=FORM.read(entry), version=entry.version or 0)


def change(tenant: str, before: Webhooks, after: list[Webhook]) -> Write:
    return FORM.write(key(tenant), after, before.version)


def new_secret() -> str:
    """Return `whsec_` and 32 random bytes in base64 (Standard Webhooks, "Signature scheme")."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def sealing_context(webhook_id: str) -> str:
    """Return the encryption context of a webhook's secrets, in place of the complaint's number."""
    return f"webhook/{webhook_id}"


def list_webhooks(store: Store, tenant: str, sub: str) -> list[WebhookView]:
    """Without their secrets. Raises `Problem("forbidden")` for all but owners."""
    _, caller = queries.load_member(store, tenant, sub)
    if not caller.owner:
        raise Problem("forbidden", "Only owners may see webhooks.")
    return [view(one) for one in load(store, tenant).all]


def view(hook: Webhook) -> WebhookView:
    """Without its secrets."""
    return WebhookView(
        id=hook.id,
        url=hook.url,
        events=hook.events,
        state="active" if hook.disabled is None else "disabled",
        disabled_because=hook.disabled,
        disabled_at=None if hook.disabled_at is None else to_text(hook.disabled_at),
        created_at=to_text(hook.created),
    )
