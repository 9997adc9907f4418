"""Receipts: a complainant shows a receipt instead of signing in.

`Receipt = HMAC(server key, tenant, number, the filing's idempotency key)`, as `<key id>.<base64url>`. It is shown
at filing, and only its keyed hash is stored.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from chalicelib.kit import canonical
from chalicelib.ports import Secrets, ServerKey
from chalicelib.store.keys import CaseRef

_PURPOSE = "receipt"


def issue(secrets: Secrets, ref: CaseRef, filing_key: str, key_id: str | None = None) -> tuple[str, str]:
    """The receipt and the id of its server key: the key `key_id`, or the current key.

    Raises LookupError if the server key no longer exists.
    """
    key = secrets.by_id(_PURPOSE, key_id) if key_id else secrets.current(_PURPOSE)
    if key is None:
        raise LookupError("the server key of this receipt no longer exists")
    return f"{key.id}.{_tag(key, ['receipt', ref.tenant, ref.number, filing_key])}", key.id


def keyed_hash(secrets: Secrets, ref: CaseRef, receipt: str) -> str:
    """The stored form of a receipt: `<key id>.<keyed hash>`. Empty if the text does not name one of the server keys."""
    key = secrets.by_id(_PURPOSE, receipt.partition(".")[0])
    return "" if key is None else f"{key.id}.{_tag(key, ['kept', ref.tenant, ref.number, receipt])}"


def matches(secrets: Secrets, ref: CaseRef, receipt: str, stored: str) -> bool:
    """Compare a receipt with its stored form in constant time."""
    return bool(stored) and hmac.compare_digest(keyed_hash(secrets, ref, receipt).encode(), stored.encode())


def _tag(key: ServerKey, parts: list[str]) -> str:
    raw = hmac.new(key.secret, canonical.encode(parts), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
