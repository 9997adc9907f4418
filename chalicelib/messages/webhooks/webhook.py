"""Webhooks (Standard Webhooks): where an organisation's own systems hear of events. One item holds all of a tenant's.

One item, because the relay asks with each event whether anybody wants it, and that must cost one small read.
"""

from __future__ import annotations

import base64
import secrets
from typing import Any, Literal

import msgspec

from chalicelib.complaints.envelope import Event
from chalicelib.instants import HOUR, Instant, from_text, to_text
from chalicelib.store import keys
from chalicelib.store.port import Entry

KIND = "webhooks"
OVERLAP = 24 * 60 * 60 * 1000
"""Milliseconds for which the secret before a rotation signs too, so that receivers can change over."""
NOTED = HOUR
"""How often it is noted that something arrived, not with each delivery: all of a tenant's webhooks are one item."""
DISABLED = "the webhook is disabled"
"""Why its deliveries fail."""
_SECRET_BYTES = 32

Why = Literal["owner", "unreachable", "gone"]


class Secret(msgspec.Struct, frozen=True, omit_defaults=True):
    """`sealed` under the tenant's data key; it signs until `until`, or for good."""

    sealed: str
    until: Instant | None = None


class Webhook(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: str
    url: str
    events: list[str] = []
    """Types of events; none for all."""
    secrets: list[Secret]
    """The newest first."""
    created: Instant
    disabled: Why | None = None
    """Why nothing is sent there: its owner said so, three days of failures, or it answered that it is gone (410)."""
    disabled_at: Instant | None = None
    delivered: Instant | None = None
    """When something last arrived there, noted once an hour: an hour later something may have."""
    missed: Instant | None = None
    """When its owners were last told that one of its deliveries was given up."""

    def arrived_since(self, since: Instant) -> bool:
        """Whether anything may have arrived from then on."""
        return self.delivered is not None and self.delivered + NOTED > since

    def wants(self, event: Event) -> bool:
        """What was recorded before the webhook was there is not news to it, though the daily walk relays it."""
        return (not self.events or event.type in self.events) and from_text(event.recorded_at) >= self.created


class Webhooks(msgspec.Struct, frozen=True, kw_only=True):
    """`version`: the item's, 0 where there is none yet."""

    all: list[Webhook] = []
    version: int = 0

    def find(self, name: str) -> Webhook | None:
        return next((one for one in self.all if one.id == name), None)

    def having(self, hook: Webhook) -> list[Webhook]:
        """With this one, in its place where there was one."""
        if self.find(hook.id) is None:
            return [*self.all, hook]
        return [hook if one.id == hook.id else one for one in self.all]

    def without(self, name: str) -> list[Webhook]:
        return [one for one in self.all if one.id != name]


def read(entry: Entry | None) -> Webhooks:
    if entry is None:
        return Webhooks()
    return Webhooks(all=msgspec.json.decode(entry.body, type=list[Webhook]), version=entry.version or 0)


def entry_of(tenant: str, hooks: list[Webhook], version: int) -> Entry:
    body = msgspec.json.encode(hooks).decode()
    return Entry(key=keys.webhooks(tenant), kind=KIND, body=body, version=version)


def new_secret() -> str:
    """`whsec_` and base64 of 32 random bytes (Standard Webhooks, "Signature scheme")."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def context(name: str) -> str:
    """What a secret is sealed for, where a complaint's value has its number."""
    return f"webhook/{name}"


def view(hook: Webhook) -> dict[str, Any]:
    return {
        "id": hook.id,
        "url": hook.url,
        "events": hook.events,
        "state": "active" if hook.disabled is None else "disabled",
        "disabled_because": hook.disabled,
        "disabled_at": None if hook.disabled_at is None else to_text(hook.disabled_at),
        "created_at": to_text(hook.created),
    }
