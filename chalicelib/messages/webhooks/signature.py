"""Signing what leaves for a webhook, as Standard Webhooks has it (v1: HMAC-SHA256) (pure)."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence


def headers(message_id: str, seconds: int, payload: bytes, secrets: Sequence[str]) -> dict[str, str]:
    """`seconds`: real time, since the epoch. `secrets`: each `whsec_…` signs, so that one can replace another."""
    signed = f"{message_id}.{seconds}.".encode() + payload
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(f"v1,{_signature(secret, signed)}" for secret in secrets),
    }


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
