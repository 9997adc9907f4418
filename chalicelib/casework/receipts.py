"""Receipts: what a complainant shows instead of an account (design §5).

`Receipt = HMAC(server key, tenant, number, the filing's idempotency key)`, as `<key id>.<base64url>`. Shown at filing;
only its keyed hash is kept.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from chalicelib import canonical
from chalicelib.ports import Secrets, ServerKey

_PURPOSE = "receipt"


def issue(secrets: Secrets, tenant: str, number: str, filing_key: str, key_id: str | None = None) -> tuple[str, str]:
    """The receipt, and the id of the server key that it was made with (the current one unless `key_id` names one)."""
    key = secrets.by_id(_PURPOSE, key_id) if key_id else secrets.current(_PURPOSE)
    if key is None:
        raise LookupError("the key that this receipt was made with is gone")
    return f"{key.id}.{_tag(key, ['receipt', tenant, number, filing_key])}", key.id


def hashed(secrets: Secrets, tenant: str, number: str, receipt: str) -> str:
    """What is kept of a receipt: `<key id>.<keyed hash>`. Empty for a text that names no key of ours."""
    key = secrets.by_id(_PURPOSE, receipt.partition(".")[0])
    return "" if key is None else f"{key.id}.{_tag(key, ['kept', tenant, number, receipt])}"


def fits(secrets: Secrets, tenant: str, number: str, receipt: str, kept: str) -> bool:
    """Compared in constant time."""
    return bool(kept) and hmac.compare_digest(hashed(secrets, tenant, number, receipt).encode(), kept.encode())


def _tag(key: ServerKey, parts: list[str]) -> str:
    raw = hmac.new(key.secret, canonical.encode(parts), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
