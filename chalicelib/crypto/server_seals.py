"""Values of the deployment that are encrypted with its server keys, such as cookies. AES-256-GCM.

A value has the id of its key, so that it opens after a rotation as long as the key is kept.
"""

from __future__ import annotations

import base64
import binascii

from chalicelib.crypto import derived_keys
from chalicelib.ports import Secrets


class NotOurs(ValueError):
    """The value was changed, was sealed for another purpose or under another name, or its key is gone."""


def seal(secrets: Secrets, purpose: str, name: str, plain: bytes, *, with_secret: bytes = b"") -> str:
    """URL-safe text. `name`: as in `derived_keys.encrypt`. `with_secret`: without it, the value does not open."""
    key = secrets.current(purpose)
    raw = derived_keys.encrypt(_key(key.secret, with_secret), name, plain)
    return f"{key.id}.{base64.urlsafe_b64encode(raw).decode().rstrip('=')}"


def unseal(secrets: Secrets, purpose: str, name: str, sealed: str, *, with_secret: bytes = b"") -> bytes:
    """Raises `NotOurs`."""
    key_id, _, text = sealed.partition(".")
    key = secrets.by_id(purpose, key_id) if key_id and text.isascii() else None
    if key is None:
        raise NotOurs("the value has no key that is known")
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        return derived_keys.decrypt(_key(key.secret, with_secret), name, raw)
    except (binascii.Error, derived_keys.Altered) as error:
        raise NotOurs("the value does not open") from error


def _key(server: bytes, with_secret: bytes) -> bytes:
    return derived_keys.derive(server, "seal " + with_secret.hex())
