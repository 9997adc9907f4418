"""Receipts: a complainant shows a receipt instead of signing in.

A receipt is 75 bits of `HMAC(server key, tenant, number, the filing's idempotency key)` in Crockford's base 32 with his
check symbol (https://www.crockford.com/base32.html), in four groups: `K7QF-2M9X-04TC-HB6W`. People type it, so case,
blanks and hyphens do not count, `O` is read as `0`, and `I` and `L` as `1`. It is shown at filing, and only its keyed
hash is stored. Receipts of the first form, `<key id>.<base64url>`, stay valid.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Literal

from chalicelib.kit import canonical
from chalicelib.ports import Secrets, ServerKey
from chalicelib.store.keys import CaseRef

LENGTH = 16
"""Symbols of a receipt with its check symbol, the last one."""
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECKED_BY = 37
_BITS = 5 * (LENGTH - 1)
_GROUP = 4
_ALIKE = str.maketrans("OIL", "011", " -–—‐\t")
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


def slip(receipt: str) -> Literal["length", "symbol", "check"] | None:
    """What was mistyped, so that no receipt has this form. None if it can be one."""
    read = _read(receipt)
    if "." in read:  # of the first form
        return None
    if not set(read) <= {*_ALPHABET}:
        return "symbol"
    if len(read) != LENGTH:
        return "length"
    return None if _check(_number(read[:-1])) == read[-1] else "check"


def _spelled(key: ServerKey, parts: list[str]) -> str:
    """The first number of the tags whose check symbol is in the alphabet: 32 of 37 are."""
    tries = 0
    while True:
        tag = _tag(key, [*parts, str(tries)] if tries else parts)
        number = int.from_bytes(tag) >> (8 * len(tag) - _BITS)
        check = _check(number)
        if check is not None:
            break
        tries += 1
    symbols = "".join(_ALPHABET[number >> shift & 31] for shift in range(_BITS - 5, -1, -5)) + check
    return "-".join(symbols[first : first + _GROUP] for first in range(0, LENGTH, _GROUP))


def _check(number: int) -> str | None:
    """Crockford's check symbol. None if it is one of the five that are no letters or digits of the alphabet."""
    at = number % _CHECKED_BY
    return _ALPHABET[at] if at < len(_ALPHABET) else None


def _number(symbols: str) -> int:
    found = 0
    for one in symbols:
        found = found << 5 | _ALPHABET.index(one)
    return found


def _read(receipt: str) -> str:
    """As it was issued, without hyphens. NFKC: keyboards for Chinese type full-width letters and digits."""
    if "." in receipt:
        return receipt
    if not receipt.isascii():
        import unicodedata  # cold starts do without it

        receipt = unicodedata.normalize("NFKC", receipt)
    return receipt.upper().translate(_ALIKE)


def _tag(key: ServerKey, parts: list[str]) -> bytes:
    return hmac.new(key.secret, canonical.encode(parts), hashlib.sha256).digest()
