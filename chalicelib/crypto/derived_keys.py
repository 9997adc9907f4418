"""Keys that are derived from a tenant's data key, and bytes that are encrypted with them.

The index of the search needs both: keys for its blind tokens, and encryption of large objects without the third that
base64 adds in `sealing`. A derived key is stored nowhere. It is gone with the data key.
"""

from __future__ import annotations

import hashlib
import hmac

_NONCE = 12


class Altered(ValueError):
    """The bytes were changed, or were encrypted for another purpose or under another name."""


def derive(data_key: bytes, purpose: str) -> bytes:
    """32 bytes (NIST SP 800-108, HMAC as the function)."""
    return hmac.digest(data_key, f"redress {purpose}".encode(), hashlib.sha256)


def encrypt(key: bytes, name: str, plain: bytes) -> bytes:
    """AES-256-GCM. `name`: that of the object, so that no other one can take its place.

    The nonce is a keyed hash of name and bytes. Equal bytes under one name give equal results, and different ones
    different nonces. So the steps that write them can be repeated.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = hmac.digest(derive(key, "nonce"), name.encode() + b"\n" + plain, hashlib.sha256)[:_NONCE]
    return nonce + AESGCM(key).encrypt(nonce, plain, name.encode())


def decrypt(key: bytes, name: str, raw: bytes) -> bytes:
    """Raises `Altered`."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(raw[:_NONCE], raw[_NONCE:], name.encode())
    except (InvalidTag, ValueError) as error:
        raise Altered("the bytes do not open under this name") from error
