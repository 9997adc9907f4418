"""Receipts: a complainant shows a receipt instead of signing in.

A receipt is 75 bits of `HMAC(server key, tenant, number, the filing's idempotency key)`, spelled by `symbols` in four
groups: `K7QF-2M9X-04TC-HB6W`. It is shown at filing, and only its keyed hash is stored. Receipts of the first form,
`<key id>.<base64url>`, stay valid.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from chalicelib.crypto import symbols
from chalicelib.kit import canonical
from chalicelib.ports import Secrets, ServerKey
from chalicelib.store.keys import CaseRef

LENGTH = 16
"""Symbols of a receipt with its check symbol, the last one."""
_BITS = 5 * (LENGTH - 1)
_PURPOSE = "receipt"


def issue(secrets: Secrets, ref: CaseRef, filing_key: str, key_id: str | None = None) -> tuple[str, str]:
    """The receipt and the id of its server key: the key `key_id`, or the current key.

    Raises LookupError if the server key no longer exists.
    """
    key = secrets.by_id(_PURPOSE, key_id) if key_id else secrets.current(_PURPOSE)
    if key is None:
        raise LookupError("the server key of this receipt no longer exists")
    return _spelled(key, ["receipt", ref.tenant, ref.number, filing_key]), key.id


def mailed(secrets: Secrets, ref: CaseRef, seq: int, key_id: str | None = None) -> tuple[str, str]:
    """As `issue`, for a receipt that goes by mail: made by the event with this number, and again for the mail.

    The text has a `/`, which keys of filings cannot have.
    """
    return issue(secrets, ref, f"mailed/{seq}", key_id)


def keyed_hash(secrets: Secrets, ref: CaseRef, receipt: str, key_id: str) -> str:
    """The stored form of a receipt: `<key id>.<keyed hash>`. Empty if there is no such server key."""
    key = secrets.by_id(_PURPOSE, key_id)
    tag = None if key is None else _tag(key, ["kept", ref.tenant, ref.number, _read(receipt)])
    return "" if tag is None else f"{key_id}.{base64.urlsafe_b64encode(tag).rstrip(b'=').decode()}"


def matches(secrets: Secrets, ref: CaseRef, receipt: str, stored: str) -> bool:
    """Compare a receipt, as a person typed it, with its stored form in constant time."""
    asked = keyed_hash(secrets, ref, receipt, stored.partition(".")[0])
    return bool(stored) and hmac.compare_digest(asked.encode(), stored.encode())


def slip(receipt: str) -> symbols.Slip | None:
    """What was mistyped, so that no receipt has this form. None if it can be one."""
    return None if "." in receipt else symbols.slip(_read(receipt), LENGTH)  # with a dot: of the first form


def _spelled(key: ServerKey, parts: list[str]) -> str:
    """The first number of the tags that can be spelled."""
    tries = 0
    while True:
        tag = _tag(key, [*parts, str(tries)] if tries else parts)
        code = symbols.spelled(int.from_bytes(tag) >> (8 * len(tag) - _BITS), LENGTH)
        if code is not None:
            return symbols.grouped(code)
        tries += 1


def _read(receipt: str) -> str:
    """As it was issued, without hyphens."""
    return receipt if "." in receipt else symbols.read(receipt)


def _tag(key: ServerKey, parts: list[str]) -> bytes:
    return hmac.new(key.secret, canonical.encode(parts), hashlib.sha256).digest()
