"""Sending to a webhook: payload, signature (Standard Webhooks, v1: HMAC-SHA256), request, and the test event `ping`."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from typing import Literal

import msgspec

from chalicelib.complaints.envelope import Event
from chalicelib.features.messages.webhooks import webhook
from chalicelib.features.messages.webhooks.webhook import Webhook
from chalicelib.kit import canonical
from chalicelib.kit.instants import to_text
from chalicelib.kit.problem import Problem
from chalicelib.ports import DeliveryFailed, Sealer
from chalicelib.store.keys import CaseRef
from chalicelib.tenants.people import queries
from chalicelib.wiring import Wiring

TYPE_PREFIX = "complaint."
_GONE = 410


class Gone(Exception):
    """The receiver answered 410: it wants no more events (Standard Webhooks)."""


class PingView(msgspec.Struct, frozen=True):
    """`why`: the reason for which the test event did not arrive; null if it arrived."""

    delivered: bool
    why: str | None


class WebhookEventData(msgspec.Struct, frozen=True, kw_only=True):
    """The event, and the complaint's state after it. `seq`: the event's number in its complaint, from 1. `at`: when it
    happened. `act`: null for what no act records. `by`: the kind of actor. Has no texts and names no people."""

    tenant: str
    number: str
    event: str
    seq: int
    at: str
    act: str | None
    by: str
    stage: str
    tier: int
    severity: str | None
    policy: str


class WebhookEvent(msgspec.Struct, frozen=True, kw_only=True):
    """`type`: `complaint.` and the type of the event. `timestamp`: when the event was recorded."""

    type: str
    timestamp: str
    data: WebhookEventData


class PingData(msgspec.Struct, frozen=True):
    """The organisation that tests its webhook."""

    tenant: str


class WebhookPing(msgspec.Struct, frozen=True, kw_only=True):
    """The test event of an owner."""

    type: Literal["ping"]
    timestamp: str
    data: PingData


def payload(ref: CaseRef, event: Event) -> bytes:
    """Return the body: `type`, `timestamp` and `data`, as Standard Webhooks recommends.

    Receivers read details from the API, which checks who may see them.
    """
    data = WebhookEventData(
        tenant=ref.tenant,
        number=ref.number,
        event=event.id,
        seq=event.seq,
        at=event.at,
        act=event.act,
        by=event.actor["kind"],
        stage=event.result["stage"],
        tier=event.result["tier"],
        severity=event.result["severity"],
        policy=event.policy,
    )
    body = WebhookEvent(type=TYPE_PREFIX + event.type, timestamp=event.recorded_at, data=data)
    return canonical.encode(msgspec.to_builtins(body))


def signed_headers(message_id: str, seconds: int, body: bytes, signing_secrets: Sequence[str]) -> dict[str, str]:
    """Return the headers with one signature per secret (`whsec_…`), so that a secret can be rotated.

    `seconds`: real time since the epoch.
    """
    signed = f"{message_id}.{seconds}.".encode() + body
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(f"v1,{_signature(secret, signed)}" for secret in signing_secrets),
    }


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def send(wiring: Wiring, tenant: str, hook: Webhook, message_id: str, body: bytes) -> None:
    """Sign and post the body. Raises `Gone` for status 410, and `DeliveryFailed` for no answer or any but 2xx."""
    now = wiring.real_clock()
    headers = signed_headers(
        message_id, now // 1000, body, _signing_secrets(wiring.sealer, tenant, hook, wiring.clock())
    )
    status = wiring.poster.post(hook.url, headers, body)
    if status == _GONE:
        raise Gone
    if not 200 <= status < 300:
        raise DeliveryFailed(f"answered {status}")


def _signing_secrets(sealer: Sealer, tenant: str, hook: Webhook, now: int) -> list[str]:
    """Return the newest secret, and for a day after a rotation the one before."""
    active = [secret for secret in hook.secrets if secret.until is None or now < secret.until]
    context = webhook.sealing_context(hook.id)
    return [sealer.open(tenant, context, secret.sealed).decode() for secret in active]


def ping(wiring: Wiring, tenant: str, sub: str, webhook_id: str) -> PingView:
    """Send a signed test event while the owner waits. Raises `Problem`: `forbidden`, `not-found`."""
    _, caller = queries.load_member(wiring.store, tenant, sub)
    if not caller.owner:
        raise Problem("forbidden", "Only owners can test webhooks.")
    hook = webhook.load(wiring.store, tenant).find(webhook_id)
    if hook is None:
        raise Problem("not-found", "The organisation has no such webhook.")
    event = WebhookPing(type="ping", timestamp=to_text(wiring.clock()), data=PingData(tenant))
    body = canonical.encode(msgspec.to_builtins(event))
    try:
        send(wiring, tenant, hook, f"ping/{secrets.token_hex(8)}", body)
    except Gone:
        return PingView(False, "answered 410")
    except DeliveryFailed as missed:
        return PingView(False, missed.why)
    return PingView(True, None)
