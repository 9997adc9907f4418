"""Sending one event to one webhook."""

from __future__ import annotations

from chalicelib.messages.webhooks import webhook
from chalicelib.messages.webhooks.signature import headers
from chalicelib.messages.webhooks.webhook import Webhook
from chalicelib.ports import DeliveryFailed
from chalicelib.wiring import Wiring

_GONE = 410


class Gone(Exception):
    """The receiver answered 410: it wants nothing any more (Standard Webhooks)."""


def send(wiring: Wiring, tenant: str, hook: Webhook, message_id: str, body: bytes) -> None:
    """Raises `Gone` or `NotReached`."""
    real = wiring.real_clock()
    signed = headers(message_id, real // 1000, body, opened(wiring, tenant, hook, wiring.clock()))
    status = wiring.poster.post(hook.url, signed, body)
    if status == _GONE:
        raise Gone
    if not 200 <= status < 300:
        raise DeliveryFailed(f"answered {status}")


def opened(wiring: Wiring, tenant: str, hook: Webhook, now: int) -> list[str]:
    """The secrets that sign now: the newest, and the one before for a day."""
    signing = [secret for secret in hook.secrets if secret.until is None or now < secret.until]
    return [wiring.sealer.open(tenant, webhook.context(hook.id), secret.sealed).decode() for secret in signing]
